"""The body's queue of audits, and one of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.audits import actions, queries
from laurels.audits.forms import DrawForm, RulingForm
from laurels.audits.models import Appeal, Audit, AuditedEntry, Draw
from laurels.education.models import Evidence
from laurels.education.queries import bindings
from laurels.education.rules.categories import categories
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def audits(request: SignedIn) -> HttpResponse:
    queue = queries.queue(request.actor)
    if not queue.bodies:
        raise Http404
    percents = {one: queries.percent_of(one, day_in(one.zone, request.now)) for one in queue.bodies}
    form = DrawForm(request.POST or None, percents=percents)
    if request.method == "POST" and form.is_valid():
        try:
            drawn = actions.draw(**form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _drawn_in_words(drawn))
            return see_other("audits:queue")
    context = {"queue": queue, "form": form, "today": request.now.date()}
    return render(request, "audits/pages/queue.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in
def past(request: SignedIn) -> HttpResponse:
    if not request.actor.organisations("staff", "auditor"):
        raise Http404
    found = queries.past_at(request.actor, request.GET.get("after", ""))
    return render(request, "audits/pages/past.html", {"past": found})


@require_safe
@signed_in
def audit(request: SignedIn, public_id: str) -> HttpResponse:
    found = _held(request, public_id)
    page = queries.audit_page(found, day_in(found.body.zone, request.now))
    may_rule = request.actor.has("staff", at=found.body_id)
    context = {
        "page": page,
        "form": RulingForm(auto_id=False),
        "may_rule": may_rule,
        "categories": categories(bindings(found.person, request.now)),
        "letters": queries.letters_of(found),
    }
    return render(request, "audits/pages/ruling.html", context)


@require_POST
@signed_in
def ruling(request: SignedIn, public_id: str, pk: int) -> HttpResponse:
    audited = get_object_or_404(AuditedEntry, audit=_held(request, public_id), pk=pk)
    kind, words = request.POST.get("kind", ""), request.POST.get("words", "")
    actions.rule_on(audited, kind, words, by=request.actor, now=request.now)
    return see_other("audits:ruling-page", public_id)


@require_POST
@signed_in
def settlement(request: SignedIn, public_id: str, pk: int) -> HttpResponse:
    found = get_object_or_404(Appeal, ruling__audited__audit=_held(request, public_id), pk=pk)
    outcome, words = request.POST.get("outcome", ""), request.POST.get("words", "")
    actions.settle(found, outcome, words, by=request.actor, now=request.now)
    messages.success(request, _("The appeal is settled. The member sees your answer."))
    return see_other("audits:ruling-page", public_id)


@require_safe
@signed_in
def evidence(request: SignedIn, public_id: str, file_id: str) -> HttpResponse:
    """A file of an entry that is being looked at: to be kept, never shown in place."""
    entries = _held(request, public_id).entries.values("entry")
    found = get_object_or_404(Evidence.objects.with_file(), entry__in=entries, public_id=file_id)
    headers = {"Content-Disposition": f'attachment; filename="{found.public_id}"'}
    return HttpResponse(bytes(found.content), content_type=found.media_type, headers=headers)


def _held(request: SignedIn, public_id: str) -> Audit:
    return get_object_or_404(Audit.objects.held_by(request.actor).select_related("body", "person"), public_id=public_id)


def _drawn_in_words(drawn: Draw) -> str:
    count = drawn.audits.count()
    words = ngettext(
        "%(n)s audit of %(people)s people who could be drawn.",
        "%(n)s audits of %(people)s people who could be drawn.",
        count,
    )
    return words % {"n": count, "people": drawn.people}
