"""What seats cost, now and for these people: early-bird, groups, sliding scale, extras and coupons. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.kernel.money import Money, part_of
from laurels.kernel.refusal import Refusal
from laurels.payments.rules import Line
from laurels.workshops.models import Coupon, Extra, Sale, Workshop


@dataclass(frozen=True, slots=True)
class Priced:
    """Lines for the buyer in prices as shown, their sum, and what each seat weighs in it (extras included)."""

    lines: tuple[Line, ...]
    total: Money
    weights: tuple[int, ...]
    coupon_minor: int = 0


def price(
    workshop: Workshop,
    sale: Sale,
    seats: int,
    *,
    sold: int,
    extras: Sequence[Extra] = (),
    chosen_minor: int | None = None,
    coupon: Coupon | None = None,
    today: date,
) -> Priced:
    """The price of ``seats`` seats when ``sold`` are taken already. Each seat gets the best price it may have; a
    coupon takes off from seats, never from extras. ``chosen_minor`` is what somebody gives on a sliding scale.
    """
    kinds = _kinds(workshop, sale, seats, sold=sold, chosen_minor=chosen_minor, today=today)
    each = [minor for minor, _words in kinds]
    lines = _seat_lines(workshop, kinds)
    lines += [Line(extra.title, extra.price_minor * seats, seats) for extra in extras]
    off = [_off(coupon, minor) for minor in each]
    if coupon and sum(off):
        lines.append(Line(_("Coupon %(code)s") % {"code": coupon.code}, -sum(off)))
    with_extras = sum(extra.price_minor for extra in extras)
    weights = tuple(minor - less + with_extras for minor, less in zip(each, off, strict=True))
    return Priced(tuple(lines), Money(sum(weights), workshop.currency), weights, sum(off))


def early_price(workshop: Workshop, sale: Sale, *, sold: int, today: date) -> Money | None:
    """The early-bird price while it lasts: until its day, and for so many seats."""
    if sale.early_minor is None or _early_left(sale, sold, today) == 0:
        return None
    return Money(sale.early_minor, workshop.currency)


def why_not_coupon(coupon: Coupon | None, workshop: Workshop, *, uses: int, today: date) -> Refusal | None:
    """``coupon`` is what was found under the typed code, ``uses`` how many orders it stands in."""
    if coupon is None or coupon.withdrawn_at or coupon.provider_id != workshop.provider_id:
        return Refusal("no-coupon", gettext_lazy("This code is not known. Check it, or leave it empty."), "coupon")
    if coupon.workshop_id and coupon.workshop_id != workshop.pk:
        return Refusal("other-workshop", gettext_lazy("This code is for another workshop. Leave it empty."), "coupon")
    if coupon.off_minor and coupon.currency != workshop.currency:
        return Refusal("other-currency", gettext_lazy("This code is for another currency. Leave it empty."), "coupon")
    if coupon.is_over(today):
        return Refusal(
            "coupon-over", gettext_lazy("This code was valid until an earlier day. Leave it empty."), "coupon"
        )
    if coupon.is_used_up(uses):
        return Refusal("coupon-used", gettext_lazy("This code has been used already. Leave it empty."), "coupon")
    return None


def _kinds(
    workshop: Workshop, sale: Sale, seats: int, *, sold: int, chosen_minor: int | None, today: date
) -> list[tuple[int, str]]:
    """The price of each seat, and the words for why it is that one."""
    if sale.least_minor is not None:
        minor = workshop.price_minor if chosen_minor is None else chosen_minor
        return [(minor, _("your price"))] * seats
    usual = (workshop.price_minor, "")
    if sale.group_from and sale.group_minor is not None and seats >= sale.group_from:
        usual = min(usual, (sale.group_minor, _("group price")), key=lambda kind: kind[0])
    early_left = _early_left(sale, sold, today)
    early = (sale.early_minor, _("early-bird")) if sale.early_minor is not None else usual
    return [min(usual, early, key=lambda kind: kind[0]) if nth < early_left else usual for nth in range(seats)]


def _early_left(sale: Sale, sold: int, today: date) -> int:
    if sale.early_minor is None or (sale.early_until and today > sale.early_until):
        return 0
    return max(0, sale.early_seats - sold) if sale.early_seats is not None else 1_000_000


def _seat_lines(workshop: Workshop, kinds: Sequence[tuple[int, str]]) -> list[Line]:
    words = _("Seat in %(course)s, %(day)s")
    seat = words % {"course": workshop.course.title, "day": date_format(workshop.starts_on, "j F Y")}
    lines = []
    for kind in dict.fromkeys(kinds):
        quantity = kinds.count(kind)
        lines.append(Line(f"{seat} ({kind[1]})" if kind[1] else seat, kind[0] * quantity, quantity))
    return lines


def _off(coupon: Coupon | None, minor: int) -> int:
    if coupon is None:
        return 0
    return part_of(minor, coupon.percent, 100) if coupon.percent else min(minor, coupon.off_minor or 0)
