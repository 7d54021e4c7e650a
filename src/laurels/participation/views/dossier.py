import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.tables import formula_safe
from laurels.participation import actions, forms, queries
from laurels.participation.models import Coverage, Remark
from laurels.participation.views.attendance import page_of, run_by
from laurels.people.doors import Request, SeeOther, signed_in
from laurels.workshops.models import Workshop


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def dossier(request: Request, public_id: str) -> HttpResponse:
    """Who took part in what: everybody as a grid, or one person with ``?person=``."""
    workshop = run_by(request, public_id)
    found = _dossier(request, workshop)
    if request.method != "POST":
        return _page(request, found, forms.CorrectionForm())
    marked, form = forms.read_marks(request.POST, found), forms.CorrectionForm(request.POST)
    if (marked.levels and not form.is_valid()) or marked.is_refused:
        return _page(request, _dossier(request, workshop, marked.typed), form, status=422)
    if marked.levels:
        reason = form.cleaned_data["reason"]
        correcting = actions.correct_coverages(
            workshop, marked.levels, reason=reason, seen=marked.seen, by=request.actor, now=request.now
        )
        _tell(request, correcting)
    return SeeOther(_next(request, found))


def _dossier(request: Request, workshop: Workshop, typed: dict[str, Any] | None = None) -> queries.ClassDossier:
    if "person" not in request.GET:
        return queries.class_dossier(workshop, page=page_of(request), typed=typed)
    found = queries.dossier_of(workshop, request.GET["person"], typed=typed)
    if found is None:
        raise Http404
    return found


def _page(
    request: Request, found: queries.ClassDossier, form: forms.CorrectionForm, *, status: int = 200
) -> HttpResponse:
    context = {"dossier": found, "form": form, "is_one": "person" in request.GET, "levels": Coverage.Level}
    return render(request, "participation/pages/class_dossier.html", context, status=status)


def _next(request: Request, found: queries.ClassDossier) -> str:
    if "next" in request.POST and found.after:
        return f"{request.path}?person={found.after}"
    return request.get_full_path()


def _tell(request: Request, correcting: actions.Correcting) -> None:
    if count := len(correcting.changed):
        messages.success(request, ngettext("One entry saved.", "%(n)s entries saved.", count) % {"n": count})
    for kept in correcting.kept:
        words = _("%(name)s, “%(exercise)s”: “%(level)s” was noted meanwhile. That stands; yours was not saved.")
        level = Coverage.Level(kept.level).label
        messages.warning(request, words % {"name": kept.seat.name, "exercise": kept.exercise.title, "level": level})


@signed_in
@require_safe
def table(request: Request, public_id: str) -> HttpResponse:
    """The dossier as a CSV file that no spreadsheet runs."""
    workshop = run_by(request, public_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dossier-{workshop.public_id}.csv"'
    csv.writer(response).writerows(formula_safe(row) for row in queries.dossier_table(workshop))
    return response


@signed_in
@require_POST
def answer(request: Request, public_id: str, remark_id: str) -> HttpResponse:
    workshop = run_by(request, public_id)
    rows = Remark.objects.filter(seat__workshop=workshop).select_related("seat")
    remark = get_object_or_404(rows, public_id=remark_id)
    actions.answer_remark(remark, request.POST.get("text", ""), by=request.actor, now=request.now)
    messages.success(request, _("Answered. %(name)s reads it beside their evidence.") % {"name": remark.seat.name})
    path = reverse("participation:dossier", args=[workshop.public_id])
    return SeeOther(f"{path}?person={remark.seat.public_id}")
