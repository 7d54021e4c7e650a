"""Money letters go to the buyer, course letters to whoever comes."""

from datetime import timedelta

import pytest

from laurels.mail.models import Letter
from laurels.payments.actions import mark_paid, place_order
from laurels.payments.models import Order
from laurels.workshops.actions import (
    check_out,
    name_place,
    remind_of_names,
    tell_of_booking,
    tell_of_payment,
    tell_of_seat,
)
from laurels.workshops.models import Place
from laurels.workshops.rules import Attendee, Basket

GRACE = Attendee("Grace", "grace@people.example")
MONEY = ("EUR", "pay", "invoice", "transfer")


@pytest.fixture
def workshop(world):
    return world.workshop_with(price_minor=10_000)


def buy(world, workshop, *attendees, unnamed=0):
    return check_out(workshop, world.ada, Basket(attendees, unnamed=unnamed), by=world.ada.actor, now=world.morning)


def test_the_buyer_reads_of_money_and_who_comes_does_not(world, workshop):
    bought = buy(world, workshop, GRACE, unnamed=2)

    to_buyer = tell_of_booking(bought.order, by=world.sam.actor, now=world.morning)
    to_grace = tell_of_seat(bought.seats[0], by=world.sam.actor, now=world.morning)

    assert (to_buyer.to, to_buyer.key) == ("ada@people.example", "booking-confirmed")
    for words in ("Grace, 2 people to be named", "EUR\u00a0300.00", bought.order.reference, "/bookings/"):
        assert words in to_buyer.text
    assert (to_grace.to, to_grace.key, to_grace.attachments.count()) == ("grace@people.example", "seat-confirmed", 1)
    assert [word for word in MONEY if word in to_grace.text] == []


def test_ones_own_seat_is_one_letter(world, workshop):
    bought = buy(world, workshop, Attendee("Ada", "ada@people.example"))
    assert tell_of_booking(bought.order, by=world.sam.actor, now=world.morning) is None
    assert tell_of_seat(bought.seats[0], by=world.sam.actor, now=world.morning).key == "seat-due"


def test_thanks_go_to_the_buyer_even_without_any_seat_yet(world, workshop):
    order = buy(world, workshop, unnamed=2).order
    thanks = tell_of_payment(mark_paid(order, by=world.sam.actor, now=world.noon), by=world.sam.actor, now=world.noon)
    assert (thanks.key, thanks.to) == ("seat-paid", "ada@people.example")


def test_nothing_is_told_before_a_card_is_paid_nor_about_other_orders(world, workshop):
    order = place_order(
        world.harbour, world.ada, description="Two", amount=workshop.price, way="card", held_until=world.noon,
        by=world.ada.actor, now=world.morning,
    )  # fmt: skip
    assert tell_of_booking(order, by=world.sam.actor, now=world.morning) is None
    for who in (GRACE, Attendee("Linus", "linus@people.example")):
        Place.objects.create(workshop=workshop, order=order, name=who.name, email=who.email, held_until=world.noon,
                             made_at=world.morning)  # fmt: skip
    assert tell_of_booking(order, by=world.sam.actor, now=world.morning) is None
    payment = mark_paid(order, by=world.sam.actor, now=world.noon)
    assert tell_of_payment(payment, by=world.sam.actor, now=world.noon) is None
    letter = tell_of_booking(Order.objects.get(), by=world.sam.actor, now=world.noon)
    assert ("Grace, Linus" in letter.text, "is paid. Thank you" in letter.text) == (True, True)


def test_a_week_before_the_buyer_is_asked_once_for_names(world, workshop):
    places = buy(world, workshop, unnamed=2).places
    week_before = world.morning.replace(month=4, day=8)
    assert remind_of_names(by=world.sam.actor, now=week_before - timedelta(days=1)) == 0
    name_place(places[0], GRACE, by=world.ada.actor, now=world.noon)

    assert [remind_of_names(by=world.sam.actor, now=week_before) for _twice in range(2)] == [1, 0]
    letter = Letter.objects.latest("pk")
    assert (letter.key, letter.to, "one person to be named" in letter.text) == (
        "places-to-name",
        "ada@people.example",
        True,
    )


def test_whoever_has_named_everybody_is_left_alone(world, workshop):
    name_place(buy(world, workshop, unnamed=1).places[0], GRACE, by=world.ada.actor, now=world.noon)
    assert remind_of_names(by=world.sam.actor, now=world.morning.replace(month=4, day=8)) == 0
