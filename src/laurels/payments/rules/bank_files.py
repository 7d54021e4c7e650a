"""Who may bring a bank's list, and decide about money that nobody owed."""

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Order, Receipt
from laurels.payments.rules.bank import why_not_iban
from laurels.people.models import Organisation


def why_not_read_bank(seller: Organisation, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=seller.pk):
        return Refusal("not-staff", _("Only the seller's staff can bring a bank's list."))
    return None


def why_not_assign(receipt: Receipt, order: Order, *, by: Actor) -> Refusal | None:
    """Only money of which nothing is settled yet can turn out to be for another order."""
    if not by.has("staff", at=receipt.seller_id) or order.seller_id != receipt.seller_id:
        return Refusal("not-staff", _("Only the seller's staff can say what money was for."))
    if receipt.surplus_minor != receipt.amount_minor:
        words = _("A part of this money has settled another order. Send the rest back; the buyer can pay again.")
        return Refusal("partly-used", words)
    if receipt.refunds.exists():
        return Refusal("on-its-way-back", _("This money is on its way back already."))
    if order.currency != receipt.currency or order.cancelled_at or not order.owed.minor:
        return Refusal("nothing-owed", _("This order owes nothing in this currency. Choose another one."), "order")
    return None


def why_not_give_account(order: Order, holder: str, iban: str, *, by: Actor) -> Refusal | None:
    if by.person_id != order.buyer_id and not by.has("staff", at=order.seller_id):
        return Refusal("not-your-order", _("Only the buyer or the seller's staff can say where money goes back to."))
    if not holder.strip():
        return Refusal("no-holder", _("Say in whose name the account is."), "holder")
    if not iban.strip():
        return Refusal("no-iban", _("Say which account the money goes to."), "iban")
    return why_not_iban(iban)
