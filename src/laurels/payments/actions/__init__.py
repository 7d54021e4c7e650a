"""The verbs of paying; the only writers of these tables."""

from laurels.payments.actions.bank import (
    assign_surplus,
    confirm_bank_file,
    discard_bank_file,
    give_return_account,
    read_bank_file,
)
from laurels.payments.actions.billing import set_billing
from laurels.payments.actions.books import post
from laurels.payments.actions.cards import (
    ask_refund_again,
    book_card_fee,
    compare_with_service,
    confirm_card_payment,
    connect_card_account,
    drop_lost_refunds,
    end_hold,
    end_overdue_holds,
    give_up_order,
    let_go,
    look_after_refunds,
    look_after_sessions,
    note_event,
    open_card_session,
    roll_webhook_secret,
    send_card_refund,
    set_card_active,
    take_in_event,
)
from laurels.payments.actions.credits import credit
from laurels.payments.actions.invoices import bill, change_bill_to
from laurels.payments.actions.letters import (
    send_paper,
    tell_of_money_back,
    tell_staff_of_dispute,
    tell_staff_of_failed_refund,
)
from laurels.payments.actions.orders import add_order, cancel_order, pay_by_transfer, place_order
from laurels.payments.actions.receipts import mark_paid, receive
from laurels.payments.actions.refunds import note_refund_done, note_refund_failed, note_refund_sent, return_surplus
from laurels.payments.actions.reminders import remind_all_of_payment, remind_of_payment

__all__ = [
    "add_order",
    "ask_refund_again",
    "assign_surplus",
    "bill",
    "book_card_fee",
    "cancel_order",
    "change_bill_to",
    "compare_with_service",
    "confirm_bank_file",
    "confirm_card_payment",
    "connect_card_account",
    "credit",
    "discard_bank_file",
    "drop_lost_refunds",
    "end_hold",
    "end_overdue_holds",
    "give_return_account",
    "give_up_order",
    "let_go",
    "look_after_refunds",
    "look_after_sessions",
    "mark_paid",
    "note_event",
    "note_refund_done",
    "note_refund_failed",
    "note_refund_sent",
    "open_card_session",
    "pay_by_transfer",
    "place_order",
    "post",
    "read_bank_file",
    "receive",
    "remind_all_of_payment",
    "remind_of_payment",
    "return_surplus",
    "roll_webhook_secret",
    "send_card_refund",
    "send_paper",
    "set_billing",
    "set_card_active",
    "take_in_event",
    "tell_of_money_back",
    "tell_staff_of_dispute",
    "tell_staff_of_failed_refund",
]
