"""The selling desk: how a workshop's seats are sold, and a provider's coupons with their uses."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal
from laurels.kernel.tables import formula_safe
from laurels.people.models import Organisation
from laurels.workshops import rules
from laurels.workshops.models import Coupon, CouponUse, Extra, Sale, Workshop
from laurels.workshops.queries.booking import sale_of
from laurels.workshops.queries.words import dates_in_words

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class SalePage:
    """``private_link`` is what to send to those who are invited; ``booked`` people keep the terms they booked under."""

    workshop: Workshop
    sale: Sale
    extras: list[Extra]
    dates: str
    booked: int
    private_link: str
    why_not_sell: Refusal | None


@dataclass(frozen=True, slots=True)
class CouponRow:
    coupon: Coupon
    off: str
    uses: int
    state: str


@dataclass(frozen=True, slots=True)
class CouponPage:
    provider: Organisation
    rows: list[CouponRow]
    is_more: bool


def sale_page(workshop: Workshop, *, by: Actor) -> SalePage:
    sale = sale_of(workshop)
    link = settings.PUBLIC_URL + reverse("workshop", args=[workshop.public_id])
    return SalePage(
        workshop=workshop,
        sale=sale,
        extras=list(workshop.extras.filter(withdrawn_at=None).order_by("pk")),
        dates=dates_in_words(workshop),
        booked=workshop.count_filled(),
        private_link=f"{link}?code={sale.invite_code}" if sale.invite_code else "",
        why_not_sell=rules.why_not_sell(workshop, by=by),
    )


def coupon_page(provider: Organisation, *, now: datetime) -> CouponPage:
    """A provider's coupons with their uses, those that are withdrawn apart from the others."""
    found = list(Coupon.objects.of(provider).select_related("workshop__course")[: MOST_SHOWN + 1])
    uses = CouponUse.objects.counting().filter(coupon__in=found).order_by()
    used = dict(uses.values_list("coupon").annotate(Count("pk")))
    today = day_in(provider.zone, now)
    rows = [_row(one, used.get(one.pk, 0), today) for one in found[:MOST_SHOWN]]
    return CouponPage(provider, rows, len(found) > MOST_SHOWN)


def coupon_lines(coupons: list[Coupon]) -> list[list[str]]:
    """Codes for a table, with its title line; no cell is taken for a formula."""
    lines = [["code", "off", "valid until", "note"]]
    for coupon in coupons:
        until = coupon.valid_until.isoformat() if coupon.valid_until else ""
        lines.append([coupon.code, _off(coupon), until, coupon.note])
    return [formula_safe(line) for line in lines]


def _row(coupon: Coupon, uses: int, today: date) -> CouponRow:
    return CouponRow(coupon, _off(coupon), uses, _state(coupon, uses, today))


def _off(coupon: Coupon) -> str:
    if coupon.percent is not None:
        return f"{coupon.percent}\u00a0%"
    return str(Money(coupon.off_minor or 0, coupon.currency))


def _state(coupon: Coupon, uses: int, today: date) -> str:
    """``withdrawn``, ``over``, ``used`` up, or ``open``."""
    if coupon.withdrawn_at:
        return "withdrawn"
    if coupon.valid_until and coupon.is_over(today):
        return "over"
    return "used" if coupon.most_uses is not None and uses >= coupon.most_uses else "open"
