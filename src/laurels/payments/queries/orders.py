"""Read models for the pages about orders, fully loaded."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import Q

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal
from laurels.payments import rules
from laurels.payments.models import Billing, Invoice, Order, OrderLine, OrderQuerySet, Receipt, Refund
from laurels.payments.queries.billing import loaded_billing
from laurels.payments.queries.cards import CardPart, card_part
from laurels.payments.queries.desk import AGES, due_within
from laurels.payments.queries.periods import month_between
from laurels.people.models import Address, Organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders of a seller: ``show`` is due, overdue, paying, paid, cancelled or all; the rest narrows it down."""

    show: str = "due"
    age: str = ""
    way: str = ""
    month: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class OrderRow:
    order: Order
    buyer: str
    email: str
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class OrderList:
    seller: Organisation
    wanted: OrderFilter
    rows: list[OrderRow]
    next_after: str

    @property
    def is_paid(self) -> bool:
        return self.wanted.show == "paid"

    @property
    def next_query(self) -> str:
        """The query of the page after this one; empty on the final page."""
        wanted = self.wanted
        month = f"{wanted.month:%Y-%m}" if wanted.month else ""
        asked = {"show": wanted.show, "age": wanted.age, "way": wanted.way, "month": month, "q": wanted.text}
        kept = {name: value for name, value in asked.items() if value}
        return urlencode({**kept, "after": self.next_after}) if self.next_after else ""


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


def order_list(seller: Organisation, wanted: OrderFilter, *, after: str, now: datetime) -> OrderList:
    """One page of a seller's orders; ``after`` is the public id of the page before's final order."""
    today = day_in(seller.zone, now)
    listed = _narrowed(_shown(Order.objects.of_seller(seller), wanted, seller, today), wanted)
    listed = _after(listed, wanted.show, after)
    found = list(listed.select_related("buyer", "payment").prefetch_related("buyer__addresses")[: PAGE + 1])
    rows = [OrderRow(order, str(order.buyer), order.buyer.email, _is_overdue(order, today)) for order in found[:PAGE]]
    return OrderList(seller, wanted, rows, rows[-1].order.public_id if len(found) > PAGE else "")


def order_page(order: Order, *, by: Actor, now: datetime) -> OrderPage:
    """For an order loaded ``for_page``."""
    state = "paid" if order.is_paid else "cancelled" if order.cancelled_at else "held" if order.held_until else "due"
    return OrderPage(
        order,
        order.bill_to.get("name") or ("" if by.is_anonymous else str(order.buyer)),
        _bill_to(order),
        _lines(order),
        list(order.receipts.order_by("received_at", "pk")),
        list(order.refunds.select_related("receipt").order_by("asked_at", "pk")),
        list(order.invoices.in_order()),
        loaded_billing(order.seller),
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


def _shown(orders: OrderQuerySet, wanted: OrderFilter, seller: Organisation, today: date) -> OrderQuerySet:
    match wanted.show:
        case "paid":
            since, until = month_between(seller, wanted.month) if wanted.month else (None, None)
            paid = orders.paid()
            return paid.filter(payment__received_at__gte=since, payment__received_at__lt=until) if since else paid
        case "paying":
            return orders.paying().order_by("-pk")
        case "cancelled":
            return orders.filter(cancelled_at__isnull=False).order_by("-pk")
        case "all":
            return orders.order_by("-pk")
        case "overdue":
            return orders.due().filter(**due_within(wanted.age, today) if wanted.age in AGES else {"due_on__lt": today})
    return orders.due()


def _narrowed(orders: OrderQuerySet, wanted: OrderFilter) -> OrderQuerySet:
    if wanted.way:
        orders = orders.filter(way=wanted.way)
    if wanted.text:
        orders = orders.filter(_about(wanted.text))
    return orders


def _about(text: str) -> Q:
    """A reference as people write it, a name, a company, an e-mail address, a purchase number."""
    reference = "".join(letter for letter in text.lower() if letter.isalnum())
    found = Q(description__icontains=text) | Q(buyer__name__icontains=text) | Q(bill_to__company__icontains=text)
    found |= Q(bill_to__purchase_number__icontains=text) | Q(bill_to__name__icontains=text)
    found |= Q(buyer__in=Address.objects.filter(email__icontains=text).values("person"))
    return found | Q(public_id__startswith=reference) if len(reference) >= 5 else found


def _after(orders: OrderQuerySet, show: str, after: str) -> OrderQuerySet:
    last = Order.objects.filter(public_id=after).select_related("payment").first() if after else None
    if last is None:
        return orders
    if show == "paid":
        if not last.is_paid:
            return orders
        at = last.payment.received_at
        return orders.filter(Q(payment__received_at__lt=at) | Q(payment__received_at=at, pk__lt=last.pk))
    if show in ("all", "paying", "cancelled"):
        return orders.filter(pk__lt=last.pk)
    return orders.filter(Q(due_on__gt=last.due_on) | Q(due_on=last.due_on, pk__gt=last.pk))
