"""What proves a line: evidence of one's own, an organiser's yes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.education import actions, queries
from laurels.education.forms import AnswerForm, AskForm, EvidenceForm
from laurels.education.models import Cosigning, Evidence, LedgerEntry
from laurels.education.rules.binding import why_fixed
from laurels.education.rules.categories import categories
from laurels.kernel.refusal import Refused
from laurels.people.doors import Request, SignedIn, see_other, signed_in


@require_safe
@signed_in
def entry(request: SignedIn, public_id: str) -> HttpResponse:
    """Its owner's page; staff of their body to whom they gave the address may take the entry back here."""
    lines = LedgerEntry.objects.readable_by(request.actor).select_related("person").with_proof().with_corrections()
    found = get_object_or_404(lines, public_id=public_id)
    if found.person_id != request.person.pk:
        labels = categories(queries.bindings(found.person, request.now))
        return render(request, "education/pages/kept_entry.html", {"entry": found, "categories": labels})
    return _draw(request, found)


@require_POST
@signed_in
def evidence(request: SignedIn, public_id: str) -> HttpResponse:
    mine, form = _mine(request, public_id), EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_evidence(mine, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("Added. This entry is ready for an audit."))
            return see_other("ledger-entry", public_id)
    return _draw(request, mine, evidence=form, status=422)


@require_POST
@signed_in
def cosignings(request: SignedIn, public_id: str) -> HttpResponse:
    mine, form = _mine(request, public_id), AskForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_organiser(mine, form.cleaned_data["email"], by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("The letter is on its way. You will see the answer here."))
            return see_other("ledger-entry", public_id)
    return _draw(request, mine, ask=form, status=422)


@require_safe
@signed_in
def file(request: SignedIn, public_id: str) -> HttpResponse:
    found = get_object_or_404(Evidence.objects.visible_to(request.actor).with_file(), public_id=public_id)
    return download(found)


def download(evidence: Evidence) -> HttpResponse:
    """Always to be kept, never shown in place: it is somebody's upload."""
    headers = {"Content-Disposition": f'attachment; filename="{evidence.name.encode("ascii", "replace").decode()}"'}
    return HttpResponse(bytes(evidence.content), content_type=evidence.media_type, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def cosigning(request: Request, secret: str) -> HttpResponse:
    """Mail scanners follow links: looking changes nothing, answering is a POST."""
    asked = Cosigning.objects.with_secret(secret).first()
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    said = "confirmed" if "confirmed" in request.POST else "declined"
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.answer(asked, said, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
    status = 422 if form.errors else 200
    context = {"asked": asked, "form": form, "is_late": request.now >= asked.expires_at}
    return render(request, "education/pages/cosigning.html", context, status=status)


def _mine(request: SignedIn, public_id: str) -> LedgerEntry:
    return get_object_or_404(
        LedgerEntry.objects.visible_to(request.actor).with_proof().with_corrections(), public_id=public_id
    )


def _draw(
    request: SignedIn,
    entry: LedgerEntry,
    evidence: EvidenceForm | None = None,
    ask: AskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    bindings = queries.bindings(request.person, request.now)
    context = {
        "entry": entry,
        "categories": categories(bindings),
        "fixed": why_fixed(entry, bindings, by=request.actor),
        "evidence_form": evidence or EvidenceForm(),
        "ask_form": ask or AskForm(),
    }
    return render(request, "education/pages/entry.html", context, status=status)
