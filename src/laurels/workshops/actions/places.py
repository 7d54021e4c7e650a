"""Places become seats, get a name later, or are released. The caller or the verb holds the workshop's row."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record, record_all
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import require
from laurels.payments.actions import credit
from laurels.payments.models import Order
from laurels.people.actions import meet, meet_all, rename
from laurels.people.models import Person
from laurels.workshops import facts, rules
from laurels.workshops.actions.coupons import free_code_of, take_code_again
from laurels.workshops.actions.offers import (
    expire_overdue,
    feed_all,
    feed_queue,
    lock_workshops,
    take_back_unpaid,
    withdraw_offers,
)
from laurels.workshops.models import Offer, Place, Queue, Seat, Surcharge, Workshop
from laurels.workshops.rules import Attendee

State = Place.State


@transaction.atomic
def name_place(place: Place, attendee: Attendee, *, by: Actor, now: datetime) -> Seat:
    """Say who comes: the place becomes their seat; saying the same twice gives the same seat. Raises Refused."""
    workshop = Workshop.objects.lock(place.workshop_id)
    place = Place.objects.lock(place.pk)
    if place.seat and place.seat.person.addresses.of_email(attendee.email).exists():
        return place.seat
    require(rules.why_not_name(place, workshop, attendee, by=by))
    person = meet(attendee.email, attendee.name, by=by, now=now)
    require(rules.why_not_seat_twice(workshop.seats.of(person).first()))
    place.name, place.email, place.company = attendee.name, attendee.email, attendee.company
    return _seat(place, workshop, person, by=by, now=now)


@transaction.atomic
def give_seats(order: Order, *, by: Actor, now: datetime) -> list[Seat]:
    """What an order that is paid (or now comes with an invoice) was for; asking twice gives the same seats.

    A place that was released meanwhile is taken again while there is room; else its worth goes back.
    """
    workshops = Workshop.objects.filter(places__order=order).distinct().order_by("pk")
    seats = []
    for workshop in [Workshop.objects.lock(found.pk) for found in workshops]:
        for place in Place.objects.filter(order=order, workshop=workshop).order_by("pk"):
            if place.state == State.RELEASED and not _take_again(place, workshop, by=by, now=now):
                continue
            if place.state in (State.HELD, State.RELEASED):
                seat_place(place, workshop, by=by, now=now)
            if place.seat:
                seats.append(place.seat)
    return seats


def seat_place(place: Place, workshop: Workshop, *, by: Actor, now: datetime) -> Seat | None:
    """The place's seat, for its person; None for a place without a name, or whose person has a seat here already."""
    person = _person(place, by=by, now=now) if place.email else None
    if person is None or workshop.seats.of(person).exists():
        _leave_open(place)
        return None
    return _seat(place, workshop, person, by=by, now=now)


def seat_all(
    workshop: Workshop, places: Sequence[Place], known: Mapping[str, Person], *, by: Actor, now: datetime
) -> list[Seat]:
    """``seat_place`` for places just sold to people without a seat here; the caller writes the places down.

    ``known`` are the people of these places who have their address already, locked.
    """
    strangers = {place.email: place.name for place in places if place.email and place.email not in known}
    people = {**known, **meet_all(strangers, by=by, now=now)} if strangers else known
    seats: list[Seat] = []
    for place in places:
        person = people.get(place.email)
        if person is None or any(seat.person_id == person.pk for seat in seats):
            _open(place)
            continue
        _call_oneself(person, place.name, by=by, now=now)
        place.seat = _made(place, workshop, person, now=now)
        seats.append(place.seat)
    Seat.objects.bulk_create(seats)
    for place in places:
        if place.seat:
            # Its key is known only now.
            place.seat, place.state, place.held_until = place.seat, State.NAMED, None
    record_all(workshop.topic, [facts.SeatTaken(workshop.pk, seat.pk) for seat in seats], by=by, at=now)
    return seats


def release_overdue(workshop: Workshop, *, by: Actor, now: datetime) -> int:
    """Release what was held longer than was said, for a workshop whose row the caller holds; how many places.

    Offers that nobody answered in time end too; what is free now is the queue's first.
    """
    expired = expire_overdue(workshop, by=by, now=now)
    released = release(workshop, list(workshop.places.overdue(now)), by=by, now=now)
    if expired and not released:
        feed_queue(workshop, by=by, now=now)
    return released


