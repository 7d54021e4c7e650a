"""Buying seats: for oneself, for others, for a company that names people later; by invoice, by card, for nothing."""

from datetime import timedelta

import pytest

from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments.actions import place_order, receive
from laurels.payments.models import Order, Refund
from laurels.payments.models.orders import Way
from laurels.workshops.actions import cancel_seat, check_out, give_seats, name_place, release_overdue
from laurels.workshops.models import Coupon, Extra, Place, Sale, Seat
from laurels.workshops.rules import Attendee, Basket

ADA, GRACE = Attendee("Ada Lovelace", "ada@people.example"), Attendee("Grace", "grace@people.example")


def buy(world, workshop, basket, *, now=None, by=None):
    return check_out(workshop, world.ada, basket, by=by or world.ada.actor, now=now or world.morning)


def test_for_others_and_for_people_named_later(world):
    workshop = world.workshop_with(price_minor=10_000, capacity=5)
    bought = buy(world, workshop, Basket((ADA, GRACE), unnamed=2))

    assert (bought.order.amount, len(bought.seats), len(bought.places)) == (Money(40_000, "EUR"), 2, 2)
    assert (workshop.seats_left(), {seat.worth_minor for seat in bought.seats}) == (1, {10_000})
    linus = Attendee("Linus", "linus@people.example")
    seat = name_place(bought.places[0], linus, by=world.ada.actor, now=world.noon)
    assert name_place(bought.places[0], linus, by=world.ada.actor, now=world.noon) == seat
    assert (seat.name, seat.order, workshop.seats_left()) == ("Linus", bought.order, 1)
    with pytest.raises(Refused, match="has its person already"):
        name_place(bought.places[0], Attendee("Eve", "eve@people.example"), by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="Only whoever bought it"):
        name_place(bought.places[1], linus, by=world.mallory.actor, now=world.noon)


