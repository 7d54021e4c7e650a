"""Money that comes."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.actions.books import post
from laurels.payments.actions.invoices import bill
from laurels.payments.models import Account, Order, Payment, Receipt
from laurels.payments.models.orders import Way
from laurels.people.models import Organisation

STANDS_ON: dict[str, Account] = {Way.TRANSFER: Account.BANK, Way.CARD: Account.CARD}


@transaction.atomic
def receive(
    seller: Organisation,
    money: Money,
    *,
    order: Order | None,
    way: str,
    reference: str,
    note: str = "",
    by: Actor,
    now: datetime,
) -> Receipt:
    """``money`` has come, known by ``reference`` (a payment's or bank line's own id): the same again changes nothing.

    What the order does not need, and all money without an order, is surplus. That ``by`` may say so is the caller's to
    know: the card service's signed word, a line of the bank's file, the seller's staff.
    """
    order = Order.objects.lock(order.pk) if order else None
    if found := Receipt.objects.known_as(seller, way, reference).first():
        return found
    needed = order.owed.minor if order and order.currency == money.currency and not order.cancelled_at else 0
    surplus = max(0, money.minor - needed)
    receipt = Receipt.objects.create(
        seller=seller,
        order=order,
        way=way,
        reference=reference,
        amount_minor=money.minor,
        currency=money.currency,
        surplus_minor=surplus,
        why_surplus=_why_surplus(order, money) if surplus else "",
        noted_by_id=by.person_id,
        received_at=now,
    )
    book_receipt(receipt, f"receipt:{receipt.way}:{receipt.reference}", by=by, now=now)
    topic = order.topic if order else receipt.topic
    record(topic, facts.MoneyReceived(receipt.pk), by=by, at=now)
    if surplus:
        record(topic, facts.SurplusReceived(receipt.pk), by=by, at=now)
    if order and money.minor > surplus:
        order.received_minor += money.minor - surplus
        order.save(update_fields=["received_minor"])
        settle_if_covered(order, way=way, note=note, by=by, now=now)
    return receipt


@transaction.atomic
def mark_paid(order: Order, *, note: str = "", by: Actor, now: datetime) -> Payment:
    """What is still owed has come by transfer; saying so twice gives the same payment. Raises Refused."""
    order = Order.objects.lock(order.pk)
    require(rules.why_not_mark_paid(order, by=by))
    if order.is_paid:
        return order.payment
    reference = f"noted {order.public_id}"
    receive(order.seller, order.owed, order=order, way=Way.TRANSFER, reference=reference, note=note, by=by, now=now)
    return Payment.objects.get(order=order)


def settle_if_covered(order: Order, *, way: str = "", note: str = "", by: Actor, now: datetime) -> Payment | None:
    """The payment, once nothing is owed any more and something was; for an order whose row the caller holds."""
    if order.is_paid or order.cancelled_at or order.owed.minor or not order.received_minor:
        return None
    bill(order, by=by, now=now)
    payment = Payment.objects.create(
        order=order, way=way or order.way, note=note, noted_by_id=by.person_id, received_at=now
    )
    record(order.topic, facts.OrderPaid(order.pk, payment.pk), by=by, at=now)
    return payment


def book_receipt(receipt: Receipt, reference: str, *, by: Actor, now: datetime) -> None:
    """Into the books under ``reference``: what its order needed, and what nobody owed."""
    if receipt.order and receipt.amount_minor > receipt.surplus_minor:
        bill(receipt.order, by=by, now=now)
    stands_on = STANDS_ON[receipt.way]
    legs = [
        (stands_on, Account.RECEIVABLE, receipt.amount_minor - receipt.surplus_minor),
        (stands_on, Account.SURPLUS, receipt.surplus_minor),
    ]
    post(receipt.seller, "received", reference, legs, currency=receipt.currency, order=receipt.order, at=now)


def _why_surplus(order: Order | None, money: Money) -> str:
    if order is None:
        return "no-order"
    if order.cancelled_at:
        return "cancelled"
    return "other-currency" if order.currency != money.currency else "too-much"
