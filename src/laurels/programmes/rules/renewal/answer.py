from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.programmes.rules.renewal.asked import NOTHING, Earned
from laurels.programmes.rules.renewal.standing import Standing


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence of the answer and the line of the policy it rests on, such as ``levels.advanced``."""

    words: Any
    rule: str = ""


class Counted(NamedTuple):
    """An entry, how many of its minutes count, and if not all do, why."""

    entry: Earned
    minutes: int
    code: str = ""
    why: Reason | None = None


class Quote(NamedTuple):
    """What renewing takes on a day. Units are minutes (60 are one unit). ``fee`` None: the policy does not say.

    ``counted`` has every entry in the order of its day. ``minutes_counted`` is at most what is required; what is
    over may be ``minutes_carried`` into the next term. ``activities`` are those that are asked for besides, how many of
    each, and ``activities_done`` how many of them there are, where that is known. ``new_ends`` says for each renewed
    certification its new last day; ``along`` are those that cost nothing because a higher one of the track is renewed.
    """

    policy: str
    on: date
    standing: Standing
    fee: Money | None = None
    minutes_required: int = 0
    minutes_counted: int = 0
    minutes_missing: int = 0
    minutes_carried: int = 0
    minutes_for_next: int = 0
    counted: tuple[Counted, ...] = ()
    chosen: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    new_ends: Mapping[str, date] = NOTHING
    opens_on: date | None = None
    closes_on: date | None = None
    is_reminder_due: bool = False
    is_for_life: bool = False
    activities: Mapping[str, int] = NOTHING
    activities_done: Mapping[str, int] = NOTHING
    reasons: tuple[Reason, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def is_eligible(self) -> bool:
        return not self.refusals

    @property
    def renewed(self) -> tuple[str, ...]:
        """What is renewed when this is completed; nothing while something is in the way."""
        return tuple(sorted(self.new_ends)) if self.is_eligible else ()

    @property
    def new_end(self) -> date | None:
        """The new last day where all share one; None while something is in the way, or where they differ."""
        ends = set(self.new_ends.values())
        return ends.pop() if self.is_eligible and len(ends) == 1 else None
