"""Seats: taken. Whoever holds the workshop's row gives out its seats, so there are never too many."""

from datetime import datetime

from django.db import transaction

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.actions import meet
from laurels.people.models import Person
from laurels.workshops import rules
from laurels.workshops.actions.checkout import check_out
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.rules import Attendee, Basket


@transaction.atomic
def book(workshop: Workshop, person: Person, *, name: str = "", company: str = "", by: Actor, now: datetime) -> Seat:
    """Give ``person`` a seat; asking twice gives the same one. With a price, an order by invoice comes along.

    Raises Refused.
    """
    workshop = Workshop.objects.lock(workshop.pk)
    require(rules.why_not_book_for(workshop, person, by=by))
    if seat := workshop.seats.of(person).first():
        return seat
    name = " ".join((name or person.name).split())
    require(rules.why_not_book(workshop, name=name, by=by, now=now))
    bought = check_out(workshop, person, Basket((Attendee(name, person.email, company),)), by=by, now=now)
    return bought.seats[0]


@transaction.atomic
def book_somebody(workshop: Workshop, email: str, *, name: str, company: str = "", by: Actor, now: datetime) -> Seat:
    """``book`` for whoever has the address, by the provider's staff. Raises Refused."""
    require(rules.why_not_book_somebody(workshop, by=by, now=now))
    return book(workshop, meet(email, name, by=by, now=now), name=name, company=company, by=by, now=now)
