"""A person's own ledger."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.education import actions, queries
from laurels.education.forms import CorrectionForm, EntryForm
from laurels.education.models import LedgerEntry
from laurels.education.rules import hours_in_words, why_not_correct
from laurels.education.rules.binding import why_fixed
from laurels.kernel.refusal import Refused, require
from laurels.people.doors import SignedIn, see_other, signed_in


@require_safe
@signed_in
def ledger(request: SignedIn) -> HttpResponse:
    return _draw(request, EntryForm(today=request.now.date()))


@require_POST
@signed_in
def entries(request: SignedIn) -> HttpResponse:
    form = EntryForm(request.POST, request.FILES, today=request.now.date())
    if form.is_valid():
        try:
            entry = _reported(request, form)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            words = _("“%(title)s” is in your ledger: %(time)s on %(day)s.")
            messages.success(request, words % {"title": entry.title, **_when(entry)})
            return see_other("ledger")
    return _draw(request, form, status=422)


@require_POST
@signed_in
def reversal(request: SignedIn, public_id: str) -> HttpResponse:
    entry = get_object_or_404(LedgerEntry.objects.readable_by(request.actor), public_id=public_id)
    actions.reverse(entry, request.POST.get("reason", ""), by=request.actor, now=request.now)
    messages.success(request, _("“%(title)s” is taken back. Both lines stay to be seen.") % {"title": entry.title})
    return see_other("ledger") if entry.person_id == request.person.pk else see_other("ledger-entry", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def correction(request: SignedIn, public_id: str) -> HttpResponse:
    """What stands there, filled in; saved, a new line takes its place and both stay to be seen."""
    entry = get_object_or_404(LedgerEntry.objects.visible_to(request.actor), public_id=public_id)
    posted = request.POST if request.method == "POST" else None
    bindings = queries.bindings(request.person, request.now)
    form = CorrectionForm(posted, entry=entry, today=request.now.date())
    form.say_rules(bindings)
    if posted is None:
        require(why_not_correct(entry, is_same=False, by=request.actor))
        require(why_fixed(entry, bindings, by=request.actor))
    elif form.is_valid():
        try:
            right = actions.correct(entry, **form.entry(), by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            words = _("“%(title)s” is corrected: %(time)s on %(day)s. What stood there before stays to be seen.")
            messages.success(request, words % {"title": right.title, **_when(right)})
            return see_other("ledger")
    context = {"entry": entry, "form": form}
    return render(request, "education/pages/correction.html", context, status=422 if form.errors else 200)


def _when(entry: LedgerEntry) -> dict[str, str]:
    return {"time": hours_in_words(entry.minutes), "day": date_format(entry.on, "j F Y")}


@transaction.atomic
def _reported(request: SignedIn, form: EntryForm) -> LedgerEntry:
    """The entry with its file, or neither."""
    entry = actions.report(request.person, **form.entry(), by=request.actor, now=request.now)
    if form.evidence:
        actions.add_evidence(entry, file=form.evidence, by=request.actor, now=request.now)
    return entry


def _draw(request: SignedIn, form: EntryForm, status: int = 200) -> HttpResponse:
    after = request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    page = queries.ledger_page(request.person, request.now, after=number)
    form.say_rules(page.bound)
    return render(request, "education/pages/ledger.html", {"page": page, "form": form}, status=status)
