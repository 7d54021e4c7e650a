from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from laurels.kernel.periods import day_in
from laurels.participation import actions, forms, queries
from laurels.people.doors import Request, SeeOther, signed_in
from laurels.workshops.models import Workshop


def run_by(request: Request, public_id: str) -> Workshop:
    """The workshop, if the actor runs it; 404 otherwise."""
    rows = Workshop.objects.run_by(request.actor).select_related("provider", "course__scheme__body", "curriculum")
    return get_object_or_404(rows, public_id=public_id)


def page_of(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: Request, public_id: str) -> HttpResponse:
    """The grid of a day, or one block as a list with ``?block=``."""
    workshop = run_by(request, public_id)
    sheet = _sheet(request, workshop)
    if request.method != "POST":
        return render(request, "participation/pages/attendance.html", {"sheet": sheet})
    noted = forms.read_sheet(request.POST, sheet)
    noting = actions.note_attendance(workshop, noted.minutes, seen=noted.seen, by=request.actor, now=request.now)
    _tell(request, noting)
    if noted.refused:
        context = {"sheet": _sheet(request, workshop, noted.refused)}
        return render(request, "participation/pages/attendance.html", context, status=422)
    return SeeOther(_next(request, sheet))


def _sheet(request: Request, workshop: Workshop, refused: dict[str, tuple[str, str]] | None = None) -> queries.Sheet:
    day = request.GET.get("day", "")
    return queries.sheet(
        workshop,
        day=int(day) if day in {"1", "2", "3", "4", "5", "6", "7", "8", "9"} else None,
        block=request.GET.get("block", ""),
        page=page_of(request),
        today=day_in(workshop.zone, request.now),
        refused=refused,
    )


def _next(request: Request, sheet: queries.Sheet) -> str:
    if "next" in request.POST and sheet.following:
        path = reverse("participation:attendance", args=[sheet.workshop.public_id])
        return f"{path}?block={sheet.following.key}"
    return request.get_full_path()


def _tell(request: Request, noting: actions.Noting) -> None:
    if count := len(noting.changed):
        messages.success(request, ngettext("One entry saved.", "%(n)s entries saved.", count) % {"n": count})
    for kept in noting.kept:
        words = _(
            "%(name)s, “%(block)s”: somebody else noted %(minutes)s min meanwhile. That stands; yours was not saved."
        )
        values = {"name": kept.seat.name, "block": kept.block.title, "minutes": kept.minutes}
        messages.warning(request, words % values)
