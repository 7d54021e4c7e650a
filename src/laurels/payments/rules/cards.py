"""What can be paid by card, and what of the service's word is believed."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.payments.models import CardAccount, CardSession, Order, Refund
from laurels.people.models import Organisation

# A page ends by itself; the service allows no less than 30 minutes. We end those of held orders earlier.
OPEN_FOR = timedelta(minutes=32)
# Another click while the first is being answered is the same click.
SAME_CLICK = timedelta(seconds=30)
UNHEARD_AFTER = timedelta(minutes=2)
# While the service cannot be asked whether an order was paid, what it is for stays held: so long, in such steps.
HELD_LONGER, HELD_STEP = timedelta(minutes=60), timedelta(minutes=5)


def why_not_pay_by_card(order: Order, account: CardAccount | None, *, now: datetime) -> Refusal | None:
    """Whoever may see the order may pay it."""
    if order.is_paid or not order.owed.minor:
        return Refusal("order-paid", _("This order is paid already. There is nothing more to pay."))
    if order.cancelled_at:
        return Refusal("order-cancelled", _("This order was cancelled, so nothing is to be paid. Please book again."))
    if order.held_until and order.held_until <= now:
        return Refusal("hold-over", _("The time for paying is over and the seat is free again. Please book again."))
    if account is None:
        return Refusal("way-not-offered", _("The seller does not take cards just now. Choose the other way of paying."))
    return None


def why_not_believe(session: CardSession | None, account: CardAccount, money: Money) -> str:
    """Why a payment that the service tells of is set aside, for staff; empty when it is what we asked for."""
    if session is None:
        return "a payment that we did not ask for"
    if session.account_id != account.pk:
        return "the order of another account"
    if session.currency != money.currency:
        return f"{money} came, {session.amount} was asked: another currency"
    if session.amount_minor != money.minor:
        return f"{money} came, {session.amount} was asked"
    return ""


def why_not_believe_refund(refund: Refund | None, account: CardAccount, money: Money) -> str:
    if refund is None:
        return "a refund that we did not ask for"
    if refund.seller_id != account.seller_id:
        return "the refund of another account"
    if refund.amount != money:
        return f"{money} went back, {refund.amount} was asked"
    return ""


def why_frozen(order: Order, *, is_disputed: bool, by: Actor) -> Refusal | None:
    """Why buyers cannot change what an order is for. The seller's staff can; money that goes back waits even so."""
    if is_disputed and not by.has("staff", at=order.seller_id):
        words = _("The bank has been asked to take this payment back. Until that is decided, nothing can be changed.")
        return Refusal("disputed", words)
    return None


def why_not_connect(seller: Organisation, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=seller.pk):
        return Refusal("not-staff", _("Only the seller's staff can change how it takes cards."))
    return None


def why_not_ask_again(refund: Refund, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=refund.seller_id):
        return Refusal("not-staff", _("Only the seller's staff can send a refund again."))
    if refund.state != Refund.State.FAILED:
        return Refusal("refund-not-failed", _("This refund has not failed. Wait for the service to answer."))
    return None
