"""Workshops with their seats, what people with a seat say before and after class, and what they are told."""

from laurels.workshops.models.asking import Confidence, Expectation
from laurels.workshops.models.choices import Choice, ChoiceLink, ChoiceQuerySet, Surcharge
from laurels.workshops.models.fees import FeeSettlement, SeatFee, SeatFeeOwed
from laurels.workshops.models.places import Addition, Place, PlaceQuerySet
from laurels.workshops.models.queue import Offer, Queue, QueuePlace
from laurels.workshops.models.sales import Coupon, CouponQuerySet, CouponUse, Extra, Sale
from laurels.workshops.models.telling import Edition, JoiningInstructions, Reminder, ReminderPlan
from laurels.workshops.models.workshops import (
    AttendeeImport,
    Cancellation,
    Seat,
    SeatQuerySet,
    Workshop,
    WorkshopQuerySet,
)

__all__ = [
    "Addition",
    "AttendeeImport",
    "Cancellation",
    "Choice",
    "ChoiceLink",
    "ChoiceQuerySet",
    "Confidence",
    "Coupon",
    "CouponQuerySet",
    "CouponUse",
    "Edition",
    "Expectation",
    "Extra",
    "FeeSettlement",
    "JoiningInstructions",
    "Offer",
    "Place",
    "PlaceQuerySet",
    "Queue",
    "QueuePlace",
    "Reminder",
    "ReminderPlan",
    "Sale",
    "Seat",
    "SeatFee",
    "SeatFeeOwed",
    "SeatQuerySet",
    "Surcharge",
    "Workshop",
    "WorkshopQuerySet",
]
