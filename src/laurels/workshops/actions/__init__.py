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
from laurels.workshops.actions.offers import feed_queue
from laurels.workshops.actions.places import give_seats, name_place, release_overdue
from laurels.workshops.actions.planning import change, draft
from laurels.workshops.actions.queue import (
    change_wish,
    decline_offer,
    join_queue,
    leave_queue,
    not_now,
    take_offer,
    tend_queues,
)
from laurels.workshops.actions.queue_letters import tell_of_offer, tell_of_offer_gone, tell_of_queue
from laurels.workshops.actions.seats import book, book_somebody, cancel_seat

__all__ = [
    "Bought",
    "announce",
    "book",
    "book_somebody",
    "cancel",
    "cancel_seat",
    "change",
    "change_wish",
    "check_out",
    "close",
    "confirm",
    "confirm_import",
    "decline_offer",
    "discard_import",
    "draft",
    "feed_queue",
    "give_seats",
    "hold",
    "join_queue",
    "leave_queue",
    "name_place",
    "not_now",
    "read_import",
    "release_overdue",
    "say_confidence",
    "start",
    "take_offer",
    "tell_expectations",
    "tell_of_offer",
    "tell_of_offer_gone",
    "tell_of_payment",
    "tell_of_queue",
    "tell_of_seat",
    "tell_of_seat_cancelled",
    "tell_of_workshop_cancelled",
    "tend_queues",
]
