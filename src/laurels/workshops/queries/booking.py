"""The booking page: what is offered, what it costs just now, and under which terms."""

from dataclasses import dataclass
from datetime import date, datetime

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Billing
from laurels.payments.models.orders import Way
from laurels.payments.queries import loaded_billing, ways_of
from laurels.payments.rules import Line, taxed
from laurels.workshops import rules
from laurels.workshops.models import Coupon, Extra, Sale, Workshop
from laurels.workshops.queries.words import dates_in_words, midday, zone_in_words
from laurels.workshops.rules import Basket


@dataclass(frozen=True, slots=True)
class BookingPage:
    """``own_seat`` is the public id of the reader's, who may still book for others."""

    workshop: Workshop
    sale: Sale
    billing: Billing
    dates: str
    zone: str
    place: str
    today: date
    sold: int
    extras: list[Extra]
    ways: list[Way]
    terms: list[str]
    own_seat: str
    why_not_book: Refusal | None

    @property
    def is_free(self) -> bool:
        """Whether nothing can be paid here, whatever is chosen."""
        return not self.workshop.price_minor and self.sale.least_minor is None and not self.extras

    @property
    def least(self) -> Money | None:
        """The lowest amount of a sliding scale."""
        return None if self.sale.least_minor is None else Money(self.sale.least_minor, self.workshop.currency)


@dataclass(frozen=True, slots=True)
class PriceLine:
    words: str
    quantity: int
    amount: Money


@dataclass(frozen=True, slots=True)
class PriceTable:
    """What the buyer reads before the button. ``tax`` is part of ``total``; ``why_not_coupon`` is about its code."""

    lines: list[PriceLine]
    total: Money
    tax: Money
    tax_words: str
    is_tax_included: bool
    why_not_coupon: Refusal | None


def booking_page(workshop: Workshop, *, by: Actor, now: datetime) -> BookingPage:
    """For a workshop loaded ``to_be_booked``."""
    sale, billing = sale_of(workshop), loaded_billing(workshop.provider)
    return BookingPage(
        workshop=workshop,
        sale=sale,
        billing=billing,
        dates=dates_in_words(workshop),
        zone=zone_in_words(workshop, midday(workshop)),
        place=workshop.place if workshop.mode == Workshop.Mode.IN_PERSON else "",
        today=workshop.day_of(now),
        sold=workshop.count_filled(),
        extras=list(workshop.extras.filter(withdrawn_at=None).order_by("pk")) if workshop.has_extras else [],  # type: ignore[attr-defined]
        ways=ways_of(billing, has_card=workshop.takes_card),  # type: ignore[attr-defined]
        terms=rules.terms_of(sale.terms).in_words(workshop.currency),
        own_seat=workshop.own_seat or "",  # type: ignore[attr-defined]
        why_not_book=rules.why_not_book(workshop, by=by, now=now),
    )


def price_table(page: BookingPage, basket: Basket) -> PriceTable:
    """What ``basket`` costs now; a code that does not count is said and left out."""
    coupon, refusal = _coupon(page, basket.coupon)
    priced = rules.price(
        page.workshop,
        page.sale,
        basket.seats,
        sold=page.sold,
        extras=[extra for extra in page.extras if extra.public_id in basket.extras],
        chosen_minor=basket.chosen_minor,
        coupon=coupon,
        today=page.today,
    )
    currency, tax = page.workshop.currency, taxed(priced.total.minor, page.billing, basket.bill_to)
    return PriceTable(
        lines=[_line(line, currency) for line in priced.lines],
        total=Money(tax.gross, currency),
        tax=Money(tax.tax, currency),
        tax_words=tax.words,
        is_tax_included=page.billing.is_tax_included,
        why_not_coupon=refusal,
    )


def sale_of(workshop: Workshop) -> Sale:
    """How its seats are sold; where nothing was said, just at its price."""
    return getattr(workshop, "sale", None) or Sale(workshop=workshop)


def _coupon(page: BookingPage, code: str) -> tuple[Coupon | None, Refusal | None]:
    if not code.strip():
        return None, None
    coupon = Coupon.objects.with_code(page.workshop.provider, code).first()
    uses = coupon.uses.counting().count() if coupon else 0
    refusal = rules.why_not_coupon(coupon, page.workshop, uses=uses, today=page.today)
    return (None, refusal) if refusal else (coupon, None)


def _line(line: Line, currency: str) -> PriceLine:
    return PriceLine(line.words, line.quantity, Money(line.minor, currency))
