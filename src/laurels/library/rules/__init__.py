"""What an answer to a practice is worth (nothing but an explanation), and what counts as having read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.library.models import Article, Reading
from laurels.people.models import Organisation, Person


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


def answers(practice: Mapping[str, Any]) -> list[str]:
    """What may be chosen, as it is written or counted; partners to match in an order that gives nothing away."""
    found = list(practice.get("answers", []))
    return sorted(found, key=str.casefold) if practice.get("kind") == "match" else found


def minutes_left(lessons: Sequence[Any], done: set[str]) -> int:
    return sum(one.minutes for one in lessons if one.key not in done)


def why_not_finish(person: Person, *, by: Actor) -> Refusal | None:
    if by.person_id != person.pk:
        return Refusal("not-yours", _("Only you yourself can say what you have read."))
    return None


# A page that is before somebody's eyes says so this often; what lies further apart was not reading.
BEAT_SECONDS = 15
BEAT_MOST = 25
BEAT_LEAST = 5
REFLECTION_LEAST = 20
MINUTE = 60


def seconds_of_beat(latest: datetime | None, now: datetime) -> int:
    """Seconds since the person's latest beat, in whatever tab: two tabs at once are worth one, a pause nothing."""
    passed = int((now - latest).total_seconds()) if latest else 0
    return passed if BEAT_LEAST <= passed <= BEAT_MOST else 0


def seconds_needed(minutes: int) -> int:
    return minutes * MINUTE


def why_not_beat(person: Person, *, by: Actor) -> Refusal | None:
    return None if by.person_id == person.pk else Refusal("not-yours", _("Only you yourself can read for you."))


def why_not_reflect(reading: Reading | None, minutes: int, words: str, *, by: Actor) -> Refusal | None:
    if reading is None or by.person_id != reading.person_id:
        return Refusal("not-read", _("Read it first; the time counts while the page is before you."))
    left = seconds_needed(minutes) - reading.seconds
    if left > 0:
        words_ = _("Read on for %(n)s more seconds; the time counts while the page is before you.")
        return Refusal("too-short", words_ % {"n": left})
    if len(words.strip()) < REFLECTION_LEAST:
        return Refusal("reflection", _("Write one whole sentence: what will you do differently?"), field="words")
    return None


def why_not_write(body: Organisation, row: Article | None, was: str, *, by: Actor) -> Refusal | None:
    """``was`` is the digest that the writer saw; empty for a new article."""
    if not by.has("staff", at=body.pk):
        return Refusal("not-staff", _("Only the body's staff write articles."))
    if row is not None and (not was or row.body_id != body.pk):
        return Refusal("address", _("There is an article of this address already. Choose another one."), field="slug")
    if row is not None and row.digest != was:
        return Refusal("changed", _("Somebody has changed it meanwhile. Your text is still below: compare, then save."))
    return None
