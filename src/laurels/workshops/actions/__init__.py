"""The verbs of workshops and seats; the only writers of these tables."""

from laurels.workshops.actions.after import cancel_seat, move_seat, substitute
from laurels.workshops.actions.after_letters import (
    ask_all_to_decide,
    ask_to_choose,
    ask_to_decide,
    tell_of_choice,
    tell_of_confirmation,
    tell_of_move,
    tell_of_substitution,
)
from laurels.workshops.actions.after_places import add_people, cancel_place, move_place
from laurels.workshops.actions.asking import say_confidence, tell_expectations
from laurels.workshops.actions.buyers import remind_of_names, tell_of_booking, tell_of_payment
from laurels.workshops.actions.checkout import Bought, check_out, check_out_unproven
from laurels.workshops.actions.choices import choose, tend_choices
from laurels.workshops.actions.coupons import free_code_of
from laurels.workshops.actions.fees import owe_seat_fees, set_seat_fee, settle_seat_fees
from laurels.workshops.actions.imports import confirm_import, discard_import, read_import
from laurels.workshops.actions.letters import tell_of_seat, tell_of_seat_cancelled, tell_of_workshop_cancelled
from laurels.workshops.actions.moves import announce, cancel, close, confirm, hold, start
from laurels.workshops.actions.offers import feed_queue
from laurels.workshops.actions.places import give_seats, hold_longer, name_place, release_order, release_overdue
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
from laurels.workshops.actions.reminding import plan_reminders, remind
from laurels.workshops.actions.seats import book, book_somebody
from laurels.workshops.actions.selling import make_coupon, make_coupons, set_sale, withdraw_coupon
from laurels.workshops.actions.telling import note_edition, tell_joining, tell_of_change

__all__ = [
    "Bought",
    "add_people",
    "announce",
    "ask_all_to_decide",
    "ask_to_choose",
    "ask_to_decide",
    "book",
    "book_somebody",
    "cancel",
    "cancel_place",
    "cancel_seat",
    "change",
    "change_wish",
    "check_out",
    "check_out_unproven",
    "choose",
    "close",
    "confirm",
    "confirm_import",
    "decline_offer",
    "discard_import",
    "draft",
    "feed_queue",
    "free_code_of",
    "give_seats",
    "hold",
    "hold_longer",
    "join_queue",
    "leave_queue",
    "make_coupon",
    "make_coupons",
    "move_place",
    "move_seat",
    "name_place",
    "not_now",
    "note_edition",
    "owe_seat_fees",
    "plan_reminders",
    "read_import",
    "release_order",
    "release_overdue",
    "remind",
    "remind_of_names",
    "say_confidence",
    "set_sale",
    "set_seat_fee",
    "settle_seat_fees",
    "start",
    "substitute",
    "take_offer",
    "tell_expectations",
    "tell_joining",
    "tell_of_booking",
    "tell_of_change",
    "tell_of_choice",
    "tell_of_confirmation",
    "tell_of_move",
    "tell_of_offer",
    "tell_of_offer_gone",
    "tell_of_payment",
    "tell_of_queue",
    "tell_of_seat",
    "tell_of_seat_cancelled",
    "tell_of_substitution",
    "tell_of_workshop_cancelled",
    "tend_choices",
    "tend_queues",
    "withdraw_coupon",
]
