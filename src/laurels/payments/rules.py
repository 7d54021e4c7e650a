"""Who may place, settle and cancel an order, and when."""

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Order
from laurels.people.models import Organisation, Person


def why_not_place(seller: Organisation, buyer: Person, amount: Money, *, by: Actor) -> Refusal | None:
    if by.person_id != buyer.pk and not by.has("staff", at=seller.pk):
        return Refusal("not-your-order", _("Only the buyer or the seller's staff can place this order."))
    if amount.minor <= 0:
        return Refusal("nothing-to-pay", _("There is nothing to pay, so there is no order to place."))
    return None


def why_not_mark_paid(order: Order, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=order.seller_id):
        return Refusal("not-staff", _("Only the seller's staff can say that an order is paid."))
    if order.cancelled_at:
        return Refusal("order-cancelled", _("This order was cancelled. Send the money back, or book a new seat."))
    return None


def why_not_cancel(order: Order, *, by: Actor) -> Refusal | None:
    if by.person_id != order.buyer_id and not by.has("staff", at=order.seller_id):
        return Refusal("not-your-order", _("Only the buyer or the seller's staff can cancel this order."))
    if order.is_paid:
        return Refusal("order-paid", _("This order is paid already. Ask the seller about a refund."))
    return None
