"""Taken, declined, put off, or not answered at all."""

from datetime import timedelta

import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.workshops.actions import (
    book,
    cancel_seat,
    change_wish,
    check_out,
    decline_offer,
    leave_queue,
    not_now,
    release_overdue,
    take_offer,
    tell_of_offer,
    tell_of_offer_gone,
    tend_queues,
)
from laurels.workshops.models import Offer, Place, QueuePlace
from laurels.workshops.queries import position_of
from laurels.workshops.rules import Attendee, Basket
from laurels.workshops.tests.queueing import full_class, offers, waiting

DAY = timedelta(days=1)


@pytest.fixture
def offered(world):
    """Ann has an offer for two seats of three; Ben and Cleo wait behind for one each."""
    workshop, seats = full_class(world, capacity=3, price_minor=10_000)
    waiting(world, "Ann", seats=2)
    waiting(world, "Ben", "Cleo")
    QueuePlace.objects.exclude(person__name="Ann").update(is_any=False)
    for seat in seats[:2]:
        cancel_seat(seat, by=seat.person.actor, now=world.morning)
    QueuePlace.objects.update(is_any=True)
    return workshop, Offer.objects.get()


def basket(world, offer, unnamed=1, **more):
    return Basket((Attendee("Ann", offer.person.email),), unnamed=unnamed, **more)


def test_taken_it_is_an_order_and_a_seat(world, offered):
    workshop, offer = offered
    bought = take_offer(offer, basket(world, offer), by=offer.person.actor, now=world.noon)
    again = take_offer(offer, basket(world, offer), by=offer.person.actor, now=world.noon)

    offer.refresh_from_db()
    assert (bought.order.amount_minor, len(bought.seats), len(bought.places)) == (20_000, 1, 1)
    assert (again.order, again.seats, again.places) == (bought.order, bought.seats, bought.places)
    assert (offer.state, offer.queue_place.state, workshop.seats_left(), offers(workshop)) == ("taken", "taken", 0, [])
    with pytest.raises(Refused, match="taken already"):
        decline_offer(offer, by=offer.person.actor, now=world.noon)


def test_fewer_than_offered_and_the_rest_goes_on(world, offered):
    workshop, offer = offered
    take_offer(offer, basket(world, offer, unnamed=0), by=offer.person.actor, now=world.noon)
    assert (offers(workshop), workshop.seats_left(), workshop.seats.filled().count()) == (["Ben"], 0, 2)


def test_by_check_out_it_is_the_same(world, offered):
    """The booking page passes the places it holds; nobody else can pass them."""
    _workshop, offer = offered
    held = tuple(offer.places.values_list("pk", flat=True))
    stolen = Basket((Attendee("Eve", "eve@people.example"),), places=held)
    with pytest.raises(Refused, match="made to somebody else"):
        check_out(offer.workshop, world.mallory, stolen, by=world.mallory.actor, now=world.noon)
    check_out(offer.workshop, offer.person, basket(world, offer, places=held), by=offer.person.actor, now=world.noon)
    offer.refresh_from_db()
    assert offer.state == "taken"


@pytest.mark.parametrize("verb", [decline_offer, not_now])
def test_only_whoever_has_it_answers_and_in_time(world, offered, verb):
    _workshop, offer = offered
    with pytest.raises(Refused, match="made to somebody else"):
        verb(offer, by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="time to answer"):
        verb(offer, by=offer.person.actor, now=world.morning + DAY)
    with pytest.raises(Refused, match="time to answer"):
        take_offer(offer, basket(world, offer), by=offer.person.actor, now=world.morning + DAY)


def test_declined_the_place_ends(world, offered):
    workshop, offer = offered
    decline_offer(offer, by=offer.person.actor, now=world.noon)
    decline_offer(offer, by=offer.person.actor, now=world.noon)
    offer.refresh_from_db()
    assert (offer.state, offer.queue_place.state, offers(workshop)) == ("declined", "declined", ["Ben", "Cleo"])


