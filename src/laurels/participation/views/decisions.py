from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from laurels.participation import actions, forms, queries
from laurels.participation.models import Attestation
from laurels.participation.views.attendance import page_of, run_by
from laurels.people.doors import Request, SeeOther, see_other, signed_in

PAGE = "participation/pages/decisions.html"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: Request, public_id: str) -> HttpResponse:
    """One screen to decide for everybody; the provider's staff may read it."""
    workshop = run_by(request, public_id)
    page = queries.decision_page(workshop, page=page_of(request))
    if request.method != "POST":
        return render(request, PAGE, {"page": page, "decisions": Attestation.Decision})
    decided = forms.read_decisions(request.POST, page)
    made = actions.attest_all(workshop, decided.choices, by=request.actor, now=request.now)
    _tell(request, len(made))
    if decided.refused:
        page = queries.decision_page(workshop, page=page.page, refused=decided.refused)
        return render(request, PAGE, {"page": page, "decisions": Attestation.Decision}, status=422)
    return SeeOther(request.get_full_path())


@signed_in
@require_POST
def throughout(request: Request, public_id: str) -> HttpResponse:
    """Eligible for everybody who was there throughout."""
    workshop = run_by(request, public_id)
    _tell(request, len(actions.attest_throughout(workshop, by=request.actor, now=request.now)))
    return see_other("participation:decisions", workshop.public_id)


def _tell(request: Request, count: int) -> None:
    if count:
        messages.success(request, ngettext("One decision saved.", "%(n)s decisions saved.", count) % {"n": count})
