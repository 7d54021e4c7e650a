from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.participation import actions, queries
from laurels.participation.forms import ReturnForm
from laurels.participation.models import Line, Roster
from laurels.participation.views.attendance import page_of
from laurels.people.doors import Request, see_other, signed_in


@signed_in
@require_safe
def rosters(request: Request) -> HttpResponse:
    """The body's queue, oldest first, and what was settled lately."""
    context = {
        "queue": queries.queue(request.actor, request.now),
        "settled": queries.settled(request.actor, request.now),
    }
    return render(request, "participation/pages/queue.html", context)


@signed_in
@require_safe
def roster(request: Request, public_id: str) -> HttpResponse:
    page = queries.roster_page(_received(request, public_id), page=page_of(request))
    may_rule = request.actor.has("staff", at=page.roster.body_id)
    return render(request, "participation/pages/ruling.html", {"page": page, "may_rule": may_rule})


@signed_in
@require_POST
def receipt(request: Request, public_id: str) -> HttpResponse:
    found = actions.receive_roster(_received(request, public_id), by=request.actor, now=request.now)
    return see_other("participation:body-roster", found.public_id)


@signed_in
@require_POST
def acceptance(request: Request, public_id: str) -> HttpResponse:
    """Accept every line that still waits."""
    found = _received(request, public_id)
    count = len(actions.accept_roster(found, by=request.actor, now=request.now))
    messages.success(request, ngettext("One line accepted.", "%(n)s lines accepted.", count) % {"n": count})
    return see_other("participation:body-roster", found.public_id)


@signed_in
@require_POST
def line_acceptance(request: Request, public_id: str, line_id: str) -> HttpResponse:
    line = actions.accept_line(_received_line(request, public_id, line_id), by=request.actor, now=request.now)
    messages.success(request, _("%(name)s: accepted.") % {"name": line.certificate_name})
    return see_other("participation:body-roster", public_id)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def line_return(request: Request, public_id: str, line_id: str) -> HttpResponse:
    line = _received_line(request, public_id, line_id)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        actions.return_line(line, reason=form.cleaned_data["reason"], by=request.actor, now=request.now)
        messages.success(request, _("%(name)s: returned to the trainer.") % {"name": line.certificate_name})
        return see_other("participation:body-roster", public_id)
    status = 422 if form.is_bound else 200
    return render(request, "participation/pages/line_return.html", {"line": line, "form": form}, status=status)


@signed_in
@require_safe
def line(request: Request, public_id: str, line_id: str) -> HttpResponse:
    """The dossier, for the body and for those who run the workshop."""
    rows = Line.objects.in_rosters(Roster.objects.visible_to(request.actor)).with_story()
    found = get_object_or_404(rows, public_id=line_id, roster__public_id=public_id)
    is_body = request.actor.has("staff", "auditor", at=found.roster.body_id)
    context = {"dossier": queries.dossier(found), "is_body": is_body}
    return render(request, "participation/pages/dossier.html", context)


def _received(request: Request, public_id: str) -> Roster:
    rows = Roster.objects.received_by(request.actor).with_story()
    return get_object_or_404(rows, public_id=public_id)


def _received_line(request: Request, public_id: str, line_id: str) -> Line:
    rows = Line.objects.in_rosters(Roster.objects.received_by(request.actor)).with_story()
    return get_object_or_404(rows, public_id=line_id, roster__public_id=public_id)
