"""The doors to money that goes back by transfer."""

import csv

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.kernel.refusal import Refused
from laurels.kernel.tables import formula_safe
from laurels.payments import actions, queries
from laurels.payments.forms import ReturnAccountForm
from laurels.payments.models import Order, Refund
from laurels.payments.views.desk import seller_of
from laurels.people.doors import Request, see_other, signed_in


@require_safe
@signed_in
def refunds(request: Request, slug: str) -> HttpResponse:
    page = queries.refund_list(seller_of(request, slug), after=request.GET.get("after", ""))
    return render(request, "payments/pages/refunds.html", {"page": page})


@require_safe
@signed_in
def transfers(request: Request, slug: str) -> HttpResponse:
    """What is to be sent and has an account to go to, for the bank."""
    seller = seller_of(request, slug)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{seller.slug}-refunds-{request.now:%Y-%m-%d}.csv"'
    csv.writer(answer).writerows(formula_safe(row) for row in queries.transfers_to_send(seller))
    return answer


@require_POST
@signed_in
def refund_sent(request: Request, slug: str, public_id: str) -> HttpResponse:
    mine = Refund.objects.of_seller(seller_of(request, slug)).filter(receipt__way="transfer")
    refund = get_object_or_404(mine, public_id=public_id)
    actions.note_refund_done(refund, by=request.actor, now=request.now)
    messages.success(request, _("%(amount)s went back.") % {"amount": refund.amount})
    return see_other("refunds", slug)


@require_POST
@signed_in
def return_account(request: Request, public_id: str) -> HttpResponse:
    order = get_object_or_404(Order.objects.visible_to(request.actor).select_related("seller"), public_id=public_id)
    form = ReturnAccountForm(request.POST)
    if form.is_valid():
        try:
            actions.give_return_account(order, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("Thank you. The money goes back to this account."))
            return see_other("order", public_id)
    return render(request, "payments/pages/return_account.html", {"order": order, "form": form}, status=422)
