"""The verbs of paying. Card payment, tax and invoice numbers are not part of this step."""

from datetime import date, datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.models import Order, Payment
from laurels.people.models import Organisation, Person


@transaction.atomic
def place_order(
    seller: Organisation, buyer: Person, *, description: str, amount: Money, due_on: date, by: Actor, now: datetime
) -> Order:
    """A new order of ``buyer``, to be paid by invoice until ``due_on``. Raises Refused."""
    require(rules.why_not_place(seller, buyer, amount, by=by))
    order = Order.objects.create(
        seller=seller,
        buyer=buyer,
        description=description,
        amount_minor=amount.minor,
        currency=amount.currency,
        placed_at=now,
        due_on=due_on,
    )
    record(order.topic, facts.OrderPlaced(order.pk), by=by, at=now)
    return order


@transaction.atomic
def mark_paid(order: Order, *, way: str = "transfer", note: str = "", by: Actor, now: datetime) -> Payment:
    """The money of ``order`` has come; saying so twice gives the same payment. Raises Refused."""
    order = Order.objects.lock(order.pk)
    require(rules.why_not_mark_paid(order, by=by))
    if order.is_paid:
        return order.payment
    payment = Payment.objects.create(order=order, way=way, note=note, noted_by_id=by.person_id, received_at=now)
    record(order.topic, facts.OrderPaid(order.pk, payment.pk), by=by, at=now)
    return payment


@transaction.atomic
def cancel_order(order: Order, *, by: Actor, now: datetime) -> Order:
    """Nobody owes this any more; cancelling twice changes nothing. A paid order is refused."""
    order = Order.objects.lock(order.pk)
    require(rules.why_not_cancel(order, by=by))
    if order.cancelled_at:
        return order
    order.cancelled_at = now
    order.save(update_fields=["cancelled_at"])
    record(order.topic, facts.OrderCancelled(order.pk), by=by, at=now)
    return order
