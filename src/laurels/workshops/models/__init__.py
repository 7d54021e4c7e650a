"""Workshops with their seats, and what people with a seat say before and after class."""

from laurels.workshops.models.asking import Confidence, Expectation
from laurels.workshops.models.fees import SeatFee, SeatFeeOwed
from laurels.workshops.models.places import Place, PlaceQuerySet
from laurels.workshops.models.sales import Coupon, CouponQuerySet, CouponUse, Extra, Sale
from laurels.workshops.models.workshops import (
    AttendeeImport,
    Cancellation,
    Seat,
    SeatQuerySet,
    Workshop,
    WorkshopQuerySet,
)

__all__ = [
    "AttendeeImport",
    "Cancellation",
    "Confidence",
    "Coupon",
    "CouponQuerySet",
    "CouponUse",
    "Expectation",
    "Extra",
    "Place",
    "PlaceQuerySet",
    "Sale",
    "Seat",
    "SeatFee",
    "SeatFeeOwed",
    "SeatQuerySet",
    "Workshop",
    "WorkshopQuerySet",
]
