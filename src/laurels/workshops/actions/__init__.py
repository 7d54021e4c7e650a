"""The verbs of workshops and seats; the only writers of these tables."""

from laurels.workshops.actions.asking import say_confidence, tell_expectations
from laurels.workshops.actions.checkout import Bought, check_out
from laurels.workshops.actions.imports import confirm_import, discard_import, read_import
from laurels.workshops.actions.letters import (
    tell_of_payment,
    tell_of_seat,
    tell_of_seat_cancelled,
    tell_of_workshop_cancelled,
)
from laurels.workshops.actions.moves import announce, cancel, close, confirm, hold, start
from laurels.workshops.actions.places import give_seats, hold_longer, name_place, release_order, release_overdue
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
    "hold_longer",
    "name_place",
    "read_import",
    "release_order",
    "release_overdue",
    "say_confidence",
    "start",
    "tell_expectations",
    "tell_of_payment",
    "tell_of_seat",
    "tell_of_seat_cancelled",
    "tell_of_workshop_cancelled",
]
