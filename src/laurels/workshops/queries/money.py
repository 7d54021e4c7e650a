"""What workshops brought their provider, and what is owed to a body for their seats."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum

from laurels.kernel.money import Money, part_of
from laurels.kernel.periods import add_months
from laurels.payments.models import Account, Leg, Order, OrderLine
from laurels.people.models import Organisation
from laurels.workshops.models import Place, Seat, SeatFee, SeatFeeOwed, Workshop

PAGE = 25


@dataclass(frozen=True, slots=True)
class Payout:
    """Of one workshop: what was sold (tax included), of which what was taken off again, kept back or handed on."""

    workshop: Workshop
    seats: int
    sold: Money
    discounts: Money
    credited: Money
    tax: Money
    card_fees: Money
    seat_fees: Money
    came: Money

    @property
    def net(self) -> Money:
        return self.sold - self.credited - self.tax - self.card_fees - self.seat_fees


@dataclass(frozen=True, slots=True)
class Payouts:
    seller: Organisation
    rows: list[Payout]
    next_after: str


@dataclass(frozen=True, slots=True)
class StatementSum:
    """With one organisation, in one currency: what fell due for so many seats, and what of it is not settled yet."""

    other: Organisation
    money: Money
    seats: int
    open: Money

    @property
    def is_settled(self) -> bool:
        return self.open.is_free


@dataclass(frozen=True, slots=True)
class Statement:
    """A month of fees for seats, from either side; sums by whom it is with."""

    organisation: Organisation
    month: date
    rows: list[SeatFeeOwed]
    sums: list["StatementSum"]
    fees: list[SeatFee]
    before: date
    after: date


def payouts(seller: Organisation, *, after: str = "") -> Payouts:
    """A page of the seller's workshops, the latest first; ``after`` is the public id of the page before's final one."""
    workshops = Workshop.objects.filter(provider=seller).exclude(state=Workshop.State.DRAFT).latest_first()
    if last := Workshop.objects.filter(provider=seller, public_id=after).first():
        workshops = workshops.filter(Q(starts_on__lt=last.starts_on) | Q(starts_on=last.starts_on, pk__lt=last.pk))
    found = list(workshops.select_related("course").with_seats_filled()[: PAGE + 1])
    shown = found[:PAGE]
    sums = _sums([workshop.pk for workshop in shown])
    rows = [_payout(workshop, sums[workshop.pk]) for workshop in shown]
    return Payouts(seller, rows, shown[-1].public_id if len(found) > PAGE else "")


def statement(organisation: Organisation, month: date) -> Statement:
    first = month.replace(day=1)
    final = add_months(first, 1)
    owed = SeatFeeOwed.objects.between(organisation, first, final - timedelta(days=1))
    rows = list(owed.select_related("seat__workshop__course", "provider", "body"))
    sums: dict[tuple[Organisation, str], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for row in rows:
        other = row.provider if row.body_id == organisation.pk else row.body
        minor, seats, left = sums[other, row.currency]
        sums[other, row.currency] = (minor + row.minor, seats + 1, left + (0 if row.settlement_id else row.minor))
    reach = Q(body=organisation) | Q(provider=organisation)
    fees = SeatFee.objects.filter(reach).select_related("provider", "course", "body").order_by("-from_on", "-pk")
    with_whom = [
        StatementSum(other, Money(minor, currency), seats, Money(left, currency))
        for (other, currency), (minor, seats, left) in sums.items()
    ]
    return Statement(organisation, first, rows, with_whom, list(fees), add_months(first, -1), final)


def statement_table(found: Statement) -> list[list[str]]:
    """For a spreadsheet; whoever writes it makes the cells safe."""
    head = ["day", "workshop", "seat", "provider", "body", "amount", "currency", "settled"]
    rows = [
        [
            row.owed_on.isoformat(),
            str(row.seat.workshop.course.title),
            row.seat.public_id,
            row.provider.name,
            row.body.name,
            str(row.amount).replace(f"{row.currency}\u00a0", "").replace("\u2009", ""),
            row.currency,
            "yes" if row.settlement_id else "no",
        ]
        for row in found.rows
    ]
    return [head, *rows]


def _payout(workshop: Workshop, sums: dict[str, int]) -> Payout:
    amounts = {name: Money(sums.get(name, 0), workshop.currency) for name in NAMES}
    return Payout(workshop, workshop.count_filled(), **amounts)


NAMES = ("sold", "discounts", "credited", "tax", "card_fees", "seat_fees", "came")


def _sums(workshops: list[int]) -> dict[int, dict[str, int]]:
    """By workshop, what its orders come to. An order is for the workshop of its seats and places."""
    of_order: dict[int, int] = {}
    for model in (Place, Seat):
        pairs = model._default_manager.filter(workshop__in=workshops, order__isnull=False).order_by("pk")
        of_order |= {order: workshop for order, workshop in pairs.values_list("order", "workshop") if order}
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for order in Order.objects.filter(pk__in=of_order).filter(Q(payment__isnull=False) | Q(way="transfer")):
        sums = found[of_order[order.pk]]
        sums["sold"] += order.amount_minor
        sums["credited"] += order.credited_minor
        sums["tax"] += order.tax_minor - part_of(order.credited_minor, order.tax_minor, order.amount_minor)
        sums["came"] += order.received_minor - order.refunded_minor
    lines = OrderLine.objects.filter(order__in=of_order, minor__lt=0).order_by()
    for order_id, total in lines.values_list("order").annotate(Sum("minor")):
        found[of_order[order_id]]["discounts"] += total
    fees = Leg.objects.filter(event__order__in=of_order, debit=Account.CARD_FEES).order_by()
    for order_id, total in fees.values_list("event__order").annotate(Sum("minor")):
        found[of_order[order_id]]["card_fees"] += total
    owed = SeatFeeOwed.objects.filter(seat__workshop__in=workshops).values_list("seat__workshop").annotate(Sum("minor"))
    for workshop, total in owed:
        found[workshop]["seat_fees"] = total
    return found
