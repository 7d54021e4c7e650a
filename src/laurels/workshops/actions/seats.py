"""Seats: taken and given back. Whoever holds the workshop's row gives out its seats, so there are never too many."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.payments.actions import credit
from laurels.people.actions import meet
from laurels.people.models import Person
from laurels.workshops import facts, rules
from laurels.workshops.actions.checkout import check_out
from laurels.workshops.actions.offers import feed_queue
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.queries.terms import refund_quote
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


@transaction.atomic
def cancel_seat(seat: Seat, *, by: Actor, now: datetime) -> Seat:
    """Give the seat back; twice is the same as once. Its terms say what is not owed or comes back. Raises Refused."""
    workshop = Workshop.objects.lock(seat.workshop_id)
    seat = Seat.objects.lock(seat.pk)
    if seat.state == Seat.State.CANCELLED:
        return seat
    require(rules.why_not_cancel_seat(seat, workshop, by=by))
    back = refund_quote(seat, workshop, now=now).back
    seat.state = Seat.State.CANCELLED
    seat.cancelled_at = now
    seat.save(update_fields=["state", "cancelled_at"])
    feed_queue(workshop, by=by, now=now)
    if seat.order and not back.is_free:
        credit(seat.order, back, seat.order.description, by=by, now=now)
    record(workshop.topic, facts.SeatCancelled(workshop.pk, seat.pk), by=by, at=now)
    return seat
