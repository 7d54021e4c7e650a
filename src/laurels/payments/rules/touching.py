"""When an order must be left as it is, whatever anybody wants to change about what it is for."""

from django.utils.translation import gettext_lazy as _

from laurels.kernel.refusal import Refusal
from laurels.payments.models import Order


def why_not_touch(order: Order) -> Refusal | None:
    """Asked before seats are given back, moved or exchanged for money, and before papers change. One line a reason."""
    if order.is_paying:
        words = _("This order is just being paid by card. Finish paying, or wait until its time has run out.")
        return Refusal("being-paid", words)
    return None
