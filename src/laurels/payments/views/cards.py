"""Paying by card: to the service's page and back, its word, and the seller's account there."""

import logging

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from laurels.kernel.actor import Actor
from laurels.payments import actions, queries
from laurels.payments.models import CardAccount, Order
from laurels.payments.providers import ServiceDown, ServiceRefused
from laurels.payments.providers.stripe_events import MOST_BYTES, Forged, read_event
from laurels.payments.views.orders import local_path
from laurels.people.doors import Request, SeeOther, see_other

logger = logging.getLogger("laurels.cards")
SERVICE = Actor.of_system("card-service")


@require_POST
def card(request: Request, public_id: str) -> HttpResponse:
    """On to the service's page; where there is none just now, back to the order, which says so."""
    order = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    session = actions.open_card_session(
        order, back_to=local_path(request.POST.get("next", "")), by=request.actor, now=request.now
    )
    return SeeOther(session.url) if session.url else see_other("order", public_id)


@never_cache
@require_safe
def back(request: Request, public_id: str) -> HttpResponse:
    """Where the service sends the buyer when it is paid: its word may still be on the way, so we look ourselves."""
    order = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    try:
        order = actions.confirm_card_payment(order, by=SERVICE, now=request.now)
    except (ServiceDown, ServiceRefused) as problem:
        logger.warning("Order %s could not be looked at: %s", order.public_id, problem)
    target = local_path(request.GET.get("next", ""))
    if order.is_paid or order.cancelled_at:
        return see_other(target) if target else see_other("order", public_id)
    return render(request, "payments/pages/order_return.html", {"page": queries.return_page(order, target)})


@require_POST
def transfer(request: Request, public_id: str) -> HttpResponse:
    order = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    actions.pay_by_transfer(order, by=request.actor, now=request.now)
    target = local_path(request.POST.get("next", ""))
    return see_other(target) if target else see_other("order", public_id)


@csrf_exempt
@require_POST
def webhook(request: Request, public_id: str) -> HttpResponse:
    """The service's word. 200 once it is kept; what is not its word leaves nothing but a line in the log."""
    account = get_object_or_404(CardAccount.objects.select_related("seller"), public_id=public_id)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return HttpResponse(status=413)
    signature = request.headers.get("Stripe-Signature", "")
    try:
        told = read_event(request.body, signature, account.webhook_secrets, now=request.now)
    except Forged as forged:
        logger.warning("A forged event for %s: %s", account.public_id, forged)
        return HttpResponse(_("Not signed by the card service."), status=400, content_type="text/plain")
    actions.note_event(account, told, by=SERVICE, now=request.now)
    return HttpResponse("ok\n", content_type="text/plain")
