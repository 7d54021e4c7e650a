"""Workshops with their seats, what people with a seat say before and after class, and what they are told."""

from laurels.workshops.models.asking import Confidence, Expectation
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
    "AttendeeImport",
    "Cancellation",
    "Confidence",
    "Edition",
    "Expectation",
    "JoiningInstructions",
    "Reminder",
    "ReminderPlan",
    "Seat",
    "SeatQuerySet",
    "Workshop",
    "WorkshopQuerySet",
]
