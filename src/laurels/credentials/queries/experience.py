"""A person's own page of experience, and the body's queue."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from laurels.credentials.models import Experience, ExperienceRuling
from laurels.credentials.queries.readiness import readiness_of
from laurels.credentials.rules.experience import (
    LABELS,
    TONES,
    State,
    state_of,
    why_not_rule_on,
    why_not_take_back,
)
from laurels.credentials.rules.readiness import Readiness
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Scheme
from laurels.programmes.rules import prerequisites

PAGE = 50
type Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One line of experience as a page shows it. ``refusal`` says why the reader cannot take back or rule on it."""

    experience: Experience
    state: State
    rulings: list[ExperienceRuling]
    refusal: Refusal | None

    @property
    def label(self) -> Any:
        return LABELS[self.state]

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_asked(self) -> bool:
        return self.state is State.ASKED


@dataclass(frozen=True, slots=True)
class Towards:
    """A scheme that needs something before, and what the person has of it."""

    scheme: Scheme
    readiness: Readiness


@dataclass(frozen=True, slots=True)
class ExperiencePage:
    """``choices`` are role and body, as the form offers them."""

    told: list[Told]
    towards: list[Towards]
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class ExperienceQueue:
    """What waits for the body's ruling, longest waiting first; ``more`` says that there is a further page's worth."""

    rows: list[Told]
    more: bool


def experience_page(person: Person, *, by: Actor, now: datetime) -> ExperiencePage:
    """Everything on ``/experience``: at most seven queries, however many lines."""
    schemes = _schemes_asking()
    found = readiness_of([(person.pk, scheme) for scheme in schemes], now)
    lines = Experience.objects.filter(person=person).with_rulings().newest_first()
    told = [_told(line, why_not_take_back(line, by=by)) for line in lines]
    return ExperiencePage(
        told,
        [Towards(scheme, found[person.pk, scheme.pk]) for scheme in schemes if _is_near(scheme, found, person, told)],
        role_choices(schemes),
    )


def experience_queue(actor: Actor) -> ExperienceQueue:
    """What people told the actor's bodies and nobody has ruled on: three queries."""
    waiting = Experience.objects.told_to(actor).waiting().with_rulings().oldest_first()[: PAGE + 1]
    rows = [_told(line, why_not_rule_on(line, by=actor)) for line in waiting]
    return ExperienceQueue(rows[:PAGE], len(rows) > PAGE)


def role_choices(schemes: list[Scheme] | None = None) -> list[Choice]:
    """Each role that some body asks experience in, as ``<body's slug>:<role>``."""
    pairs = [(scheme.body, prerequisites(scheme.prerequisites).experience) for scheme in schemes or _schemes_asking()]
    named = {_choice(body, asked.role): f"{asked.role} · {body.name}" for body, asked in pairs if asked}
    return list(named.items())


def _choice(body: Organisation, role: str) -> str:
    return f"{body.slug}:{role}"


def _schemes_asking() -> list[Scheme]:
    """Schemes that need something before."""
    return list(Scheme.objects.exclude(prerequisites={}).select_related("body").order_by("body__name", "pk"))


def _is_near(scheme: Scheme, found: dict[tuple[int, int], Readiness], person: Person, told: list[Told]) -> bool:
    """Not every ladder of every track: those the person stands on, by a certificate or by work in the role."""
    readiness = found[person.pk, scheme.pk]
    asked = readiness.wanted.experience
    has_told = asked is not None and any(line.experience.role == asked.role for line in told)
    return has_told or any(lower.scheme in readiness.standings for lower in readiness.wanted.requires)


def _told(line: Experience, refusal: Refusal | None) -> Told:
    return Told(line, state_of(line), list(line.rulings.all()), refusal)