def test_not_this_date_keeps_the_place_but_not_for_this_date(world, offered):
    workshop, offer = offered
    not_now(offer, by=offer.person.actor, now=world.noon)
    not_now(offer, by=offer.person.actor, now=world.noon)
    place = offer.queue_place
    place.refresh_from_db()
    assert (place.state, position_of(place), offers(workshop)) == ("waiting", 1, ["Ben", "Cleo"])
    for name in ("Ben", "Cleo"):
        other = Offer.objects.open().get(queue_place__person__name=name)
        decline_offer(other, by=other.person.actor, now=world.noon)
    assert (offers(workshop), workshop.seats_left()) == ([], 2)


def test_whoever_saves_their_wish_again_is_asked_again(world, offered):
    workshop, offer = offered
    not_now(offer, by=offer.person.actor, now=world.noon)
    change_wish(offer.queue_place, seats=1, by=offer.person.actor, now=world.noon)
    ben = Offer.objects.open().get(queue_place__person__name="Ben")
    decline_offer(ben, by=ben.person.actor, now=world.noon)
    assert offers(workshop) == ["Ann", "Cleo"]


def test_not_answered_it_goes_on_and_they_go_behind(world, offered):
    workshop, offer = offered
    assert tend_queues(by=world.sam.actor, now=world.morning + DAY - timedelta(seconds=1)) == 1
    assert offers(workshop) == ["Ann"]

    for _twice in range(2):
        tend_queues(by=world.sam.actor, now=world.morning + DAY)

    offer.refresh_from_db()
    place = offer.queue_place
    assert (offer.state, place.state, position_of(place), offers(workshop)) == (
        "expired",
        "waiting",
        3,
        ["Ben", "Cleo"],
    )
    assert Entry.objects.filter(fact="workshops.OfferExpired").count() == 1


def test_an_unanswered_offer_does_not_block_the_seat_for_ever(world):
    workshop, [seat] = full_class(world)
    waiting(world, "Silent")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    tend_queues(by=world.sam.actor, now=world.morning + DAY)
    assert (offers(workshop), workshop.seats_left()) == ([], 1)


def test_releasing_what_is_overdue_ends_the_offer_with_its_places(world, offered):
    workshop, offer = offered
    assert release_overdue(workshop, by=world.sam.actor, now=world.morning + DAY) == 0
    offer.refresh_from_db()
    assert (offer.state, offer.places.held().count(), offers(workshop)) == ("expired", 0, ["Ben", "Cleo"])


def test_a_stranger_who_comes_after_the_time_meets_the_next_in_the_queue(world, offered):
    workshop, _offer = offered
    with pytest.raises(Refused, match="Every seat is taken"):
        book(workshop, world.ada, by=world.ada.actor, now=world.morning + DAY)


def test_leaving_gives_the_offer_on(world, offered):
    workshop, offer = offered
    place = leave_queue(offer.queue_place, by=offer.person.actor, now=world.noon)
    assert (place.state, offers(workshop), Place.objects.held().count()) == ("left", ["Ben", "Cleo"], 2)


def test_a_freed_seat_of_another_date_goes_to_whoever_put_this_one_off(world, offered):
    """While deciding one is not asked about another date; afterwards one is."""
    _workshop, offer = offered
    other, [seat] = full_class(world, day=25)
    QueuePlace.objects.exclude(pk=offer.queue_place_id).update(is_any=False)
    QueuePlace.objects.update(seats=1)
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    assert offers(other) == []
    not_now(offer, by=offer.person.actor, now=world.noon)
    assert offers(other) == ["Ann"]


def test_the_letters(world, offered):
    _workshop, offer = offered
    letter = tell_of_offer(offer, by=world.sam.actor, now=world.noon)
    assert "2 seats" in letter.text
    assert "3 March 2026, 10:00 (Europe/Berlin)" in letter.text
    secret = letter.text.split("/offers/")[1].split()[0].strip(")")
    assert Offer.objects.with_secret(secret).get() == offer
    assert secret not in offer.secret_digest
    tend_queues(by=world.sam.actor, now=world.morning + DAY)
    offer.refresh_from_db()
    assert tell_of_offer(offer, by=world.sam.actor, now=world.noon) is None
    assert "not answered in time" in tell_of_offer_gone(offer, by=world.sam.actor, now=world.noon).text
    assert Letter.objects.filter(key="queue-offer").count() == 1
