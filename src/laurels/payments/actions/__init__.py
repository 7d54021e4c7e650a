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
from laurels.payments.actions.credits import credit
from laurels.payments.actions.invoices import bill, change_bill_to
from laurels.payments.actions.orders import cancel_order, pay_by_transfer, place_order
from laurels.payments.actions.receipts import mark_paid, receive
from laurels.payments.actions.refunds import note_refund_done, note_refund_failed, note_refund_sent, return_surplus
from laurels.payments.actions.reminders import remind_all_of_payment, remind_of_payment

__all__ = [
    "assign_surplus",
    "bill",
    "cancel_order",
    "change_bill_to",
    "confirm_bank_file",
    "credit",
    "discard_bank_file",
    "give_return_account",
    "mark_paid",
    "note_refund_done",
    "note_refund_failed",
    "note_refund_sent",
    "pay_by_transfer",
    "place_order",
    "post",
    "read_bank_file",
    "receive",
    "remind_all_of_payment",
    "remind_of_payment",
    "return_surplus",
    "set_billing",
]
