"""Whatever frees seats gives them to the queue first, in the same transaction."""

from datetime import UTC, datetime, timedelta

import pytest

from laurels.kernel.refusal import Refused
from laurels.payments.actions import place_order
from laurels.payments.models.orders import Way
from laurels.workshops.actions import announce, book, cancel, cancel_seat, change, decline_offer, release_overdue
from laurels.workshops.models import Offer, Place, QueuePlace, Sale, Workshop
from laurels.workshops.queries import position_of
from laurels.workshops.rules import expires_at
from laurels.workshops.tests.queueing import full_class, offers, waiting


def more_seats(world, workshop, capacity):
    names = ("mode", "place", "zone", "language", "starts_on", "ends_on")
    same = {name: getattr(workshop, name) for name in names}
    trainers = list(workshop.trainers.all())
    who = {"by": world.sam.actor, "now": world.morning}
    return change(workshop, **same, capacity=capacity, price=workshop.price, trainers=trainers, **who)


def test_a_seat_given_back_is_held_for_the_first(world):
    workshop, [seat] = full_class(world)
    ann, _ben = waiting(world, "Ann", "Ben")

    cancel_seat(seat, by=world.grace.actor, now=world.morning)

    offer = Offer.objects.get()
    assert (offer.queue_place, offer.workshop, offer.expires_at) == (ann, workshop, world.morning + timedelta(days=1))
    assert (workshop.seats_left(), Place.objects.held().filter(offer=offer).count()) == (0, 1)
    with pytest.raises(Refused, match="Every seat is taken"):
        book(workshop, world.ada, by=world.ada.actor, now=world.morning)


def test_who_wants_more_than_is_free_keeps_their_place(world):
    workshop, seats = full_class(world, capacity=3)
    [many] = waiting(world, "Many", seats=2)
    waiting(world, "One")
    cancel_seat(seats[0], by=world.grace.actor, now=world.morning)
    assert (offers(workshop), position_of(many)) == (["One"], 1)
    for seat in seats[1:]:
        cancel_seat(seat, by=seat.person.actor, now=world.morning)
    assert offers(workshop) == ["Many", "One"]
    assert workshop.seats_left() == 0


def test_only_whom_the_date_suits(world):
    april, [seat] = full_class(world)
    later, [other] = full_class(world, day=25)
    waiting(world, "Later", dates=[later.public_id])
    waiting(world, "Any")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    cancel_seat(other, by=world.grace.actor, now=world.morning)
    assert (offers(april), offers(later)) == (["Any"], ["Later"])


def test_whoever_has_a_seat_there_is_not_asked(world):
    workshop, seats = full_class(world, capacity=2)
    waiting(world, "Ann")
    place = QueuePlace.objects.get()
    place.person = seats[1].person
    place.save()
    cancel_seat(seats[0], by=world.grace.actor, now=world.morning)
    assert (offers(workshop), workshop.seats_left()) == ([], 1)


def test_more_seats_and_another_date_are_offered(world):
    workshop, _seats = full_class(world)
    waiting(world, "Ann", "Ben", "Cleo")
    more_seats(world, workshop, 2)
    assert offers(workshop) == ["Ann"]
    another = world.workshop_with(state=Workshop.State.DRAFT, capacity=1)
    announce(another, by=world.sam.actor, now=world.morning)
    assert offers(another) == ["Ben"]


def test_places_nobody_paid_for_are_offered(world):
    workshop = world.workshop_with(capacity=1, price_minor=100)
    until = world.morning + timedelta(minutes=20)
    order = place_order(world.harbour, world.ada, description="A seat", amount=workshop.price, way=Way.CARD,
                        held_until=until, by=world.ada.actor, now=world.morning)  # fmt: skip
    Place.objects.create(workshop=workshop, order=order, held_until=until, made_at=world.morning)
    waiting(world, "Ann")
    assert release_overdue(workshop, by=world.sam.actor, now=world.noon) == 1
    assert offers(workshop) == ["Ann"]


def test_private_drafted_and_begun_workshops_do_not_go_through_the_queue(world):
    workshop, seats = full_class(world, capacity=2)
    waiting(world, "Ann", "Ben")
    Sale.objects.create(workshop=workshop, invite_code="Pier")
    cancel_seat(seats[0], by=world.grace.actor, now=world.morning)
    assert offers(workshop) == []
    Sale.objects.all().delete()
    first_day = datetime(2026, 4, 15, 7, tzinfo=UTC)
    cancel_seat(seats[1], by=seats[1].person.actor, now=first_day)
    assert offers(workshop) == []


def test_a_cancelled_workshop_takes_its_offers_back(world):
    workshop, [seat] = full_class(world)
    ann, ben = waiting(world, "Ann", "Ben")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    cancel(workshop, "The trainer is ill.", by=world.sam.actor, now=world.noon)
    offer = Offer.objects.get()
    ann.refresh_from_db()
    assert (offer.state, ann.state, position_of(ann), position_of(ben)) == ("withdrawn", "waiting", 1, 2)
    assert Place.objects.counting().count() == 0


def test_declined_it_goes_on(world):
    workshop, [seat] = full_class(world)
    waiting(world, "Ann", "Ben")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    offer = Offer.objects.get()
    decline_offer(offer, by=offer.person.actor, now=world.noon)
    assert (offers(workshop), workshop.seats_left()) == (["Ben"], 0)


def test_an_offer_is_shorter_near_the_first_day_and_ends_before_it(world):
    workshop = world.workshop
    midnight = datetime(2026, 4, 14, 22, tzinfo=UTC)
    lasts = {days: expires_at(workshop, midnight - timedelta(days=days)) - midnight for days in (10, 4, 3, 1)}
    assert lasts == {
        10: timedelta(days=-9),
        4: timedelta(days=-3),
        3: timedelta(days=-3, hours=4),
        1: timedelta(days=-1, hours=4),
    }
    assert expires_at(workshop, midnight - timedelta(hours=1)) == midnight
