"""Paying by card: to the service's page and back, its word, and the seller's account there."""

import logging

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.payments import actions, queries
from laurels.payments.forms import CardAccountForm, WebhookSecretForm
from laurels.payments.models import CardAccount, Order, Refund
from laurels.payments.providers import ServiceDown, ServiceRefused
from laurels.payments.providers.stripe_events import MOST_BYTES, Forged, read_event
from laurels.payments.views.orders import local_path
from laurels.people.doors import Request, SeeOther, see_other, signed_in
from laurels.people.models import Organisation

logger = logging.getLogger("laurels.cards")
SERVICE = Actor.of_system("card-service")


@require_POST
def card(request: Request, public_id: str) -> HttpResponse:
    """On to the service's page; where there is none just now, back to the order, which says so."""
    order = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    back_to = local_path(request.POST.get("next", "") or request.GET.get("next", ""))
    session = actions.open_card_session(order, back_to=back_to, by=request.actor, now=request.now)
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
    context = {"order": order, "order_path": reverse("order", args=[public_id])}
    context["guest_link"] = queries.link_of(order, target) if request.actor.is_anonymous else ""
    return render(request, "payments/pages/order_return.html", context)


@require_POST
def letting_go(request: Request, public_id: str) -> HttpResponse:
    """The buyer does not want what is held for them."""
    order = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    order = actions.let_go(order, by=request.actor, now=request.now)
    if order.is_paying:
        words = _("The card service does not answer just now. What is held for you is free again by itself soon.")
        messages.warning(request, words)
    target = local_path(request.POST.get("next", ""))
    return see_other(target) if target else see_other("order", public_id)


@require_POST
def transfer(request: Request, public_id: str) -> HttpResponse:
    order = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    actions.pay_by_transfer(order, by=request.actor, now=request.now)
    target = local_path(request.POST.get("next", ""))
    return see_other(target) if target else see_other("order", public_id)


@require_POST
@signed_in
def refund_sending(request: Request, public_id: str) -> HttpResponse:
    """Staff have a refund that failed sent once more."""
    ours = Refund.objects.filter(seller_id__in=request.actor.organisations("staff"))
    refund = get_object_or_404(ours.select_related("order", "seller"), public_id=public_id)
    actions.ask_refund_again(refund, by=request.actor, now=request.now)
    messages.success(request, _("%(amount)s is sent again.") % {"amount": refund.amount})
    target = local_path(request.POST.get("next", ""))
    return see_other(target) if target else see_other("card-account", refund.seller.slug)


@csrf_exempt
@require_POST
def webhook(request: Request, public_id: str) -> HttpResponse:
    """The service's word. 200 once it is kept; what is not its word leaves nothing but a line in the log."""
    account = get_object_or_404(CardAccount.objects.select_related("seller"), public_id=public_id)
    if len(request.body) > MOST_BYTES:
        return HttpResponse(status=413)
    signature = request.headers.get("Stripe-Signature", "")
    try:
        told = read_event(request.body, signature, account.webhook_secrets, now=request.now)
    except Forged as forged:
        logger.warning("A forged event for %s: %s", account.public_id, forged)
        return HttpResponse(_("Not signed by the card service."), status=400, content_type="text/plain")
    actions.note_event(account, told, by=SERVICE, now=request.now)
    return HttpResponse("ok\n", content_type="text/plain")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def card_account(request: Request, slug: str) -> HttpResponse:
    """The seller's account at the card service: keys in, tried at once, and never shown again."""
    seller = get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)
    form = CardAccountForm(request.POST or None)
    if form.is_valid():
        try:
            actions.connect_card_account(
                seller, **form.cleaned_data, api_base=settings.CARD_SERVICE, by=request.actor, now=request.now
            )
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("The card service knows this key. Buyers can pay by card now."))
            return see_other("card-account", slug)
    page = queries.card_account_page(seller)
    context = {"page": page, "form": form, "secret_form": WebhookSecretForm()}
    return render(request, "payments/pages/card_account.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
def webhook_secret(request: Request, slug: str) -> HttpResponse:
    seller = get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)
    account = get_object_or_404(CardAccount.objects.of_seller(seller))
    form = WebhookSecretForm(request.POST)
    if form.is_valid():
        actions.roll_webhook_secret(account, form.cleaned_data["secret"], by=request.actor, now=request.now)
        messages.success(request, _("Events signed with this secret are believed now, and with the one before."))
        return see_other("card-account", slug)
    context = {"page": queries.card_account_page(seller), "form": CardAccountForm(), "secret_form": form}
    return render(request, "payments/pages/card_account.html", context, status=422)


@require_POST
@signed_in
def card_activity(request: Request, slug: str) -> HttpResponse:
    """Offer cards (``is_active=1``), or not any more."""
    seller = get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)
    account = get_object_or_404(CardAccount.objects.of_seller(seller))
    is_active = request.POST.get("is_active") == "1"
    actions.set_card_active(account, is_active=is_active, by=request.actor, now=request.now)
    messages.success(request, _("Cards are offered.") if is_active else _("Cards are not offered any more."))
    return see_other("card-account", slug)
