"""The code of conduct, and telling that something breaks it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laurels.community import actions, queries
from laurels.community.forms import ReportForm
from laurels.community.rules import drawn_whole
from laurels.kernel.refusal import Refused
from laurels.people.doors import Request, client_of, see_other
from laurels.programmes.queries import latest_conduct


@require_safe
def code(request: Request) -> HttpResponse:
    found = latest_conduct(request.now.date())
    text = drawn_whole(found.text) if found else ""
    return render(request, "community/pages/code_of_conduct.html", {"conduct": found, "text": text})


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, kind: str, subject: str) -> HttpResponse:
    """Anybody may report what they can see."""
    found = queries.find_subject(kind, subject, request.actor, request.now)
    if found is None:
        raise Http404
    form = ReportForm(request.POST or None)
    if form.is_valid():
        given = {**form.cleaned_data, "client": client_of(request)}
        try:
            actions.report(kind, subject, found, **given, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("Thank you. Somebody looks at it soon."))
            return see_other(found.path)
    status = 422 if form.is_bound else 200
    return render(request, "community/pages/report.html", {"subject": found, "form": form}, status=status)
