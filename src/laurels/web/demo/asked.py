"""What the people of a class said before and after it: most of them, each a little differently."""

from datetime import datetime, timedelta

from laurels.programmes.models import Objective
from laurels.web.demo import cast
from laurels.workshops import actions as workshops
from laurels.workshops.models import Confidence, Expectation, Seat, Workshop

KNOWLEDGE = [Expectation.Knowledge(value) for value in ("heard", "works", "none", "works", "heard", "works", "taught")]
ROLES = [Expectation.Role(value) for value in ("owner", "developer", "expert", "owner", "lead", "master", "other")]


def tell_expectations(workshop: Workshop, *, now: datetime) -> None:
    """All but every fifth person, an hour after one another."""
    for nth, seat in enumerate(_who_answers(workshop)):
        hopes, note = cast.HOPES[nth % len(cast.HOPES)]
        workshops.tell_expectations(
            seat,
            hopes=hopes,
            knowledge=KNOWLEDGE[nth % len(KNOWLEDGE)],
            role=ROLES[nth * 3 % len(ROLES)],
            note=note,
            shows_name=nth % 3 == 0,
            by=seat.person.actor,
            now=now + timedelta(hours=nth),
        )


def say_confidence(workshop: Workshop, moment: Confidence.Moment, *, now: datetime) -> None:
    objectives = Objective.objects.filter(curriculum=workshop.curriculum)
    groups = list(dict.fromkeys(objectives.in_order().values_list("category", flat=True)))
    for nth, seat in enumerate(_who_answers(workshop)):
        whole = {group: _value(nth, at, moment) for at, group in enumerate(groups)}
        when = now + timedelta(minutes=nth)
        workshops.say_confidence(seat, moment, whole=whole, single={}, by=seat.person.actor, now=when)


def _value(nth: int, group: int, moment: Confidence.Moment) -> int:
    """Surer of the framework than of users and value before class, and most of them surer afterwards."""
    before = 1 + (nth + group) % (3 if group < 4 else 2)
    return before if moment == Confidence.Moment.BEFORE else min(5, before + (nth * 3 + group) % 4)


def _who_answers(workshop: Workshop) -> list[Seat]:
    seats = workshop.seats.filled().by_name().select_related("person")
    return [seat for nth, seat in enumerate(seats) if nth % 5 != 4]
