"""An offer taken by card and not paid: the seat goes to the next, the place in the queue is kept, once."""

from datetime import timedelta

import pytest

from laurels.journal.models import Entry
from laurels.mail.models import Letter
from laurels.payments.actions import give_up_order, receive
from laurels.workshops.actions import cancel_seat, decline_offer, give_seats, join_queue, release_order, take_offer
from laurels.workshops.models import Offer, QueuePlace
from laurels.workshops.queries import position_of
from laurels.workshops.rules import Attendee, Basket
from laurels.workshops.tests.paying import not_paid, takes_card
from laurels.workshops.tests.queueing import full_class, offers, waiting


def take(offer, now, **more):
    person = offer.person
    basket = Basket((Attendee(person.name, person.email),), way="card", **more)
    return take_offer(offer, basket, by=person.actor, now=now).order


@pytest.fixture
def taken(world):
    """Ann has taken the one free seat by card; Ben and Cleo wait behind."""
    takes_card(world)
    workshop, [seat] = full_class(world, price_minor=10_000)
    waiting(world, "Ann", "Ben", "Cleo")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    offer = Offer.objects.get()
    return workshop, offer, take(offer, world.noon)


def test_the_seat_goes_on_and_the_place_is_kept(world, taken):
    workshop, offer, order = taken
    place = offer.queue_place
    place.refresh_from_db()
    assert (place.state, offers(workshop)) == ("taken", [])

    for _twice in range(2):
        not_paid(world, order, now=world.noon + timedelta(minutes=21))
        release_order(order, by=world.sam.actor, now=world.noon + timedelta(minutes=21))

    offer.refresh_from_db()
    place.refresh_from_db()
    assert (offer.state, place.state, place.ended_at, position_of(place), offers(workshop)) == (
        "unpaid", "waiting", None, 1, ["Ben"])  # fmt: skip
    assert Entry.objects.filter(fact="workshops.OfferUnpaid").count() == 1
    [letter] = Letter.objects.filter(key="queue-offer-expired")
    assert (letter.to, "not paid in time" in letter.text) == (place.person.email, True)


def test_they_are_asked_first_about_the_next_seat_of_another_date(world, taken):
    _workshop, _offer, order = taken
    other, [seat] = full_class(world, day=25, price_minor=10_000)
    not_paid(world, order, now=world.noon)
    cancel_seat(seat, by=world.grace.actor, now=world.noon)
    assert offers(other) == ["Ann"]


def test_the_second_time_they_go_behind(world, taken):
    _workshop, _offer, order = taken
    other, [seat] = full_class(world, day=25, price_minor=10_000)
    not_paid(world, order, now=world.noon)
    cancel_seat(seat, by=world.grace.actor, now=world.noon)
    again = take(Offer.objects.open().get(workshop=other), world.noon)
    not_paid(world, again, now=world.noon + timedelta(minutes=21))
    ann = QueuePlace.objects.get(person__name="Ann")
    assert (ann.state, position_of(ann), offers(other)) == ("waiting", 3, ["Cleo"])


def test_nobody_behind_the_seat_is_free_for_everybody(world, taken):
    workshop, _offer, order = taken
    QueuePlace.objects.exclude(person__name="Ann").update(state="left", ended_at=world.noon)
    not_paid(world, order, now=world.noon)
    assert (offers(workshop), workshop.seats_left()) == ([], 1)


def test_whoever_joined_again_meanwhile_has_their_former_turn_and_their_new_wish(world, taken):
    workshop, offer, order = taken
    ann = offer.person
    again = join_queue(world.harbour, world.course, ann, seats=2, by=ann.actor, now=world.noon)
    assert position_of(again) == 3
    not_paid(world, order, now=world.noon)
    again.refresh_from_db()
    assert (position_of(again), again.seats, offers(workshop)) == (1, 2, ["Ben"])
    assert QueuePlace.objects.live().filter(person=ann).count() == 1


def test_paid_in_time_it_stays_taken(world, taken):
    _workshop, offer, order = taken
    receive(world.harbour, order.amount, order=order, way="card", reference="pi", by=world.sam.actor, now=world.noon)
    give_seats(order, by=world.sam.actor, now=world.noon)
    give_up_order(order, by=world.sam.actor, now=world.noon + timedelta(minutes=21))
    release_order(order, by=world.sam.actor, now=world.noon + timedelta(minutes=21))
    offer.refresh_from_db()
    assert (offer.state, offer.queue_place.state) == ("taken", "taken")


def test_declined_by_the_next_it_is_not_offered_to_them_again(world, taken):
    workshop, _offer, order = taken
    not_paid(world, order, now=world.noon)
    ben = Offer.objects.open().get()
    decline_offer(ben, by=ben.person.actor, now=world.noon)
    assert offers(workshop) == ["Cleo"]
