"""The doors to what workshops brought, and to the fees for their seats."""

import csv
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.periods import day_in
from laurels.kernel.tables import formula_safe
from laurels.people.doors import Request, see_other, signed_in
from laurels.people.models import Organisation
from laurels.workshops import actions, queries
from laurels.workshops.forms import SeatFeeForm, SettlementForm


@require_safe
@signed_in
def payouts(request: Request, slug: str) -> HttpResponse:
    page = queries.payouts(_organisation(request, slug), after=request.GET.get("after", ""))
    return render(request, "workshops/pages/payouts.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def seat_fees(request: Request, slug: str) -> HttpResponse:
    """A month's statement, for either side; the body's staff set the fees here."""
    organisation = _organisation(request, slug)
    form = SeatFeeForm(request.POST or None, body=organisation, today=day_in(organisation.zone, request.now))
    if form.is_valid():
        actions.set_seat_fee(organisation, **form.wanted(), by=request.actor, now=request.now)
        messages.success(request, _("The fee is set."))
        return see_other("seat-fees", slug)
    page = queries.statement(organisation, _month(request, organisation))
    status = 422 if form.is_bound else 200
    return render(request, "workshops/pages/seat_fees.html", {"page": page, "form": form}, status=status)


@require_POST
@signed_in
def settlement(request: Request, slug: str) -> HttpResponse:
    """Either side notes that a month's statement was paid."""
    organisation = _organisation(request, slug)
    form = SettlementForm(request.POST)
    if not form.is_valid():
        raise Http404
    other = get_object_or_404(Organisation.objects.order_by("pk"), slug=form.cleaned_data["other"])
    month, currency = form.cleaned_data["month"], form.cleaned_data["currency"]
    provider, body = (other, organisation) if organisation.is_body else (organisation, other)
    if actions.settle_seat_fees(provider, body, month, currency, by=request.actor, now=request.now):
        messages.success(request, _("Noted. The books know it."))
    return see_other(f"{reverse('seat-fees', args=[slug])}?month={month:%Y-%m}")


@require_safe
@signed_in
def seat_fees_csv(request: Request, slug: str) -> HttpResponse:
    organisation = _organisation(request, slug)
    month = _month(request, organisation)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{organisation.slug}-seat-fees-{month:%Y-%m}.csv"'
    rows = queries.statement_table(queries.statement(organisation, month))
    csv.writer(answer).writerows(formula_safe(row) for row in rows)
    return answer


def _organisation(request: Request, slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)


def _month(request: Request, organisation: Organisation) -> date:
    """The month asked for as ``2026-03``, else this one."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        month = date.min
    return month if 2000 <= month.year <= 2100 else day_in(organisation.zone, request.now)
