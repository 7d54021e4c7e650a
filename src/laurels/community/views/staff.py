"""The body's queue of reports, and one case."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.community import actions, queries
from laurels.community.forms import RulingForm
from laurels.community.models import Appeal, Case, Ruling
from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in


@require_safe
@signed_in
def reports(request: SignedIn) -> HttpResponse:
    actor = request.actor
    if not any(right.is_body and actor.has("staff", at=right.organisation_id) for right in actor.rights):
        raise Http404
    return render(request, "community/pages/reports.html", {"queue": queries.queue(actor)})


@require_safe
@signed_in
def case(request: SignedIn, public_id: str) -> HttpResponse:
    return _draw(request, _held(request, public_id), RulingForm())


@require_POST
@signed_in
def rulings(request: SignedIn, public_id: str) -> HttpResponse:
    found, form = _held(request, public_id), RulingForm(request.POST)
    if form.is_valid():
        try:
            actions.rule_on(found, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("Done. Whoever is concerned gets a letter."))
            return see_other("community:case", public_id)
    return _draw(request, found, form, status=422)


@require_POST
@signed_in
def lifting(request: SignedIn, public_id: str, ruling: str) -> HttpResponse:
    found = get_object_or_404(Ruling, case=_held(request, public_id), public_id=ruling)
    actions.lift(found, request.POST.get("words", "")[:2000], by=request.actor, now=request.now)
    messages.success(request, _("The ruling is undone."))
    return see_other("community:case", public_id)


@require_POST
@signed_in
def settlement(request: SignedIn, public_id: str, pk: int) -> HttpResponse:
    appeals = Appeal.objects.select_related("ruling__case")
    found = get_object_or_404(appeals, ruling__case=_held(request, public_id), pk=pk)
    outcome, words = request.POST.get("outcome", ""), request.POST.get("words", "")[:2000]
    actions.settle(found, outcome, words, by=request.actor, now=request.now)
    messages.success(request, _("The appeal is settled. The person concerned gets a letter."))
    return see_other("community:case", public_id)


def _held(request: SignedIn, public_id: str) -> Case:
    held = Case.objects.held_by(request.actor).select_related("concerned", "body")
    return get_object_or_404(held, public_id=public_id)


def _draw(request: SignedIn, found: Case, form: RulingForm, status: int = 200) -> HttpResponse:
    context = {"page": queries.case_page(found), "form": form, "actor": request.actor}
    return render(request, "community/pages/case.html", context, status=status)
