"""The doors to a bank's list: uploaded, looked over, written down or thrown away; and to money nobody owed."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refusal, Refused, require
from laurels.payments import actions, queries, rules
from laurels.payments.forms import BankFileForm, SurplusForm
from laurels.payments.models import BankFile, Order, Receipt
from laurels.payments.views.desk import seller_of
from laurels.people.doors import Request, see_other, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def bank(request: Request, slug: str) -> HttpResponse:
    seller = seller_of(request, slug)
    form = BankFileForm(request.POST, request.FILES) if request.method == "POST" else BankFileForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        # One byte more than is allowed is enough to be refused for its size.
        content = file.read(rules.MOST_BYTES + 1)
        try:
            found = actions.read_bank_file(seller, file.name, content, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error("file", str(refused.refusal))
        else:
            return see_other("bank-file", slug, found.public_id)
    waiting = BankFile.objects.visible_to(request.actor).filter(seller=seller).waiting()[:20]
    context = {"form": form, "seller": seller, "waiting": waiting}
    return render(request, "payments/pages/bank.html", context, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def bank_file(request: Request, slug: str, public_id: str) -> HttpResponse:
    page = queries.bank_page(_file(request, slug, public_id), by=request.actor)
    return render(request, "payments/pages/bank_file.html", {"page": page})


@require_POST
@signed_in
def confirmation(request: Request, slug: str, public_id: str) -> HttpResponse:
    found = _file(request, slug, public_id)
    chosen = dict(_chosen(request, found))
    receipts = actions.confirm_bank_file(found, chosen, by=request.actor, now=request.now)
    words = ngettext("One payment is written down.", "%(n)d payments are written down.", len(receipts))
    messages.success(request, words % {"n": len(receipts)})
    return see_other("money", slug)


@require_POST
@signed_in
def removal(request: Request, slug: str, public_id: str) -> HttpResponse:
    actions.discard_bank_file(_file(request, slug, public_id), by=request.actor)
    messages.success(request, _("The list is thrown away. Nothing was written down."))
    return see_other("bank", slug)


@require_safe
@signed_in
def surplus(request: Request, slug: str) -> HttpResponse:
    page = queries.surplus_list(seller_of(request, slug), after=request.GET.get("after", ""))
    return render(request, "payments/pages/surplus.html", {"page": page, "form": SurplusForm()})


@require_POST
@signed_in
def surplus_order(request: Request, slug: str, receipt_id: int) -> HttpResponse:
    """This money was for an order."""
    receipt = _receipt(request, slug, receipt_id)
    order = queries.orders_to_assign(receipt.seller, request.POST.get("order", ""))
    require(None if order else Refusal("no-order", _("You have no order with this reference."), "order"))
    assert order is not None
    actions.assign_surplus(receipt, order, by=request.actor, now=request.now)
    messages.success(request, _("The money is counted for order %(reference)s.") % {"reference": order.reference})
    return see_other("surplus", slug)


@require_POST
@signed_in
def surplus_return(request: Request, slug: str, receipt_id: int) -> HttpResponse:
    receipt = _receipt(request, slug, receipt_id)
    actions.return_surplus(receipt, _("Nobody owed this"), by=request.actor, now=request.now)
    messages.success(request, _("It stands among the refunds to send now."))
    return see_other("surplus", slug)


def _file(request: Request, slug: str, public_id: str) -> BankFile:
    mine = BankFile.objects.visible_to(request.actor).filter(seller__slug=slug).select_related("seller")
    return get_object_or_404(mine, public_id=public_id)


def _receipt(request: Request, slug: str, receipt_id: int) -> Receipt:
    mine = Receipt.objects.of_seller(seller_of(request, slug)).select_related("seller")
    return get_object_or_404(mine, pk=receipt_id)


def _chosen(request: Request, found: BankFile) -> Iterator[tuple[int, Order | None]]:
    """By line: ``line-7`` names an order by its public id, or says ``surplus``; empty leaves the line out."""
    asked = {name[5:]: value for name, value in request.POST.items() if name.startswith("line-") and value}
    mine = Order.objects.of_seller(found.seller).filter(public_id__in=set(asked.values()))
    orders = {order.public_id: order for order in mine}
    for number, value in asked.items():
        if number.isdecimal() and (value == "surplus" or value in orders):
            yield int(number), orders.get(value)
