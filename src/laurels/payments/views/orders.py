"""The doors to orders: the seller's list, the buyer's page, and the note that money has come."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.payments import actions, queries
from laurels.payments.forms import OrderFilterForm, PaymentForm, ReturnAccountForm
from laurels.payments.models import Order
from laurels.people.doors import Request, SeeOther, see_other, signed_in
from laurels.people.models import Organisation


@require_safe
@signed_in
def order_list(request: Request, slug: str) -> HttpResponse:
    seller = get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)
    form = OrderFilterForm(request.GET)
    page = queries.order_list(seller, form.wanted(), after=request.GET.get("after", ""), now=request.now)
    return render(request, "payments/pages/order_list.html", {"page": page, "form": form})


@require_safe
@signed_in
def order(request: Request, public_id: str) -> HttpResponse:
    visible = Order.objects.visible_to(request.actor).select_related("seller", "buyer", "payment")
    found = get_object_or_404(visible, public_id=public_id)
    page = queries.order_page(found, by=request.actor, now=request.now)
    context = {"page": page, "papers": queries.papers_of(found), "form": PaymentForm()}
    context |= {"return_account": queries.return_account(found), "account_form": ReturnAccountForm()}
    return render(request, "payments/pages/order.html", context)


@require_POST
@signed_in
def payment(request: Request, public_id: str) -> HttpResponse:
    found = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    form = PaymentForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    actions.mark_paid(found, note=note, by=request.actor, now=request.now)
    messages.success(request, _("Order %(reference)s is paid.") % {"reference": found.reference})
    return _back(request, otherwise=public_id)


def _back(request: Request, *, otherwise: str) -> SeeOther:
    """To the page of ours that sent the form, named in ``next``, else to the order."""
    target = request.POST.get("next", "")
    if target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        return see_other(target)
    return see_other("order", otherwise)
