"""What the terms under which a seat was bought give back today."""

from datetime import datetime

from laurels.kernel.money import Money
from laurels.workshops import rules
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.rules import RefundQuote


def refund_quote(seat: Seat, workshop: Workshop, *, now: datetime) -> RefundQuote:
    """What goes back when the seat is given back now, under the terms in force when it was ordered."""
    worth = Money(seat.worth_minor, seat.order.currency if seat.order else workshop.currency)
    terms = rules.terms_of(seat.order.terms if seat.order else {})
    return terms.refund(worth, workshop.starts_on, workshop.day_of(now))
