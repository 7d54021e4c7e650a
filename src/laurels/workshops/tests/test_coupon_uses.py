"""A code counts while what it was used for stands: freed, used after all, and never used more often than it says."""

from datetime import timedelta

import pytest
from django.db import connection

from laurels.journal.worker import drain
from laurels.kernel.refusal import Refused
from laurels.payments.actions import cancel_order, receive
from laurels.payments.models import Refund
from laurels.workshops.actions import cancel_seat, check_out, give_seats, move_seat, release_overdue, substitute
from laurels.workshops.models import Coupon, CouponQuerySet, CouponUse, Seat
from laurels.workshops.rules import Attendee, Basket
from laurels.workshops.tests.paying import not_paid, takes_card
from laurels.workshops.tests.test_queue_race import at_once
from tests.world.cast import World

TWENTY = timedelta(minutes=20)


@pytest.fixture
def code(world):
    takes_card(world)
    return Coupon.objects.create(provider=world.harbour, code="ONCE", percent=50, made_at=world.morning, most_uses=1)


def buy(world, person, workshop, *, now=None, **more):
    basket = Basket((Attendee(person.name, person.email),), coupon="ONCE", **more)
    return check_out(workshop, person, basket, by=person.actor, now=now or world.morning)


def uses(coupon):
    return coupon.uses.counting().count()


def test_a_hold_that_lapses_frees_it_once_for_the_next(world, code):
    workshop, other = (world.workshop_with(price_minor=10_000) for _two in range(2))
    order = buy(world, world.ada, workshop, way="card").order
    with pytest.raises(Refused, match="used already"):
        buy(world, world.grace, other)
    not_paid(world, order, now=world.morning + TWENTY)
    assert uses(code) == 0
    buy(world, world.grace, other)
    not_paid(world, order, now=world.morning + TWENTY)
    assert uses(code) == 1


def test_an_unpaid_invoice_that_is_cancelled_frees_it(world, code):
    order = buy(world, world.ada, world.workshop_with(price_minor=10_000)).order
    cancel_order(order, by=world.sam.actor, now=world.noon)
    drain(is_strict=True)
    assert uses(code) == 0


def test_a_seat_given_back_before_it_is_paid_frees_it_and_a_paid_one_does_not(world, code):
    workshop = world.workshop_with(price_minor=10_000)
    [seat] = buy(world, world.ada, workshop).seats
    cancel_seat(seat, by=world.ada.actor, now=world.morning)
    drain(is_strict=True)
    assert uses(code) == 0
    [seat] = buy(world, world.grace, workshop).seats
    receive(world.harbour, seat.order.amount, order=seat.order, way="transfer", reference="1",
            by=world.sam.actor, now=world.noon)  # fmt: skip
    cancel_seat(seat, by=world.grace.actor, now=world.noon)
    drain(is_strict=True)
    assert uses(code) == 1


def test_for_nothing_it_is_free_when_the_last_of_its_people_gives_the_seat_back(world, code):
    Coupon.objects.update(percent=100)
    workshop, other = (world.workshop_with(price_minor=10_000, capacity=5) for _two in range(2))
    ada, grace = (Attendee(one.name, one.email) for one in (world.ada, world.grace))
    bought = check_out(workshop, world.ada, Basket((ada, grace), coupon="ONCE"), by=world.ada.actor, now=world.morning)
    of_ada, of_grace = bought.seats
    assert (bought.order, uses(code)) == (None, 1)
    moved = move_seat(of_ada, other, by=world.ada.actor, now=world.noon)
    colleague = substitute(moved, Attendee("Linus", "linus@people.example"), by=world.ada.actor, now=world.noon)
    cancel_seat(of_grace, by=world.grace.actor, now=world.noon)
    assert uses(code) == 1
    for _twice in range(2):
        cancel_seat(colleague, by=world.sam.actor, now=world.noon)
    assert uses(code) == 0


def late(world, workshop):
    """Ada's hold has lapsed; the money comes afterwards, when the caller says so."""
    order = buy(world, world.ada, workshop, way="card").order
    release_overdue(workshop, by=world.sam.actor, now=world.morning + TWENTY)

    def comes():
        receive(world.harbour, order.amount, order=order, way="card", reference="pi",
                by=world.sam.actor, now=world.noon)  # fmt: skip
        give_seats(order, by=world.sam.actor, now=world.noon)
        return give_seats(order, by=world.sam.actor, now=world.noon)

    return comes


def test_paid_late_it_is_used_after_all(world, code):
    comes = late(world, world.workshop_with(price_minor=10_000))
    assert uses(code) == 0
    assert (len(comes()), uses(code)) == (1, 1)
    with pytest.raises(Refused, match="used already"):
        buy(world, world.grace, world.workshop_with(price_minor=10_000), now=world.noon)


def test_paid_late_after_somebody_else_used_it_the_money_goes_back(world, code):
    comes = late(world, world.workshop_with(price_minor=10_000))
    buy(world, world.grace, world.workshop_with(price_minor=10_000), now=world.noon)
    assert (comes(), uses(code), Refund.objects.get().minor) == ([], 1, 5_000)
    assert "used by somebody else" in Refund.objects.get().reason


@pytest.fixture
def rivals(transactional_db):
    """Two people, two workshops, one code that serves once."""
    world = World()
    takes_card(world)
    Coupon.objects.create(provider=world.harbour, code="ONCE", percent=50, made_at=world.morning, most_uses=1)
    shops = [world.workshop_with(price_minor=10_000, capacity=50) for _two in range(2)]
    people = [world.person(f"Rival {n}", f"r{n}@people.example") for n in range(12)]
    acting = [(one, one.actor, Basket((Attendee(one.name, one.email),), coupon="ONCE")) for one in people]
    return [
        lambda n=n, who=who: check_out(shops[n % 2], who[0], who[2], by=who[1], now=world.morning).order.pk
        for n, who in enumerate(acting)
    ]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_buyers_in_two_workshops_one_uses_the_last_one(rivals):
    told = at_once(*rivals)
    assert (told.count("coupon-used"), CouponUse.objects.counting().count(), Seat.objects.count()) == (11, 1, 1)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_control_without_the_codes_lock_postgresql_uses_it_twice(rivals, monkeypatch):
    monkeypatch.setattr(CouponQuerySet, "lock", lambda self, pk: Coupon.objects.get(pk=pk))
    at_once(*rivals)
    assert (CouponUse.objects.counting().count() > 1) is (connection.vendor == "postgresql")
