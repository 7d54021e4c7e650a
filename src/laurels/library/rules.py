"""What an answer to a practice is worth: nothing but an explanation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person


@dataclass(frozen=True, slots=True)
class Card:
    """``chosen`` is what somebody answered, empty before; ``answer`` and ``why`` explain it."""

    number: int
    words: str
    answer: str
    why: str
    chosen: str = ""

    @property
    def is_right(self) -> bool:
        return self.chosen == self.answer


def cards(practice: Mapping[str, Any], chosen: Mapping[str, str]) -> list[Card]:
    """The cards in an order that gives nothing away and stays the same for everybody; ``chosen`` by ``a<number>``."""
    made = [
        Card(nth, one["words"], one["answer"], one["why"], chosen.get(f"a{nth}", ""))
        for nth, one in enumerate(practice.get("cards", []))
    ]
    Random(practice.get("ask", "")).shuffle(made)
    return made


def minutes_left(lessons: Sequence[Any], done: set[str]) -> int:
    return sum(one.minutes for one in lessons if one.key not in done)


def why_not_finish(person: Person, *, by: Actor) -> Refusal | None:
    if by.person_id != person.pk:
        return Refusal("not-yours", _("Only you yourself can say what you have read."))
    return None
