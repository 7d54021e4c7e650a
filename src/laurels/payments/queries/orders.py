"""Read models for the pages about orders, fully loaded."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal
from laurels.payments import rules
from laurels.payments.models import Billing, Invoice, Order, OrderLine, OrderQuerySet, Receipt, Refund
from laurels.payments.queries.billing import billing_of
from laurels.payments.queries.cards import CardPart, card_part
from laurels.people.models import Organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class OrderRow:
    order: Order
    buyer: str
    email: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class OrderList:
    seller: Organisation
    is_paid: bool
    rows: list[OrderRow]
    next_after: str


@dataclass(frozen=True, slots=True)
class OrderPage:
    """``buyer`` is what stands on its paper; whoever only typed an address does not learn whose it is."""

    order: Order
    buyer: str
    bill_to: list[str]
    lines: list[OrderLine]
    receipts: list[Receipt]
    refunds: list[Refund]
    papers: list[Invoice]
    billing: Billing
    state: str
    is_overdue: bool
    why_not_mark_paid: Refusal | None
    is_staff: bool
    card: CardPart

    @property
    def credited(self) -> Money:
        """What of it is not owed any more, below zero."""
        return Money(-self.order.credited_minor, self.order.currency)


def order_list(seller: Organisation, *, is_paid: bool, after: str, now: datetime) -> OrderList:
    """One page of a seller's due or paid orders; ``after`` is the public id of the page before's final order."""
    orders = Order.objects.of_seller(seller)
    listed = _paid_after(orders.paid(), after) if is_paid else _due_after(orders.due(), after)
    found = list(listed.select_related("buyer", "payment").prefetch_related("buyer__addresses")[: PAGE + 1])
    today = day_in(seller.zone, now)
    rows = [OrderRow(order, str(order.buyer), order.buyer.email, _is_overdue(order, today)) for order in found[:PAGE]]
    return OrderList(seller, is_paid, rows, rows[-1].order.public_id if len(found) > PAGE else "")


def order_page(order: Order, *, by: Actor, now: datetime) -> OrderPage:
    state = "paid" if order.is_paid else "cancelled" if order.cancelled_at else "held" if order.held_until else "due"
    return OrderPage(
        order,
        order.bill_to.get("name") or ("" if by.is_anonymous else str(order.buyer)),
        _bill_to(order),
        _lines(order),
        list(order.receipts.order_by("received_at", "pk")),
        list(order.refunds.order_by("asked_at", "pk")),
        list(order.invoices.in_order()),
        billing_of(order.seller),
        state,
        _is_overdue(order, day_in(order.seller.zone, now)),
        rules.why_not_mark_paid(order, by=by),
        by.has("staff", at=order.seller_id),
        card_part(order, now=now),
    )


def _bill_to(order: Order) -> list[str]:
    """What stands on the paper below the name, and the buyer's own number."""
    kept = order.bill_to
    address = [line for line in kept.get("address", "").splitlines() if line.strip()]
    return [line for line in (kept.get("company"), *address, kept.get("country"), kept.get("tax_id")) if line]


def _lines(order: Order) -> list[OrderLine]:
    lines = list(order.lines.order_by("position"))
    for line in lines:
        line.order = order
    return lines


def _is_overdue(order: Order, today: date) -> bool:
    return not order.is_paid and not order.cancelled_at and order.due_on < today


def _due_after(orders: OrderQuerySet, after: str) -> OrderQuerySet:
    last = Order.objects.filter(public_id=after).first()
    return orders.filter(Q(due_on__gt=last.due_on) | Q(due_on=last.due_on, pk__gt=last.pk)) if last else orders


def _paid_after(orders: OrderQuerySet, after: str) -> OrderQuerySet:
    last = Order.objects.filter(public_id=after, payment__isnull=False).select_related("payment").first()
    if last is None:
        return orders
    at = last.payment.received_at
    return orders.filter(Q(payment__received_at__lt=at) | Q(payment__received_at=at, pk__lt=last.pk))
