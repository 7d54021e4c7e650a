"""An audit as the member sees it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.audits import actions, queries
from laurels.audits.forms import AppealForm
from laurels.audits.models import Audit, AuditedEntry
from laurels.kernel.periods import day_in
from laurels.people.doors import SignedIn, see_other, signed_in


@require_safe
@signed_in
def audits(request: SignedIn) -> HttpResponse:
    """What waits for an answer, and how earlier ones ended."""
    past = queries.past_of(request.person, request.GET.get("after", ""))
    return render(request, "audits/pages/mine.html", {"waiting": queries.mine(request.person), "past": past})


@require_safe
@signed_in
def audit(request: SignedIn, public_id: str) -> HttpResponse:
    found = _mine(request, public_id)
    page = queries.audit_page(found, day_in(found.body.zone, request.now))
    context = {"page": page, "form": AppealForm(auto_id=False), "letters": queries.letters_of(found)}
    return render(request, "audits/pages/audit.html", context)


@require_POST
@signed_in
def answer(request: SignedIn, public_id: str) -> HttpResponse:
    actions.answer(_mine(request, public_id), by=request.actor, now=request.now)
    messages.success(request, _("Thank you. We look at it and write to you."))
    return see_other("audits:audit", public_id)


@require_POST
@signed_in
def appeal(request: SignedIn, public_id: str, pk: int) -> HttpResponse:
    audited = get_object_or_404(AuditedEntry, audit=_mine(request, public_id), pk=pk)
    actions.appeal(audited, request.POST.get("words", ""), by=request.actor, now=request.now)
    messages.success(request, _("Somebody else will look at it and answer here."))
    return see_other("audits:audit", public_id)


def _mine(request: SignedIn, public_id: str) -> Audit:
    return get_object_or_404(Audit.objects.of(request.actor).select_related("body", "person"), public_id=public_id)
