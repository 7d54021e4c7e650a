"""Orders: placed, paid by another way than thought, cancelled."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from laurels.journal.actions import record, record_all
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.payments import facts, rules
from laurels.payments.actions.credits import credit
from laurels.payments.actions.invoices import bill, bill_first
from laurels.payments.models import Billing, Order, OrderLine
from laurels.payments.models.orders import Way
from laurels.payments.queries.billing import billing_of
from laurels.payments.rules import Line
from laurels.people.models import Organisation, Person


@transaction.atomic
def place_order(
    seller: Organisation,
    buyer: Person,
    *,
    description: str,
    amount: Money,
    lines: Sequence[Line] = (),
    way: str = Way.TRANSFER,
    bill_to: Mapping[str, str] | None = None,
    terms: Mapping[str, Any] | None = None,
    key: str | None = None,
    due_on: date | None = None,
    held_until: datetime | None = None,
    by: Actor,
    now: datetime,
) -> Order:
    """A new order of ``buyer``: ``amount`` is the sum of its lines as shown, tax comes along as the seller bills.

    By transfer it is invoiced at once and due on ``due_on``; by card it is invoiced when paid, and what it is for is
    held until ``held_until``. Raises Refused.
    """
    return add_order(
        seller,
        buyer,
        billing_of(seller),
        description=description,
        amount=amount,
        lines=lines,
        way=way,
        bill_to=bill_to,
        terms=terms,
        key=key,
        due_on=due_on,
        held_until=held_until,
        by=by,
        now=now,
    )


def add_order(
    seller: Organisation,
    buyer: Person,
    billing: Billing,
    *,
    description: str,
    amount: Money,
    lines: Sequence[Line] = (),
    way: str = Way.TRANSFER,
    bill_to: Mapping[str, str] | None = None,
    terms: Mapping[str, Any] | None = None,
    key: str | None = None,
    due_on: date | None = None,
    held_until: datetime | None = None,
    client_digest: str = "",
    by: Actor,
    now: datetime,
) -> Order:
    """``place_order`` in the caller's transaction, which has read the seller's ``billing`` already.

    ``client_digest`` is where a browser that has not signed in asks from.
    """
    require(rules.why_not_place(seller, buyer, amount, way=way, by=by))
    bill_to = dict(bill_to or {})
    require(rules.why_not_bill_to(bill_to))
    taxed = rules.taxed(amount.minor, billing, bill_to)
    order = Order.objects.create(
        seller=seller,
        buyer=buyer,
        key=key,
        way=way,
        description=description[:250],
        amount_minor=taxed.gross,
        tax_minor=taxed.tax,
        tax_words=taxed.words,
        currency=amount.currency,
        bill_to={name: bill_to.get(name, "").strip() for name in rules.BILL_TO} if bill_to else {},
        terms=dict(terms or {}),
        placed_at=now,
        due_on=due_on or day_in(seller.zone, now) + timedelta(days=billing.due_days),
        held_until=held_until if way == Way.CARD else None,
        client_digest=client_digest,
    )
    kept = OrderLine.objects.bulk_create(
        OrderLine(order=order, position=place, words=line.words[:250], quantity=line.quantity, minor=line.minor)
        for place, line in enumerate(lines or [Line(description, amount.minor)], start=1)
    )
    happened: list[Any] = [facts.OrderPlaced(order.pk)]
    if way == Way.TRANSFER:
        happened.append(facts.InvoiceIssued(order.pk, bill_first(order, kept, now=now).pk))
    record_all(order.topic, happened, is_new=True, by=by, at=now)
    return order


@transaction.atomic
def pay_by_transfer(order: Order, *, by: Actor, now: datetime) -> Order:
    """An order that was to be paid by card is invoiced instead; twice is the same as once. Raises Refused."""
    order = Order.objects.lock(order.pk)
    if order.way == Way.TRANSFER:
        return order
    billing = billing_of(order.seller)
    require(rules.why_not_change_way(order, Way.TRANSFER, is_offered=billing.takes_transfer, by=by))
    order.way, order.held_until = Way.TRANSFER, None
    order.due_on = day_in(order.seller.zone, now) + timedelta(days=billing.due_days)
    order.save(update_fields=["way", "held_until", "due_on"])
    bill(order, by=by, now=now)
    record(order.topic, facts.WayChanged(order.pk, Way.TRANSFER), by=by, at=now)
    return order


@transaction.atomic
def cancel_order(order: Order, *, reason: str = "", by: Actor, now: datetime) -> Order:
    """Nobody owes this any more; cancelling twice changes nothing. A paid order is refused."""
    order = Order.objects.lock(order.pk)
    require(rules.why_not_cancel(order, by=by))
    if order.cancelled_at:
        return order
    left = Money(order.amount_minor - order.credited_minor, order.currency)
    credit(order, left, reason or order.description, by=by, now=now)
    order.refresh_from_db()
    return order
