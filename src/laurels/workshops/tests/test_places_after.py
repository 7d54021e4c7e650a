"""Places whose people are not named yet: given back, moved; and more people for a booking."""

from datetime import date

import pytest

from laurels.kernel.refusal import Refused
from laurels.payments.actions import mark_paid
from laurels.payments.models import Order, Refund
from laurels.payments.queries.soundness import money_faults
from laurels.people.models import Organisation
from laurels.workshops.actions import (
    add_people,
    cancel,
    cancel_place,
    check_out,
    choose,
    give_seats,
    move_place,
    name_place,
)
from laurels.workshops.models import Addition, Choice, Place, Sale, Seat, Surcharge
from laurels.workshops.queries.soundness import seat_faults
from laurels.workshops.queries.terms import refund_quote
from laurels.workshops.rules import Attendee, Basket
from laurels.workshops.tests.queueing import offers, waiting
from laurels.workshops.tests.test_queue_race import at_once
from tests.world.cast import World

LINUS = Attendee("Linus", "linus@people.example")
WEEK_BEFORE = {"month": 4, "day": 6}


def sound():
    return [fault for seller in Organisation.objects.all() for fault in [*money_faults(seller), *seat_faults(seller)]]


@pytest.fixture
def workshop(world):
    return world.workshop_with(price_minor=10_000, capacity=2)


@pytest.fixture
def place(world, workshop):
    """Ada has paid for two people whom she will name later."""
    bought = check_out(workshop, world.ada, Basket(unnamed=2), by=world.ada.actor, now=world.morning)
    mark_paid(bought.order, by=world.sam.actor, now=world.morning)
    return bought.places[0]


def test_given_back_by_the_terms_and_the_queue_is_asked(world, workshop, place):
    waiting(world, "Ann")
    then = world.morning.replace(**WEEK_BEFORE)
    quote = refund_quote(place, workshop, now=then)
    assert (quote.back.minor, "50 % of the price back" in quote.words) == (5_000, True)
    with pytest.raises(Refused, match="has changed since"):
        cancel_place(place, expected=10_000, by=world.ada.actor, now=then)
    for _twice in range(2):
        cancel_place(place, expected=5_000, by=world.ada.actor, now=then)
    assert ([one.minor for one in Refund.objects.all()], offers(workshop), workshop.seats_left()) == (
        [5_000],
        ["Ann"],
        0,
    )
    assert (give_seats(place.order, by=world.sam.actor, now=then), workshop.places.counting().count()) == ([], 2)
    assert sound() == []


def test_given_back_before_it_is_paid_it_stays_given_back(world, workshop):
    bought = check_out(workshop, world.ada, Basket(unnamed=2), by=world.ada.actor, now=world.morning)
    cancel_place(bought.places[0], by=world.ada.actor, now=world.morning)
    order = Order.objects.get()
    assert order.owed.minor == 10_000
    mark_paid(order, by=world.sam.actor, now=world.noon)
    give_seats(order, by=world.sam.actor, now=world.noon)
    assert (workshop.seats_left(), sorted(Place.objects.values_list("state", flat=True))) == (1, ["given-up", "open"])


def test_only_the_buyer_and_staff_and_only_while_it_has_no_name(world, place):
    with pytest.raises(Refused, match="Only whoever bought it"):
        cancel_place(place, by=world.mallory.actor, now=world.noon)
    with pytest.raises(Refused, match="Only whoever bought it"):
        move_place(place, world.workshop_with(price_minor=10_000), by=world.grace.actor, now=world.noon)
    name_place(place, LINUS, by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="has its person already"):
        cancel_place(place, by=world.ada.actor, now=world.noon)


def test_moved_to_a_dearer_date_the_surcharge_is_the_seats_when_it_is_named(world, workshop, place):
    other = world.workshop_with(price_minor=12_000, starts_on=date(2026, 5, 20), ends_on=date(2026, 5, 21))
    moved = move_place(place, other, expected=2_000, by=world.ada.actor, now=world.noon)
    assert move_place(place, other, by=world.ada.actor, now=world.noon) == moved
    assert (workshop.seats_left(), other.count_filled(), moved.worth_minor) == (1, 1, 10_000)
    assert refund_quote(moved, other, now=world.noon).back.minor == 12_000
    seat = name_place(moved, LINUS, by=world.ada.actor, now=world.noon)
    assert (seat.workshop, Surcharge.objects.get().seat, refund_quote(seat, other, now=world.noon).back.minor) == (
        other, seat, 12_000)  # fmt: skip
    assert sound() == []


