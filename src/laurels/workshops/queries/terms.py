"""What the terms under which a seat was bought say today: what goes back, and what another date costs.

A place that has no name yet is asked about like a seat.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Order
from laurels.payments.queries import billing_of
from laurels.payments.rules import Line, taxed
from laurels.workshops import rules
from laurels.workshops.models import Place, Sale, Seat, Surcharge, Workshop
from laurels.workshops.rules import MoveQuote, RefundQuote, Terms


@dataclass(frozen=True, slots=True)
class Stake:
    """A part of an order that a seat stands for."""

    order: Order
    minor: int
    surcharge: Surcharge | None = None


def stakes(seat: Seat | Place, *, with_fees: bool = False) -> list[Stake]:
    """The seat's parts of orders, the newest first: what goes back is taken from them in this order.

    Fees for moving are part of them only ``with_fees``.
    """
    later = seat.surcharges.select_related("order").order_by("-pk")
    found = [
        Stake(one.order, _left(one.order) if with_fees else min(one.worth_minor, _left(one.order)), one)
        for one in later
    ]
    return [*found, Stake(seat.order, min(seat.worth_minor, _left(seat.order)))] if seat.order else found


def taken(held: Sequence[Stake], minor: int) -> list[tuple[Stake, int]]:
    """``minor`` taken from the stakes in their order, as far as they go."""
    parts = []
    for stake in held:
        part = min(minor, stake.minor)
        parts.append((stake, part))
        minor -= part
    return parts


def worth_of(seat: Seat | Place, workshop: Workshop) -> Money:
    """What was asked for the seat and is not credited yet, with tax."""
    return Money(sum(stake.minor for stake in stakes(seat)), _currency(seat, workshop))


def terms_for(seat: Seat | Place, workshop: Workshop) -> Terms:
    """The terms in force when it was ordered; for a seat without an order, those of the workshop today."""
    orders = [stake.order for stake in stakes(seat)]
    return rules.terms_of(orders[-1].terms) if orders else terms_of_workshop(workshop)


def terms_of_workshop(workshop: Workshop) -> Terms:
    """The terms whoever books today books under."""
    sale = Sale.objects.filter(workshop=workshop).first()
    return rules.terms_of(sale.terms if sale else {})


def refund_quote(seat: Seat | Place, workshop: Workshop, *, now: datetime) -> RefundQuote:
    """What goes back when the seat is given back now, under the terms in force when it was ordered."""
    return terms_for(seat, workshop).refund(worth_of(seat, workshop), workshop.starts_on, workshop.day_of(now))


def move_quote(seat: Seat | Place, workshop: Workshop, target: Workshop, *, now: datetime) -> MoveQuote | Refusal:
    """What it costs to be there at ``target`` instead: the difference of the two prices and the fee of the terms.

    It is the usual prices that are compared, so whoever booked early or with a coupon keeps that advantage.
    """
    if refusal := rules.why_not_other_date(workshop, target):
        return refusal
    worth = worth_of(seat, workshop)
    fee = terms_for(seat, workshop).move(workshop.currency, workshop.starts_on, workshop.day_of(now))
    if isinstance(fee, Refusal):
        return fee
    fee = fee if worth.minor else Money(0, workshop.currency)
    lines = _move_lines(target, target.price_minor - workshop.price_minor, fee)
    return _quoted(seat, workshop, worth, fee, lines)


def cheaper_by(workshop: Workshop, target: Workshop, order: Order | None, worth: int) -> int:
    """How much of ``worth`` another date saves, with tax; nothing where it is dearer."""
    shown = max(0, workshop.price_minor - target.price_minor)
    return min(_with_tax(order, workshop, shown), worth)


def _quoted(seat: Seat | Place, workshop: Workshop, worth: Money, fee: Money, lines: tuple[Line, ...]) -> MoveQuote:
    currency, shown = workshop.currency, sum(line.minor for line in lines)
    difference = _with_tax(seat.order, workshop, shown - fee.minor)
    less = min(max(0, -difference), worth.minor)
    with_fee = _with_tax(seat.order, workshop, fee.minor)
    due = _with_tax(seat.order, workshop, max(0, shown))
    back = 0 if due else max(0, min(_with_tax(seat.order, workshop, -shown), less - with_fee))
    more = max(0, due - with_fee) if difference > 0 else 0
    return MoveQuote(
        difference=Money(difference, currency),
        fee=Money(with_fee, currency),
        due=Money(due, currency),
        back=Money(back, currency),
        worth=Money(worth.minor - less + more, currency),
        lines=lines,
    )


def _move_lines(target: Workshop, difference: int, fee: Money) -> tuple[Line, ...]:
    words = _("Another date, %(day)s: difference of the prices") % {"day": date_format(target.starts_on, "j F Y")}
    lines = [Line(words, difference)] if difference else []
    return (*lines, Line(_("Fee for another date"), fee.minor)) if fee.minor else tuple(lines)


def _with_tax(order: Order | None, workshop: Workshop, shown: int) -> int:
    return taxed(shown, billing_of(workshop.provider), order.bill_to if order else {}).gross


def _left(order: Order) -> int:
    return order.amount_minor - order.credited_minor


def _currency(seat: Seat | Place, workshop: Workshop) -> str:
    return seat.order.currency if seat.order else workshop.currency
