"""What buyers are told of money that came and could not be kept."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.kernel.actor import Actor
from laurels.mail import actions as mail
from laurels.mail import rules as letters
from laurels.mail.models import Letter
from laurels.payments.models import Refund

WHY = {
    "cancelled": gettext_lazy("the time for paying was over and the order had been given up"),
    "too-much": gettext_lazy("it was paid already"),
    "other-currency": gettext_lazy("it came in another currency than the order's"),
}


@transaction.atomic
def tell_of_money_back(refund: Refund, why: str = "", *, by: Actor, now: datetime) -> Letter | None:
    """Tell the buyer that money goes back, and why. None where nobody is known who could be told."""
    order = refund.order
    email = (order.bill_to.get("email") or order.buyer.email) if order else ""
    if order is None or not email:
        return None
    seller = order.seller
    values = {
        "amount": str(refund.amount),
        "paid": str(refund.receipt.amount),
        "description": order.description,
        "name": order.buyer.name or _("and thank you"),
        "why": why or str(WHY.get(refund.reason, refund.reason)),
        "link": f"{settings.PUBLIC_URL}/orders/{order.public_id}",
        "seller": seller.name,
        "contact": f" ({seller.email})" if seller.email else "",
    }
    return mail.write(
        "money-back",
        letters.builtin("money-back", order.buyer.language),
        to=email,
        values=values,
        person=order.buyer,
        sender_name=seller.name,
        topic=order.topic,
        by=by,
        now=now,
    )
