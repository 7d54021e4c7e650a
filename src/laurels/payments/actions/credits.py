"""What is not owed any more. For what was paid already, the money goes back the way it came."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.actions.invoices import write_credit_note
from laurels.payments.actions.receipts import settle_if_covered
from laurels.payments.actions.refunds import ask_refund
from laurels.payments.models import Credit, Order
from laurels.payments.queries.cards import is_disputed


@transaction.atomic
def credit(order: Order, money: Money, reason: str, *, by: Actor, now: datetime) -> Credit | None:
    """Take ``money`` off the order, with a credit note once it was invoiced; what was paid beyond goes back.

    How much, and whether ``by`` may, is the caller's to decide (cancellation terms, staff). An order of which nothing
    is left is cancelled. None for nothing. Raises Refused.
    """
    if money.is_free:
        return None
    order = Order.objects.lock(order.pk)
    require(rules.why_frozen(order, is_disputed=is_disputed(order), by=by))
    require(rules.why_not_credit(order, money.minor))
    given = Credit.objects.create(order=order, minor=money.minor, reason=reason[:250], by_id=by.person_id, at=now)
    order.credited_minor += money.minor
    is_gone = order.credited_minor == order.amount_minor and not order.is_paid and order.cancelled_at is None
    order.cancelled_at = now if is_gone else order.cancelled_at
    order.save(update_fields=["credited_minor", "cancelled_at"])
    if order.invoices.exists():
        write_credit_note(given, upto=order.credited_minor, by=by, now=now)
    record(order.topic, facts.OrderCredited(order.pk, given.pk), by=by, at=now)
    if is_gone:
        record(order.topic, facts.OrderCancelled(order.pk), by=by, at=now)
    _give_back(order, given, by=by, now=now)
    settle_if_covered(order, by=by, now=now)
    return given


def _give_back(order: Order, given: Credit, *, by: Actor, now: datetime) -> None:
    """What came beyond what is still owed, newest money first."""
    left = order.received_minor - order.refunded_minor - (order.amount_minor - order.credited_minor)
    for receipt in order.receipts.order_by("-received_at", "-pk"):
        promised = sum(order.refunds.filter(receipt=receipt).values_list("minor", flat=True))
        minor = min(left, receipt.amount_minor - receipt.surplus_minor - promised)
        if minor > 0:
            ask_refund(receipt, minor, given.reason, order=order, credit=given, by=by, now=now)
            left -= minor
