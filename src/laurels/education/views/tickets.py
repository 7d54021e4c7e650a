"""What a guest of a gathering took along."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laurels.education import actions
from laurels.education.rules.meeting import why_not_claim_minutes
from laurels.gatherings.models import Ticket
from laurels.people.doors import Request, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def ticket(request: Request, secret: str) -> HttpResponse:
    """Looking does nothing, since mail scanners look too; pressing the button takes the minutes into the ledger."""
    found = Ticket.objects.with_secret(secret).select_related("gathering__body", "participant").first()
    if found is None:
        raise Http404
    if request.method == "POST" and request.person:
        actions.claim_minutes(found, request.person, by=request.actor, now=request.now)
        messages.success(request, _("The time you were there is in your ledger."))
        return see_other("ledger")
    refusal = why_not_claim_minutes(found.gathering, request.person, now=request.now) if request.person else None
    page = {"ticket": found, "secret": secret, "refusal": refusal}
    return render(request, "education/pages/ticket.html", page)
