"""What ``laurels fsck`` finds when seats or codes are given out past every lock: broken on purpose, and named."""

from laurels.workshops.actions import book, cancel_seat, check_out
from laurels.workshops.models import Coupon, CouponUse, Place, Workshop
from laurels.workshops.queries.soundness import seat_faults
from laurels.workshops.rules import Attendee, Basket


def found(world):
    return [(fault.place, fault.words) for fault in seat_faults(world.harbour)]


def test_a_seat_too_many(world):
    workshop = world.workshop_with(capacity=2)
    seat = book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    book(workshop, world.grace, by=world.grace.actor, now=world.morning)
    assert found(world) == []
    place = f"workshop {workshop.public_id}"
    Workshop.objects.filter(pk=workshop.pk).update(capacity=1)
    assert found(world) == [(place, "2 seats are given out, and it has 1")]
    cancel_seat(seat, by=world.ada.actor, now=world.morning)
    assert found(world) == []
    Place.objects.create(workshop=workshop, held_until=world.noon, made_at=world.morning)
    assert found(world) == [(place, "2 seats are given out, and it has 1")]


def test_a_code_used_too_often(world):
    workshop = world.workshop_with(price_minor=10_000)
    code = Coupon.objects.create(provider=world.harbour, code="ONCE", percent=10, made_at=world.morning, most_uses=1)
    basket = Basket((Attendee("Ada", world.ada.email),), coupon="ONCE")
    check_out(workshop, world.ada, basket, by=world.ada.actor, now=world.morning)
    assert found(world) == []
    extra = CouponUse.objects.create(coupon=code, minor=1, used_at=world.morning)
    assert found(world) == [("coupon ONCE", "is used 2 times, and may be 1 times")]
    CouponUse.objects.filter(pk=extra.pk).update(released_at=world.noon)
    assert found(world) == []
