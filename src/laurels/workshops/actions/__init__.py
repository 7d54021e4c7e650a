"""The verbs of workshops and seats; the only writers of these tables."""

from laurels.workshops.actions.after import cancel_seat, move_seat, substitute
from laurels.workshops.actions.after_letters import (
    ask_all_to_decide,
    ask_to_choose,
    ask_to_decide,
    tell_of_choice,
    tell_of_move,
    tell_of_substitution,
)
from laurels.workshops.actions.asking import say_confidence, tell_expectations
from laurels.workshops.actions.checkout import Bought, check_out
from laurels.workshops.actions.choices import choose, tend_choices
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
from laurels.workshops.actions.seats import book, book_somebody

__all__ = [
    "Bought",
    "announce",
    "ask_all_to_decide",
    "ask_to_choose",
    "ask_to_decide",
    "book",
    "book_somebody",
    "cancel",
    "cancel_seat",
    "change",
    "check_out",
    "choose",
    "close",
    "confirm",
    "confirm_import",
    "discard_import",
    "draft",
    "give_seats",
    "hold",
    "move_seat",
    "name_place",
    "read_import",
    "release_overdue",
    "say_confidence",
    "start",
    "substitute",
    "tell_expectations",
    "tell_of_choice",
    "tell_of_move",
    "tell_of_payment",
    "tell_of_seat",
    "tell_of_seat_cancelled",
    "tell_of_substitution",
    "tell_of_workshop_cancelled",
    "tend_choices",
]