def test_moved_to_a_cheaper_date_the_difference_comes_back_and_a_full_one_is_refused(world, workshop, place):
    full = world.workshop_with(price_minor=8_000, capacity=1, starts_on=date(2026, 5, 20), ends_on=date(2026, 5, 21))
    moved = move_place(place, full, expected=-2_000, by=world.ada.actor, now=world.noon)
    assert (Refund.objects.get().minor, moved.worth_minor) == (2_000, 8_000)
    with pytest.raises(Refused, match="not enough free seats"):
        move_place(Place.objects.open().exclude(pk=moved.pk).get(), full, by=world.ada.actor, now=world.noon)


def test_called_off_after_a_dearer_move_everything_comes_back(world, place):
    other = world.workshop_with(price_minor=12_000, starts_on=date(2026, 5, 20), ends_on=date(2026, 5, 21))
    move_place(place, other, by=world.ada.actor, now=world.noon)
    mark_paid(Surcharge.objects.get().order, by=world.sam.actor, now=world.noon)
    cancel(other, "The trainer is ill.", by=world.sam.actor, now=world.noon)
    choose(Choice.objects.get(), "refund", by=world.ada.actor, now=world.noon)
    assert sum(Refund.objects.values_list("minor", flat=True)) == 12_000
    assert sound() == []


def test_people_are_added_at_the_prices_of_a_new_order_and_within_the_capacity(world):
    workshop = world.workshop_with(price_minor=10_000, capacity=3)
    Sale.objects.create(workshop=workshop, early_minor=8_000, early_seats=1)
    order = check_out(workshop, world.ada, Basket((LINUS,)), by=world.ada.actor, now=world.morning).order
    basket = Basket(unnamed=1, key="k")
    more = add_people(order, workshop, basket, by=world.ada.actor, now=world.noon).order
    assert add_people(order, workshop, basket, by=world.ada.actor, now=world.noon).order == more
    assert (order.amount_minor, more.amount_minor, Addition.objects.get().to) == (8_000, 10_000, order)
    third = add_people(more, workshop, Basket(unnamed=1), by=world.sam.actor, now=world.noon).order
    assert (third.buyer, third.added_to.to) == (world.ada, order)
    with pytest.raises(Refused, match="Every seat is taken"):
        add_people(order, workshop, Basket(unnamed=1), by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="Only whoever booked"):
        add_people(order, workshop, Basket(unnamed=1), by=world.mallory.actor, now=world.noon)


def test_the_pages(world, client, workshop, place):
    order = place.order
    later = world.workshop_with(price_minor=12_000, starts_on=date(2027, 5, 20), ends_on=date(2027, 5, 21))
    for one in (workshop, later):
        one.starts_on, one.ends_on = date(2027, 5, 20), date(2027, 5, 21)
        one.save()
    base = f"/bookings/{order.public_id}"
    where = f"{base}/places/{place.public_id}"
    client.force_login(world.mallory)
    assert [client.get(f"{where}/{page}").status_code for page in ("cancellation", "move")] == [404, 404]
    client.force_login(world.ada)
    shown = client.get(base).content.decode()
    assert (f"{where}/move" in shown, f"{where}/cancellation" in shown) == (True, True)
    assert "EUR\u00a0100.00 back" in client.get(f"{where}/cancellation").content.decode()
    assert client.post(f"{where}/cancellation", {"expected": "1"}).status_code == 409
    assert client.post(f"{where}/move", {"to": later.public_id, "expected": "2000"})["Location"] == base
    other = Place.objects.open().get(workshop=workshop)
    assert client.post(f"{base}/places/{other.public_id}/cancellation", {"expected": "10000"})["Location"] == base
    assert Refund.objects.get().minor == 10_000
    seats = f"/workshops/{workshop.public_id}/seat?to={order.public_id}"
    assert order.reference in client.get(seats).content.decode()
    sent = {"attending": "later", "name": "Ada", "seats": "1", "way": "transfer", "key": "k"}
    assert client.post(seats, sent).status_code == 303
    assert Order.objects.get(added_to__to=order).reference in client.get(base).content.decode()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_given_back_moved_and_named_at_once_one_of_them_happens(transactional_db):
    world = World()
    workshop, other = (world.workshop_with(price_minor=10_000, capacity=4) for _two in range(2))
    bought = check_out(workshop, world.ada, Basket(unnamed=1), by=world.ada.actor, now=world.morning)
    mark_paid(bought.order, by=world.sam.actor, now=world.morning)
    [place], ada = bought.places, world.ada.actor

    at_once(
        *[lambda: cancel_place(place, by=ada, now=world.noon).pk] * 3,
        *[lambda: move_place(place, other, by=ada, now=world.noon).pk] * 3,
        *[lambda: name_place(place, LINUS, by=ada, now=world.noon).pk] * 3,
    )

    refunds, places, seats = Refund.objects.count(), Place.objects.open().count(), Seat.objects.count()
    assert (refunds, places, seats) in {(1, 0, 0), (0, 1, 0), (0, 0, 1)}
    assert workshop.count_filled() + other.count_filled() == 1 - refunds
