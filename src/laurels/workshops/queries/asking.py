"""What a class expects: one person's own words, and all of them for the trainers."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.workshops import rules
from laurels.workshops.models import Expectation, Seat, Workshop
from laurels.workshops.queries.words import dates_in_words


@dataclass(frozen=True, slots=True)
class ExpectationPage:
    seat: Seat
    workshop: Workshop
    dates: str
    told: Expectation | None
    why_not: Refusal | None


@dataclass(frozen=True, slots=True)
class Bar:
    label: Any
    count: int


@dataclass(frozen=True, slots=True)
class Hope:
    """``name`` is empty unless they let it be shown."""

    words: str
    name: str


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody told the trainers alone."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Expected:
    """``notes`` is empty for whoever is no trainer of this workshop."""

    workshop: Workshop
    dates: str
    answered: int
    seats: int
    knowledge: list[Bar]
    roles: list[Bar]
    hopes: list[Hope]
    notes: list[Note]
    sees_notes: bool


def expectation_page(seat: Seat, *, by: Actor, now: datetime) -> ExpectationPage:
    workshop = seat.workshop
    told = Expectation.objects.filter(seat=seat).first()
    return ExpectationPage(
        seat, workshop, dates_in_words(workshop), told, rules.why_not_tell(seat, workshop, by=by, now=now)
    )


def expected(workshop: Workshop, *, by: Actor) -> Expected:
    """Everybody's answers together, in three queries however many there are."""
    told = list(Expectation.objects.of_class(workshop).select_related("seat"))
    sees_notes = workshop.is_trained_by(by)
    return Expected(
        workshop=workshop,
        dates=dates_in_words(workshop),
        answered=len(told),
        seats=workshop.count_filled(),
        knowledge=_bars(Expectation.Knowledge.choices, [one.knowledge for one in told]),
        roles=_bars(Expectation.Role.choices, [one.role for one in told]),
        hopes=[Hope(one.hopes, one.seat.name if one.shows_name else "") for one in told],
        notes=[Note(one.seat.name, one.note) for one in told if one.note] if sees_notes else [],
        sees_notes=sees_notes,
    )


def _bars(choices: Any, given: list[str]) -> list[Bar]:
    counts = Counter(given)
    return [Bar(label, counts[value]) for value, label in choices]
