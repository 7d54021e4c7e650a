"""How a certification stands on a day, as it is shown. Pauses and revocations aside, the policy's rule decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from laurels.credentials.models import Revocation, Suspension, Term
from laurels.programmes.rules.renewal import Conditions, Holding, standing


class State(StrEnum):
    """``ended`` is what rules call suspended after the end; ``suspended`` is what staff do."""

    ACTIVE = "active"
    GRACE = "grace"
    ENDED = "ended"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


LABELS: dict[State, Any] = {
    State.ACTIVE: _("Valid"),
    State.GRACE: _("In grace"),
    State.ENDED: _("Ended, can be renewed"),
    State.LAPSED: _("Lapsed"),
    State.SUSPENDED: _("Suspended"),
    State.REVOKED: _("Revoked"),
}
TONES = {
    State.ACTIVE: "good",
    State.GRACE: "turn",
    State.ENDED: "bad",
    State.LAPSED: "bad",
    State.SUSPENDED: "bad",
    State.REVOKED: "bad",
}
SENTENCES: dict[State, Any] = {
    State.ACTIVE: _("This certification is valid."),
    State.GRACE: _("This certification has ended and is in its time of grace; it can still be renewed."),
    State.ENDED: _("This certification has ended and is not valid; for a time it can still be renewed."),
    State.LAPSED: _("This certification has ended and is no longer valid."),
    State.SUSPENDED: _("This certification is suspended by the body that gave it and is not valid for now."),
    State.REVOKED: _("This certification was revoked by the body that gave it. It is not valid."),
}
AFTER_END = {"grace": State.GRACE, "suspended": State.ENDED, "lapsed": State.LAPSED, "over": State.LAPSED}


@dataclass(frozen=True, slots=True)
class Standing:
    """``since`` is the first day of this state, ``until`` its last (None: open). ``reason`` is staff's, not public."""

    state: State
    since: date
    until: date | None = None
    reason: str = ""

    @property
    def is_valid(self) -> bool:
        return self.state is State.ACTIVE

    @property
    def has_ended(self) -> bool:
        """Its time is over, which is nobody's word: renewing brings it back."""
        return self.state in AFTER_END.values()

    @property
    def label(self) -> Any:
        return LABELS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def sentence(self) -> Any:
        return SENTENCES[self.state]


def standing_of(
    terms: Sequence[Term],
    suspension: Suspension | None,
    revocation: Revocation | None,
    scheme_code: str,
    rules: Conditions,
    *,
    day: date,
    day_of: Callable[[Any], date],
) -> Standing:
    """``terms`` in order; ``day_of`` turns an instant into the body's calendar day. ``rules`` are those that bind then.

    Both days of a term are included: awarded on 20 November 2024 for 24 months, it ends with 20 November 2026 (SA
    renewal table, 2024).
    """
    if revocation:
        return Standing(State.REVOKED, day_of(revocation.at), reason=revocation.reason)
    if suspension:
        return Standing(State.SUSPENDED, day_of(suspension.at), reason=suspension.reason)
    newest = terms[-1]
    found = standing(Holding(scheme_code, newest.valid_until), rules, day)
    if found.since is None:
        covering = next((term for term in terms if term.covers(day)), newest)
        return Standing(State.ACTIVE, covering.valid_from, newest.valid_until)
    return Standing(AFTER_END[found.state], found.since, found.until)
