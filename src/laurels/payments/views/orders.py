"""The doors to orders: the seller's list, the buyer's page, and the note that money has come."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refused
from laurels.payments import actions, queries
from laurels.payments.forms import BillingForm, BillToForm, OrderFilterForm, PaymentForm, ReturnAccountForm
from laurels.payments.models import Order
from laurels.people.doors import Request, SeeOther, remember_order, see_other, signed_in, signed_in_or_buying
from laurels.people.models import Organisation

LONGEST_PATH = 200


@require_safe
@signed_in
def order_list(request: Request, slug: str) -> HttpResponse:
    seller = get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)
    form = OrderFilterForm(request.GET)
    page = queries.order_list(seller, form.wanted(), after=request.GET.get("after", ""), now=request.now)
    return render(request, "payments/pages/order_list.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def billing(request: Request, slug: str) -> HttpResponse:
    """What stands on the organisation's invoices, its tax and its bank."""
    seller = get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)
    form = BillingForm(request.POST or None, queries.billing_of(seller))
    if form.is_valid():
        try:
            actions.set_billing(seller, **form.values(), by=request.actor, now=request.now)
        except Refused as refused:
            form.say(refused.refusal)
        else:
            messages.success(request, _("Saved. Papers that exist stay as they are."))
            return see_other("billing", slug)
    context = {"seller": seller, "form": form}
    return render(request, "payments/pages/billing.html", context, status=422 if form.is_bound else 200)


@require_safe
@signed_in_or_buying
def order(request: Request, public_id: str) -> HttpResponse:
    visible = Order.objects.visible_to(request.actor).for_page()
    found = get_object_or_404(visible, public_id=public_id)
    page = queries.order_page(found, by=request.actor, now=request.now)
    context = {"page": page, "papers": page.papers, "form": PaymentForm()}
    context["guest_link"] = queries.link_of(found) if request.actor.is_anonymous else ""
    context |= {"return_account": queries.return_account(found, page.refunds), "account_form": ReturnAccountForm()}
    return render(request, "payments/pages/order.html", context)


@never_cache
@require_safe
def link(request: Request, public_id: str, mark: str) -> HttpResponse:
    """Somebody without an account comes back, from a letter or the card service: this browser is the buyer's now."""
    found = queries.order_of_link(public_id, mark, now=request.now)
    if found is None:
        raise Http404
    if not request.person:
        remember_order(request, found.pk)
    target = local_path(request.GET.get("next", ""))
    return see_other(target) if target else see_other("order", public_id)


@require_POST
@signed_in
def payment(request: Request, public_id: str) -> HttpResponse:
    found = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    form = PaymentForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.mark_paid(found, note=note, by=request.actor, now=request.now)
    messages.success(request, _("Order %(reference)s is paid.") % {"reference": found.reference})
    return _back(request, otherwise=public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def order_billing(request: Request, public_id: str) -> HttpResponse:
    """Who the papers are for; an invoice that exists gets a new version."""
    visible = Order.objects.visible_to(request.actor).select_related("seller", "buyer")
    found = get_object_or_404(visible, public_id=public_id)
    form = BillToForm(request.POST or None, initial={"name": str(found.buyer), **found.bill_to})
    if form.is_valid():
        try:
            actions.change_bill_to(found, form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            name = refused.refusal.field
            form.add_error(name if name in form.fields else None, str(refused.refusal))
        else:
            messages.success(request, _("The billing data are changed. The invoice has a new version."))
            return see_other("order", public_id)
    context = {"order": found, "form": form, "latest": queries.latest_invoice(found)}
    return render(request, "payments/pages/order_billing.html", context, status=422 if form.is_bound else 200)


def _back(request: Request, *, otherwise: str) -> SeeOther:
    """To the page of ours that sent the form, named in ``next``, else to the order."""
    target = local_path(request.POST.get("next", ""))
    return see_other(target) if target else see_other("order", otherwise)


def local_path(target: str) -> str:
    """``target`` when it is a path of ours, else nothing."""
    is_ours = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if is_ours and len(target) <= LONGEST_PATH else ""
