"""The doors of a seller's money desk."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels.kernel.periods import day_in
from laurels.payments import queries
from laurels.payments.forms import ExportForm
from laurels.people.doors import Request, signed_in
from laurels.people.models import Organisation

KINDS = {
    "csv": (queries.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (queries.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_safe
@signed_in
def money(request: Request, slug: str) -> HttpResponse:
    seller = seller_of(request, slug)
    today = day_in(seller.zone, request.now)
    form = ExportForm(initial={"first": today.replace(day=1), "final": today})
    page = queries.money_desk(seller, now=request.now)
    return render(request, "payments/pages/money.html", {"page": page, "form": form})


@require_safe
@signed_in
def books(request: Request, slug: str) -> HttpResponse:
    asked = request.GET
    page = queries.books(seller_of(request, slug), account=asked.get("account", ""), before=asked.get("before", ""))
    return render(request, "payments/pages/books.html", {"page": page})


@require_safe
@signed_in
def export(request: Request, slug: str) -> HttpResponse:
    """A table as a file; with wrong days the form comes back and says so."""
    seller = seller_of(request, slug)
    form = ExportForm(request.GET)
    if not form.is_valid():
        page = queries.money_desk(seller, now=request.now)
        return render(request, "payments/pages/money.html", {"page": page, "form": form}, status=422)
    asked = form.cleaned_data
    write, media_type = KINDS[asked["kind"]]
    content = write(queries.export(seller, asked["what"], asked["first"], asked["final"]))
    answer = HttpResponse(content, content_type=media_type)
    name = f"{seller.slug}-{asked['what']}-{asked['first']}-{asked['final']}.{asked['kind']}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def seller_of(request: Request, slug: str) -> Organisation:
    """The organisation, for its staff; for everybody else there is none."""
    return get_object_or_404(Organisation.objects.where(request.actor, "staff"), slug=slug)
