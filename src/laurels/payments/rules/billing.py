"""How a seller may bill, and what a buyer may ask to stand on a paper."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Billing, Order
from laurels.payments.rules.tax import is_reverse_charge, why_not_tax_id
from laurels.payments.rules.touching import why_not_touch
from laurels.people.models import Organisation

BILL_TO = ("name", "company", "address", "country", "tax_id", "purchase_number", "email")
LONGEST = {"name": 200, "company": 160, "address": 600, "country": 2, "tax_id": 40, "purchase_number": 60, "email": 254}


def why_not_bill(seller: Organisation, billing: Billing | None = None, *, by: Actor) -> Refusal | None:
    """Without ``billing`` this is about the form, with the new values about the deed."""
    if not by.has("staff", at=seller.pk):
        return Refusal("not-staff", _("Only the seller's staff can change how it bills."))
    if billing is None:
        return None
    if billing.tax_basis_points > 10_000:
        return Refusal("tax-too-high", _("A tax is at most 100 %."), "tax_percent")
    if billing.has_reverse_charge and not billing.tax_id:
        return Refusal("no-tax-id", _("For the reverse charge your own VAT id must stand on the invoice."), "tax_id")
    return why_not_tax_id(billing.tax_id, billing.country)


def why_not_bill_to(bill_to: Mapping[str, str]) -> Refusal | None:
    for name, most in LONGEST.items():
        if len(bill_to.get(name, "")) > most:
            return Refusal("too-long", _("This is too long. Please shorten it."), name)
    if bill_to.get("tax_id") and not bill_to.get("country"):
        return Refusal("no-country", _("Say which country the VAT id belongs to."), "country")
    return why_not_tax_id(bill_to.get("tax_id", ""), bill_to.get("country", ""))


def why_not_change_bill_to(order: Order, billing: Billing, bill_to: Mapping[str, str], *, by: Actor) -> Refusal | None:
    """Once a paper exists, what it says about tax stays; other data may change in a new version of it."""
    if not order.is_bought_by(by) and not by.has("staff", at=order.seller_id):
        return Refusal("not-your-order", _("Only the buyer or the seller's staff can change who the invoice is for."))
    if refusal := why_not_touch(order, by=by) or why_not_bill_to(bill_to):
        return refusal
    if is_reverse_charge(billing, bill_to) != is_reverse_charge(billing, order.bill_to):
        words = _("With this country and VAT id another tax would apply. Ask the seller for a new order.")
        return Refusal("other-tax", words, "tax_id")
    return None