def test_the_same_page_sent_twice_is_one_order(world):
    workshop = world.workshop_with(price_minor=10_000)
    basket = Basket((ADA,), unnamed=1, key="drawn-once")
    assert buy(world, workshop, basket).order == buy(world, workshop, basket, now=world.noon).order
    assert (Order.objects.count(), Seat.objects.count(), Place.objects.open().count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("basket", "words"),
    [
        (Basket((ADA, ADA)), "stands there twice"),
        (Basket(unnamed=9), "Only 3 seats are left"),
        (Basket(), "Choose from 1"),
        (Basket((Attendee("", "x@people.example"),)), "Tell the name"),
        (Basket((Attendee("X", "nonsense"),)), "not an e-mail address"),
        (Basket((ADA,), way="card"), "not offered"),
        (Basket((ADA,), coupon="NOPE"), "not known"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_left(world, basket, words):
    workshop = world.workshop_with(price_minor=10_000, capacity=3)
    with pytest.raises(Refused, match=words):
        buy(world, workshop, basket)
    assert (Order.objects.count(), Place.objects.count(), workshop.seats_left()) == (0, 0, 3)


def test_whoever_has_a_seat_gets_no_second_one(world):
    workshop = world.workshop_with(price_minor=10_000)
    buy(world, workshop, Basket((GRACE,)))
    with pytest.raises(Refused, match="Grace has a seat"):
        buy(world, workshop, Basket((ADA, GRACE)))


def test_early_birds_groups_extras_and_a_coupon(world):
    workshop = world.workshop_with(price_minor=10_000)
    Sale.objects.create(workshop=workshop, early_minor=8_000, early_seats=2, group_from=3, group_minor=9_000)
    dinner = Extra.objects.create(workshop=workshop, title="Dinner", price_minor=2_500)
    Coupon.objects.create(provider=world.harbour, code="TEN", percent=10, made_at=world.morning, most_uses=1)

    bought = buy(world, workshop, Basket((ADA, GRACE), unnamed=2, extras=(dinner.public_id,), coupon="ten"))

    assert [(line.words.split("2026")[-1].strip(), line.quantity, line.minor) for line in bought.order.lines.all()] == [
        ("(early-bird)", 2, 16_000),
        ("(group price)", 2, 18_000),
        ("Dinner", 4, 10_000),
        ("Coupon TEN", 1, -3_400),
    ]
    assert sorted(seat.worth_minor for seat in bought.seats) == [9_700, 9_700]
    assert sum(place.worth_minor for place in Place.objects.all()) == bought.order.amount_minor == 40_600
    with pytest.raises(Refused, match="used already"):
        check_out(workshop, world.mallory, Basket((Attendee("L", "l@people.example"),), coupon="TEN"),
                  by=world.mallory.actor, now=world.noon)  # fmt: skip


def test_a_private_workshop_wants_its_code(world):
    workshop = world.workshop_with(price_minor=10_000)
    Sale.objects.create(workshop=workshop, invite_code="Harbour-7")
    with pytest.raises(Refused, match="private"):
        buy(world, workshop, Basket((ADA,)))
    assert buy(world, workshop, Basket((ADA,), invite_code=" harbour-7 ")).seats


def test_a_sliding_scale_has_a_lowest_step(world):
    workshop = world.workshop_with(price_minor=10_000)
    Sale.objects.create(workshop=workshop, least_minor=2_000)
    with pytest.raises(Refused, match="not below"):
        buy(world, workshop, Basket((ADA,), chosen_minor=1_999))
    assert buy(world, workshop, Basket((ADA,), chosen_minor=2_000)).order.amount.minor == 2_000


def test_what_costs_nothing_makes_no_order(world):
    workshop = world.workshop_with(price_minor=10_000)
    Coupon.objects.create(provider=world.harbour, code="FREE", percent=100, made_at=world.morning)
    bought = buy(world, workshop, Basket((ADA,), coupon="FREE"))
    assert (bought.order, len(bought.seats)) == (None, 1)


def test_paid_in_time_the_places_become_seats(world, paying):
    workshop, order = paying
    receive(world.harbour, order.amount, order=order, way="card", reference="pi", by=world.sam.actor, now=world.noon)
    seats = give_seats(order, by=world.sam.actor, now=world.noon)
    assert give_seats(order, by=world.sam.actor, now=world.noon) == seats
    assert ([seat.name for seat in seats], workshop.seats_left()) == (["Ada Lovelace", "Grace"], 0)


def test_paid_too_late_they_are_theirs_again_while_there_is_room(world, paying):
    workshop, order = paying
    assert release_overdue(workshop, by=world.sam.actor, now=world.noon) == 2
    assert workshop.seats_left() == 2
    receive(world.harbour, order.amount, order=order, way="card", reference="pi", by=world.sam.actor, now=world.noon)
    assert len(give_seats(order, by=world.sam.actor, now=world.noon)) == 2


def test_paid_too_late_for_the_last_seat_its_money_comes_back(world, paying):
    workshop, order = paying
    release_overdue(workshop, by=world.sam.actor, now=world.noon)
    linus = Attendee("Linus", "linus@people.example")
    check_out(workshop, world.grace, Basket((linus,)), by=world.grace.actor, now=world.noon)

    receive(world.harbour, order.amount, order=order, way="card", reference="pi", by=world.sam.actor, now=world.noon)
    seats = give_seats(order, by=world.sam.actor, now=world.noon)
    give_seats(order, by=world.sam.actor, now=world.noon)

    assert ([seat.name for seat in seats], workshop.seats_left()) == (["Ada Lovelace"], 0)
    assert Refund.objects.get().amount == Money(10_000, "EUR")


@pytest.fixture
def paying(world):
    """Two places held for twenty minutes while their order is paid by card."""
    workshop = world.workshop_with(price_minor=10_000, capacity=2)
    until = world.morning + timedelta(minutes=20)
    order = place_order(
        world.harbour,
        world.ada,
        description="Two seats",
        amount=Money(20_000, "EUR"),
        way=Way.CARD,
        held_until=until,
        by=world.ada.actor,
        now=world.morning,
    )
    for who in (ADA, GRACE):
        Place.objects.create(
            workshop=workshop, order=order, name=who.name, email=who.email, worth_minor=10_000,
            held_until=until, made_at=world.morning,
        )  # fmt: skip
    assert workshop.seats_left() == 0
    return workshop, order


def test_half_back_a_week_before(world):
    workshop = world.workshop_with(price_minor=10_000)
    seat = buy(world, workshop, Basket((ADA,))).seats[0]
    receive(world.harbour, seat.order.amount, order=seat.order, way="transfer", reference="line 1",
            by=world.sam.actor, now=world.morning)  # fmt: skip
    week_before = world.morning.replace(month=4, day=6)

    cancel_seat(seat, by=world.ada.actor, now=week_before)

    assert Refund.objects.get().amount == Money(5_000, "EUR")
