from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.participation import actions, queries
from laurels.participation.forms import SignForm
from laurels.participation.models import Roster
from laurels.participation.views.attendance import page_of, run_by
from laurels.people.doors import Request, see_other, signed_in


@signed_in
@require_safe
def preflight(request: Request, public_id: str) -> HttpResponse:
    """What blocks, what warns, and the signature."""
    flight = queries.preflight(run_by(request, public_id))
    form = SignForm(initial={"seen": flight.digest})
    return render(request, "participation/pages/preflight.html", {"flight": flight, "form": form})


@signed_in
@require_POST
def signature(request: Request, public_id: str) -> HttpResponse:
    workshop = run_by(request, public_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        context = {"flight": queries.preflight(workshop), "form": form}
        return render(request, "participation/pages/preflight.html", context, status=422)
    roster = actions.sign_roster(workshop, seen=form.cleaned_data["seen"], by=request.actor, now=request.now)
    messages.success(request, _("Signed. Submit it to the body now."))
    return see_other("participation:roster", roster.public_id)


@signed_in
@require_safe
def roster(request: Request, public_id: str) -> HttpResponse:
    """A version as the provider sees it: its lines, and the body's rulings."""
    page = queries.roster_page(_own(request, public_id), page=page_of(request))
    return render(request, "participation/pages/roster.html", {"page": page})


@signed_in
@require_POST
def submission(request: Request, public_id: str) -> HttpResponse:
    submitted = actions.submit_roster(_own(request, public_id), by=request.actor, now=request.now)
    messages.success(request, _("Submitted. The body rules on each line."))
    return see_other("participation:roster", submitted.public_id)


def _own(request: Request, public_id: str) -> Roster:
    return get_object_or_404(Roster.objects.run_by(request.actor).with_story(), public_id=public_id)
