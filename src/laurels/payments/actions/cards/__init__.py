"""Paying by card. The intent is written first, then the service is asked outside of transactions, then it is noted."""

from laurels.payments.actions.cards.accounts import connect_card_account, roll_webhook_secret, set_card_active
from laurels.payments.actions.cards.comparing import Comparison, compare_with_service
from laurels.payments.actions.cards.events import note_event, take_in_event
from laurels.payments.actions.cards.holds import (
    end_hold,
    end_overdue_holds,
    give_up_order,
    let_go,
    look_after_sessions,
)
from laurels.payments.actions.cards.refunds import (
    ask_refund_again,
    drop_lost_refunds,
    look_after_refunds,
    send_card_refund,
)
from laurels.payments.actions.cards.sessions import book_card_fee, confirm_card_payment, open_card_session

__all__ = [
    "Comparison",
    "ask_refund_again",
    "book_card_fee",
    "compare_with_service",
    "confirm_card_payment",
    "connect_card_account",
    "drop_lost_refunds",
    "end_hold",
    "end_overdue_holds",
    "give_up_order",
    "let_go",
    "look_after_refunds",
    "look_after_sessions",
    "note_event",
    "open_card_session",
    "roll_webhook_secret",
    "send_card_refund",
    "set_card_active",
    "take_in_event",
]
