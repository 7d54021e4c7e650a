"""What a seat costs, as the catalogue and a workshop's page say it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laurels.kernel.money import Money
from laurels.payments.models import Billing
from laurels.payments.queries import billing_of
from laurels.payments.rules import percent_in_words, taxed
from laurels.workshops import rules
from laurels.workshops.models import Sale, Workshop
from laurels.workshops.queries.booking import sale_of


@dataclass(frozen=True, slots=True)
class Asked:
    """``now`` is what one seat costs just now, ``usual`` what it costs without early-bird; ``more`` are sentences."""

    now: Money
    usual: Money
    is_free: bool
    early: str
    more: list[str]
    tax: str


def asked_for(workshop: Workshop, *, held: int = 0, today: date) -> Asked:
    """``held`` of the seats that count as filled are held for whoever asks (an offer of the queue).

    For a workshop loaded with its sale, its provider's billing and its seats filled: no query."""
    sale = sale_of(workshop)
    early = rules.early_price(workshop, sale, sold=workshop.count_filled() - held, today=today)
    usual = workshop.price
    if early and early.minor >= usual.minor:
        early = None
    return Asked(
        now=early or usual,
        usual=usual,
        is_free=usual.is_free and sale.least_minor is None,
        early=_early(workshop, sale) if early else "",
        more=_more(workshop, sale),
        tax=_tax(getattr(workshop.provider, "billing", None)) if usual.minor else "",
    )


def price_of(workshop: Workshop, seats: int, *, bill_to: Mapping[str, str] | None = None, now: datetime) -> Money:
    """What ``seats`` seats cost just now, tax included, as an order for them would say."""
    sale, sold = sale_of(workshop), workshop.count_filled()
    priced = rules.price(workshop, sale, seats, sold=sold, today=workshop.day_of(now))
    return Money(taxed(priced.total.minor, billing_of(workshop.provider), bill_to or {}).gross, workshop.currency)


def _early(workshop: Workshop, sale: Sale) -> str:
    """``early-bird until 20 March 2026, 3 seats left``."""
    words = [_("early-bird")]
    if sale.early_until:
        words.append(_("until %(day)s") % {"day": date_format(sale.early_until, "j F Y")})
    if sale.early_seats is not None:
        left = max(0, sale.early_seats - workshop.count_filled())
        words.append(ngettext("one seat left at this price", "%(n)d seats left at this price", left) % {"n": left})
    return words[0] + " " + ", ".join(words[1:])


def _more(workshop: Workshop, sale: Sale) -> list[str]:
    lines = []
    if sale.least_minor is not None:
        words = _("You choose what you give: from %(least)s.")
        lines.append(words % {"least": Money(sale.least_minor, workshop.currency)})
    if sale.group_from and sale.group_minor is not None:
        words = _("From %(n)d seats: %(price)s each.")
        lines.append(words % {"n": sale.group_from, "price": Money(sale.group_minor, workshop.currency)})
    return lines


def _tax(billing: Billing | None) -> str:
    if billing is None or not billing.tax_basis_points:
        return ""
    words = _("incl. %(percent)s %(tax)s") if billing.is_tax_included else _("plus %(percent)s %(tax)s")
    return words % {"percent": percent_in_words(billing.tax_basis_points), "tax": billing.tax_name}
