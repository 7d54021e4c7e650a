"""Who may place, settle, credit and cancel an order, and when."""

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Order, Refund
from laurels.payments.models.orders import Way
from laurels.people.models import Organisation, Person


def why_not_place(
    seller: Organisation, buyer: Person, amount: Money, *, way: str = Way.TRANSFER, by: Actor
) -> Refusal | None:
    """Whoever has not signed in may pay by card for the address they typed: paying is what binds them."""
    if amount.minor <= 0:
        return Refusal("nothing-to-pay", _("There is nothing to pay, so there is no order to place."))
    is_stranger_with_card = by.is_anonymous and way == Way.CARD
    if by.person_id != buyer.pk and not by.has("staff", at=seller.pk) and not is_stranger_with_card:
        return Refusal("not-your-order", _("Only the buyer or the seller's staff can place this order."))
    return None


def why_not_mark_paid(order: Order, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=order.seller_id):
        return Refusal("not-staff", _("Only the seller's staff can say that an order is paid."))
    if order.cancelled_at:
        return Refusal("order-cancelled", _("This order was cancelled. Send the money back, or book a new seat."))
    return None


def why_not_cancel(order: Order, *, by: Actor) -> Refusal | None:
    if not order.is_bought_by(by) and not by.has("staff", at=order.seller_id):
        return Refusal("not-your-order", _("Only the buyer or the seller's staff can cancel this order."))
    if order.is_paid:
        return Refusal("order-paid", _("This order is paid already. Ask the seller about a refund."))
    return None


def why_not_change_way(order: Order, way: str, *, is_offered: bool, by: Actor) -> Refusal | None:
    if not order.is_bought_by(by) and not by.has("staff", at=order.seller_id):
        return Refusal("not-your-order", _("Only the buyer or the seller's staff can change how this order is paid."))
    if by.is_anonymous and way == Way.TRANSFER:
        words = _("To pay by invoice, sign in with the address you gave: then we know that it is yours.")
        return Refusal("address-not-proven", words)
    if order.is_paid or order.cancelled_at:
        return Refusal("order-settled", _("This order is settled already."))
    if not is_offered:
        return Refusal("way-not-offered", _("The seller does not offer this way of paying. Choose the other one."))
    return None


def why_not_credit(order: Order, minor: int) -> Refusal | None:
    if minor <= 0:
        return Refusal("nothing-to-credit", _("There is nothing to give back."))
    if minor > order.amount_minor - order.credited_minor:
        return Refusal("more-than-ordered", _("That is more than is left of this order."))
    return None


def why_not_settle_refund(refund: Refund, target: str, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=refund.seller_id):
        return Refusal("not-staff", _("Only the seller's staff can say that a refund was sent."))
    if target not in Refund.MOVES[Refund.State(refund.state)]:
        return Refusal("refund-settled", _("This refund is settled already."))
    return None
