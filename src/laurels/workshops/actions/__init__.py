"""The verbs of workshops and seats; the only writers of these tables."""

from laurels.workshops.actions.asking import say_confidence, tell_expectations
from laurels.workshops.actions.checkout import Bought, check_out
from laurels.workshops.actions.fees import owe_seat_fees, set_seat_fee
from laurels.workshops.actions.imports import confirm_import, discard_import, read_import
from laurels.workshops.actions.letters import (
    tell_of_payment,
    tell_of_seat,
    tell_of_seat_cancelled,
    tell_of_workshop_cancelled,
)
from laurels.workshops.actions.moves import announce, cancel, close, confirm, hold, start
from laurels.workshops.actions.places import give_seats, name_place, release_overdue
from laurels.workshops.actions.planning import change, draft
from laurels.workshops.actions.seats import book, book_somebody, cancel_seat

__all__ = [
    "Bought",
    "announce",
    "book",
    "book_somebody",
    "cancel",
    "cancel_seat",
    "change",
    "check_out",
    "close",
    "confirm",
    "confirm_import",
    "discard_import",
    "draft",
    "give_seats",
    "hold",
    "name_place",
    "owe_seat_fees",
    "read_import",
    "release_overdue",
    "say_confidence",
    "set_seat_fee",
    "start",
    "tell_expectations",
    "tell_of_payment",
    "tell_of_seat",
    "tell_of_seat_cancelled",
    "tell_of_workshop_cancelled",
]
