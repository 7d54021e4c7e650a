"""Tax on what is sold: inside the price or on top of it, and when the buyer accounts for it instead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.kernel.money import part_of
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Billing

# The European Union's VAT area: the member states, by the prefix of their VAT ids (Greece writes EL).
UNION = {
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU"),
    *("LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
}
# The structure of each member state's VAT id after its prefix, as the Commission publishes it for VIES.
VAT_IDS = {
    "AT": r"U\d{8}", "BE": r"[01]\d{9}", "BG": r"\d{9,10}", "CY": r"\d{8}[A-Z]", "CZ": r"\d{8,10}", "DE": r"\d{9}",
    "DK": r"\d{8}", "EE": r"\d{9}", "EL": r"\d{9}", "ES": r"[A-Z0-9]\d{7}[A-Z0-9]", "FI": r"\d{8}",
    "FR": r"[A-HJ-NP-Z0-9]{2}\d{9}", "HR": r"\d{11}", "HU": r"\d{8}", "IE": r"\d[A-Z0-9+*]\d{5}[A-Z]{1,2}",
    "IT": r"\d{11}", "LT": r"(\d{9}|\d{12})", "LU": r"\d{8}", "LV": r"\d{11}", "MT": r"\d{8}",
    "NL": r"[A-Z0-9+*]{12}", "PL": r"\d{10}", "PT": r"\d{9}", "RO": r"\d{2,10}", "SE": r"\d{12}", "SI": r"\d{8}",
    "SK": r"\d{10}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Taxed:
    """``gross`` is what the buyer pays, ``tax`` the part of it that is handed on; ``words`` stand on the invoice."""

    gross: int
    tax: int
    words: str


def taxed(shown: int, billing: Billing, bill_to: Mapping[str, str]) -> Taxed:
    """What is paid for prices as shown that add up to ``shown`` minor units, and how much of that is tax.

    Under the reverse charge the net price is paid, whether or not prices are shown with tax (Directive 2006/112/EC,
    articles 44 and 196).
    """
    points = billing.tax_basis_points
    if not points:
        return Taxed(shown, 0, "")
    inside = part_of(shown, points, 10_000 + points) if billing.is_tax_included else 0
    if is_reverse_charge(billing, bill_to):
        return Taxed(
            shown - inside, 0, _("Reverse charge: the recipient accounts for %(tax)s") % {"tax": billing.tax_name}
        )
    tax = inside if billing.is_tax_included else part_of(shown, points, 10_000)
    gross = shown if billing.is_tax_included else shown + tax
    return Taxed(gross, tax, f"{percent_in_words(points)} {billing.tax_name}")


def is_reverse_charge(billing: Billing, bill_to: Mapping[str, str]) -> bool:
    """A business of another member state, known by its VAT id, accounts for the tax itself."""
    country, tax_id = bill_to.get("country", ""), bill_to.get("tax_id", "")
    is_abroad = country in UNION and billing.country in UNION and country != billing.country
    return billing.has_reverse_charge and is_abroad and bool(tax_id) and why_not_tax_id(tax_id, country) is None


def why_not_tax_id(tax_id: str, country: str) -> Refusal | None:
    """Whether it has the form of a VAT id of ``country``; ids of countries outside the union are taken as they are."""
    if not tax_id or country not in UNION:
        return None
    prefix = "EL" if country == "GR" else country
    if re.fullmatch(f"{prefix}{VAT_IDS[prefix]}", plain_tax_id(tax_id)):
        return None
    words = gettext_lazy(
        "“%(id)s” is not a VAT id of this country. It begins with %(prefix)s; leave it empty if you have none."
    )
    return Refusal("bad-tax-id", words % {"id": tax_id, "prefix": prefix}, "tax_id")


def plain_tax_id(tax_id: str) -> str:
    """Without the blanks, dots and dashes that people write."""
    return re.sub(r"[\s.\-/]", "", tax_id).upper()


def percent_in_words(points: int) -> str:
    """``19 %`` for 1,900 basis points, ``8.1 %`` for 810."""
    whole, part = divmod(points, 100)
    return f"{whole}{f'.{part:02d}'.rstrip('0') if part else ''}\u00a0%"
