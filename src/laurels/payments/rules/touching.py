"""When an order must be left as it is, whatever anybody wants to change about what it is for."""

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Order
from laurels.payments.rules.cards import why_frozen


def why_not_touch(order: Order, *, by: Actor) -> Refusal | None:
    """Asked before seats are given back, moved, named or given to others, with money or without. One line a reason."""
    if order.is_paying:
        words = _("This order is just being paid by card. Finish paying, or wait until its time has run out.")
        return Refusal("being-paid", words)
    # Who sits on a disputed seat is what the bank is asked about: nobody is exchanged meanwhile, and nobody loses it.
    frozen = why_frozen(order, is_disputed=order.is_disputed, by=by)
    if frozen and not order.is_bought_by(by):
        words = _("Something about this booking has to be settled first. Please ask whoever booked it for you.")
        return Refusal(frozen.code, words)
    return frozen
