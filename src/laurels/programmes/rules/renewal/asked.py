from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Holding:
    """A certification somebody has; ``ends_on`` is its last valid day, None for life.

    ``is_renewed``: it had a term before this one.
    """

    scheme: str
    ends_on: date | None
    awarded_on: date | None = None
    is_revoked: bool = False
    is_renewed: bool = False


class Newly(NamedTuple):
    """A certification earned just now: the day of its award, those of its course's end and its exam where known."""

    scheme: str
    awarded_on: date
    course_ended_on: date | None = None
    exam_on: date | None = None

    def term_begins(self, anchor: str) -> date:
        """The day from which its first term counts under a policy's ``term_anchor``, the award where unknown."""
        known = {"course-end": self.course_ended_on, "exam": self.exam_on}
        return known.get(anchor) or self.awarded_on


# What a night makes a million of is a tuple: a frozen dataclass takes several times as long to make.
class Earned(NamedTuple):
    """An entry of a ledger: whole minutes on a day, in a category.

    ``is_used``: an earlier renewal took it. ``has_proof``: there is something to show for it.
    """

    key: str
    on: date
    minutes: int
    category: str
    is_used: bool = False
    has_proof: bool = True


class Asked(NamedTuple):
    """Everything a quote depends on besides the policy.

    ``chosen`` None means all that can be renewed. ``newly`` is a certification earned just now.
    ``is_paid``, ``is_member``, ``is_exam_passed`` and ``activities`` None mean that it is not known. ``activities``
    counts what else a policy asks for; entries of a category of that name, or of ``exam``, say so as well.
    """

    on: date
    holdings: Sequence[Holding]
    earned: Sequence[Earned] = ()
    chosen: frozenset[str] | None = None
    newly: Newly | None = None
    is_paid: bool | None = None
    is_member: bool | None = None
    is_exam_passed: bool | None = None
    activities: Mapping[str, int] | None = None
