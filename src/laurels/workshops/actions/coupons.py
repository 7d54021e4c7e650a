"""Codes that may be used again, because what they were used for came to nothing; and those that are used after all."""

from datetime import datetime

from laurels.kernel.refusal import require
from laurels.payments.models import Order
from laurels.workshops import rules
from laurels.workshops.models import Coupon, CouponUse, Place, Seat, Workshop


def use_code(workshop: Workshop, code: str, now: datetime) -> Coupon:
    """The coupon with this code, locked, if it may be used here; the caller notes the use. Raises Refused."""
    found = Coupon.objects.with_code(workshop.provider, code).first()
    # Its row is locked before its uses are counted: of two who use the last one, one is told.
    coupon = Coupon.objects.lock(found.pk) if found else None
    uses = coupon.uses.counting().count() if coupon else 0
    require(rules.why_not_coupon(coupon, workshop, uses=uses, today=workshop.day_of(now)))
    assert coupon is not None
    return coupon


def free_code_of(order: Order, *, now: datetime) -> bool:
    """Nobody pays the order, so its code may be used again; whether it had one. Twice changes nothing."""
    return bool(CouponUse.objects.counting().filter(order=order, order__payment=None).update(released_at=now))


def free_code_with(place: Place | None, *, now: datetime) -> bool:
    """The code with which this place cost nothing, once nobody comes with it any more; whether it is free now."""
    use = place.coupon_use if place else None
    if use is None or use.order_id or use.released_at or any(_is_kept(one) for one in use.places.all()):
        return False
    return bool(CouponUse.objects.counting().filter(pk=use.pk).update(released_at=now))


def free_code_with_seat(seat: Seat, *, now: datetime) -> bool:
    """``free_code_with`` for the place that this seat, or the first one it came from, was made of."""
    while seat.replaces:
        seat = seat.replaces
    return free_code_with(Place.objects.filter(seat=seat).first(), now=now)


def take_code_again(order: Order) -> bool:
    """The order is paid although its code had been freed; False when others have used it up meanwhile."""
    freed = CouponUse.objects.filter(order=order, released_at__isnull=False).first()
    if freed is None:
        return True
    coupon = Coupon.objects.lock(freed.coupon_id)
    if coupon.is_used_up(coupon.uses.counting().count()):
        return False
    CouponUse.objects.filter(pk=freed.pk).update(released_at=None)
    return True


def _is_kept(place: Place) -> bool:
    """Whether somebody comes with it: themself, on another date, or a colleague."""
    seat = place.seat
    while seat and (instead := Seat.objects.filter(replaces=seat).first()):
        seat = instead
    return not seat.is_given_up if seat else place.state in Place.COUNTS
