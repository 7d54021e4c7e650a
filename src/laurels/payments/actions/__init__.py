"""The verbs of paying; the only writers of these tables."""

from laurels.payments.actions.billing import set_billing
from laurels.payments.actions.books import post
from laurels.payments.actions.credits import credit
from laurels.payments.actions.invoices import bill, change_bill_to
from laurels.payments.actions.orders import cancel_order, pay_by_transfer, place_order
from laurels.payments.actions.receipts import mark_paid, receive
from laurels.payments.actions.refunds import note_refund_done, note_refund_failed, note_refund_sent, return_surplus

__all__ = [
    "bill",
    "cancel_order",
    "change_bill_to",
    "credit",
    "mark_paid",
    "note_refund_done",
    "note_refund_failed",
    "note_refund_sent",
    "pay_by_transfer",
    "place_order",
    "post",
    "receive",
    "return_surplus",
    "set_billing",
]