def release(workshop: Workshop, places: list[Place], *, by: Actor, now: datetime) -> int:
    """Give these places back, for a workshop whose row the caller holds; how many. They are the queue's first."""
    withdraw_offers(workshop, [place.offer_id for place in places if place.offer_id], by=by, now=now)
    for place in places:
        place.state = State.RELEASED
        place.save(update_fields=["state"])
    if places:
        orders = {place.order_id for place in places if place.order_id}
        for order in Order.objects.filter(pk__in=orders):
            free_code_of(order, now=now)
        record(workshop.topic, facts.PlacesReleased(workshop.pk, len(places)), by=by, at=now)
        feed_queue(workshop, by=by, now=now)
    return len(places)


@transaction.atomic
def release_order(order: Order, *, by: Actor, now: datetime) -> int:
    """Nobody pays it: what was held for it is free again; how many places. Twice changes nothing.

    If it was an offer of the queue, the seats go to the next, and whoever took it waits again.
    """
    offer = Offer.objects.filter(places__order=order).select_related("queue_place__queue").first()
    own = list(Workshop.objects.filter(places__order=order).distinct().order_by("pk"))
    if offer:
        locked = lock_workshops(offer.queue_place.queue, now, *[workshop.pk for workshop in own])
        Queue.objects.lock(offer.queue_place.queue_id)
        offer = Offer.objects.lock(offer.pk)
    else:
        locked = [Workshop.objects.lock(workshop.pk) for workshop in own]
    released = 0
    for workshop in [workshop for workshop in locked if workshop in own]:
        released += release(workshop, list(workshop.places.held().filter(order=order)), by=by, now=now)
    if offer and offer.state == Offer.State.TAKEN and _came_to_nothing(order):
        take_back_unpaid(offer, by=by, now=now)
        # Whoever waits again may fit a seat of another date.
        feed_all(locked, by=by, now=now)
    return released


def _came_to_nothing(order: Order) -> bool:
    return Order.objects.filter(pk=order.pk, payment=None, cancelled_at__isnull=False).exists()


@transaction.atomic
def hold_longer(order: Order) -> int:
    """What is held for it stays so as long as the order says; how many places. A place that is free stays free."""
    order = Order.objects.get(pk=order.pk)
    if order.held_until is None:
        return 0
    held = Place.objects.held().filter(order=order, held_until__lt=order.held_until)
    for workshop in Workshop.objects.filter(pk__in=held.values("workshop")).order_by("pk"):
        Workshop.objects.lock(workshop.pk)
    return held.update(held_until=order.held_until)


def _take_again(place: Place, workshop: Workshop, *, by: Actor, now: datetime) -> bool:
    """The money came after the place was released: it is theirs again, or their money goes back.

    So it does when somebody else has used the code meanwhile, without which this would have cost more.
    """
    is_open = workshop.state in {Workshop.State.ANNOUNCED, Workshop.State.CONFIRMED} and workshop.seats_left()
    if is_open and (place.order is None or take_code_again(place.order)):
        return True
    if place.order and place.worth_minor:
        reason = rules.CODE_USED_MEANWHILE if is_open else rules.PAID_TOO_LATE
        credit(place.order, Money(place.worth_minor, place.order.currency), str(reason), by=by, now=now)
        place.worth_minor = 0
        place.save(update_fields=["worth_minor"])
    return False


def _leave_open(place: Place) -> None:
    _open(place)
    place.save(update_fields=["state", "held_until", "name", "email"])


def _open(place: Place) -> None:
    place.state, place.held_until = State.OPEN, None
    place.name = place.email = ""


def _person(place: Place, *, by: Actor, now: datetime) -> Person:
    person = meet(place.email, place.name, by=by, now=now)
    _call_oneself(person, place.name, by=by, now=now)
    return person


def _call_oneself(person: Person, name: str, *, by: Actor, now: datetime) -> None:
    """Whoever has not said their name does so by booking for themself."""
    if by.person_id == person.pk and not person.name:
        rename(person, name, by=by, now=now)


def _made(place: Place, workshop: Workshop, person: Person, *, now: datetime) -> Seat:
    return Seat(
        workshop=workshop,
        person=person,
        name=place.name,
        company=place.company,
        order=place.order,
        worth_minor=place.worth_minor,
        taken_at=now,
    )


def _seat(place: Place, workshop: Workshop, person: Person, *, by: Actor, now: datetime) -> Seat:
    seat = _made(place, workshop, person, now=now)
    seat.save()
    place.seat, place.state, place.held_until = seat, State.NAMED, None
    place.save()
    Surcharge.objects.filter(place=place, seat=None).update(seat=seat)
    record(workshop.topic, facts.SeatTaken(workshop.pk, seat.pk), by=by, at=now)
    return seat
