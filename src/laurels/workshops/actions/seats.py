"""Seats: taken and given back. Whoever holds the workshop's row gives out its seats, so there are never too many."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.payments.actions import cancel_order, place_order
from laurels.payments.models import Order
from laurels.people.actions import meet, rename
from laurels.people.models import Person
from laurels.workshops import facts, rules
from laurels.workshops.models import Seat, Workshop

DUE_AFTER = timedelta(days=14)


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
    if by.person_id == person.pk and not person.name:
        rename(person, name, by=by, now=now)
    seat = Seat.objects.create(
        workshop=workshop,
        person=person,
        name=name,
        company=" ".join(company.split())[:160],
        order=_order(workshop, person, by=by, now=now),
        taken_at=now,
    )
    record(workshop.topic, facts.SeatTaken(workshop.pk, seat.pk), by=by, at=now)
    return seat


@transaction.atomic
def book_somebody(workshop: Workshop, email: str, *, name: str, company: str = "", by: Actor, now: datetime) -> Seat:
    """``book`` for whoever has the address, by the provider's staff. Raises Refused."""
    require(rules.why_not_book_somebody(workshop, by=by, now=now))
    return book(workshop, meet(email, name, by=by, now=now), name=name, company=company, by=by, now=now)


@transaction.atomic
def cancel_seat(seat: Seat, *, by: Actor, now: datetime) -> Seat:
    """Give the seat back; twice is the same as once. What is not paid yet is not owed any more. Raises Refused."""
    workshop = Workshop.objects.lock(seat.workshop_id)
    seat = Seat.objects.lock(seat.pk)
    if seat.state == Seat.State.CANCELLED:
        return seat
    require(rules.why_not_cancel_seat(seat, workshop, by=by))
    if seat.order and not seat.order.is_paid:
        cancel_order(seat.order, by=by, now=now)
    seat.state = Seat.State.CANCELLED
    seat.cancelled_at = now
    seat.save(update_fields=["state", "cancelled_at"])
    record(workshop.topic, facts.SeatCancelled(workshop.pk, seat.pk), by=by, at=now)
    return seat


def _order(workshop: Workshop, buyer: Person, *, by: Actor, now: datetime) -> Order | None:
    if workshop.price.is_free:
        return None
    words = _("Seat in %(course)s, %(day)s")
    description = words % {"course": workshop.course.title, "day": date_format(workshop.starts_on, "j F Y")}
    return place_order(
        workshop.provider,
        buyer,
        description=description[:250],
        amount=workshop.price,
        due_on=day_in(workshop.provider.zone, now) + DUE_AFTER,
        by=by,
        now=now,
    )
