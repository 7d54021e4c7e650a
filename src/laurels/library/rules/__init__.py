"""What an answer to a practice is worth (nothing but an explanation), and what counts as having read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.library.models import Article, Reading
from laurels.library.rules import parts
from laurels.library.rules.parts import Progress
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


REFLECTION_LEAST = 20


def why_not_read(person: Person, *, by: Actor) -> Refusal | None:
    return None if by.person_id == person.pk else Refusal("not-yours", _("Only you yourself can read for you."))


def why_not_beat(reading: Reading, article: Article, nonce: str, named: Collection[str]) -> Refusal | None:
    """``nonce`` is what the beat before was given, ``named`` the parts that are in view."""
    if nonce != reading.nonce:
        return Refusal("elsewhere", _("You are reading in another window now; the time counts there."))
    if parts.in_view(parts.cut(article.html), named) is None:
        return Refusal("wide", _("So much text is in view that nobody can tell what is being read. Make it larger."))
    return None


def progress_of(reading: Reading | None, article: Article) -> Progress:
    return parts.progress(parts.cut(article.html), reading.sections if reading else {}, article.minutes)


def what_is_left(progress: Progress) -> str:
    """One sentence for whoever reads."""
    if progress.left:
        words = ngettext("%(n)s more second to read.", "%(n)s more seconds to read.", progress.left)
        return words % {"n": progress.left}
    if progress.missing:
        words = ngettext(
            "The time is enough. One part was hardly before your eyes: %(parts)s.",
            "The time is enough. Some parts were hardly before your eyes: %(parts)s.",
            len(progress.missing),
        )
        return words % {"parts": ", ".join(map(str, progress.missing))}
    return _("Read. Only your sentence is missing.")


def why_not_reflect(reading: Reading | None, words: str, *, by: Actor) -> Refusal | None:
    if reading is None or by.person_id != reading.person_id:
        return Refusal("not-read", _("Read it first; the time counts while the page is before you."))
    progress = progress_of(reading, reading.article)
    if not progress.is_enough:
        return Refusal("too-short", what_is_left(progress))
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
