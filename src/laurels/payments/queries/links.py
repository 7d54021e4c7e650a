"""The link by which somebody without an account comes back to what they ordered."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.http import urlencode

from laurels.payments.models import Order

SALT = "order-link"
SERVES = timedelta(days=400)


def link_of(order: Order, then: str = "") -> str:
    """The whole address; it opens ``then``, a path of ours, or the order's page."""
    _public_id, mark = Signer(salt=SALT).sign(order.public_id).split(":")
    path = reverse("order-link", args=[order.public_id, mark])
    return settings.PUBLIC_URL + path + (f"?{urlencode({'next': then})}" if then else "")


def address_in_letter(order: Order, then: str) -> str:
    """``then`` as a letter has it: whoever ordered without an account needs none to open it."""
    return link_of(order, then) if is_of_guest(order) else settings.PUBLIC_URL + then


def is_of_guest(order: Order) -> bool:
    """Whether it was placed by a browser that had not signed in."""
    return bool(order.client_digest)


def order_of_link(public_id: str, mark: str, *, now: datetime) -> Order | None:
    try:
        Signer(salt=SALT).unsign(f"{public_id}:{mark}")
    except BadSignature:
        return None
    return Order.objects.filter(public_id=public_id, placed_at__gt=now - SERVES).first()
