"""Work in a role: a person's own page, and the queue of the body's staff."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from laurels.credentials import actions, queries
from laurels.credentials.forms import ExperienceForm, RulingForm, WordsForm
from laurels.credentials.models import Experience, ExperienceRuling
from laurels.kernel.refusal import Refused
from laurels.people.doors import Request, SignedIn, see_other, signed_in
from laurels.people.models import Organisation

Verdict = ExperienceRuling.Verdict
DONE = {
    Verdict.VALIDATED: gettext_lazy("It is validated and counts from now on."),
    Verdict.REFUSED: gettext_lazy("It does not count; the person reads your reason."),
    Verdict.ASKED: gettext_lazy("Your question is with the person. The line comes back here with the answer."),
}


@signed_in
@require_safe
def experience(request: SignedIn) -> HttpResponse:
    return _draw(request, ExperienceForm(choices=queries.role_choices()))


@signed_in
@require_POST
def lines(request: SignedIn) -> HttpResponse:
    form = ExperienceForm(request.POST, choices=queries.role_choices())
    if form.is_valid():
        told = form.claim()
        body = get_object_or_404(Organisation, slug=told.pop("slug"))
        try:
            actions.claim_experience(request.person, body, **told, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(refused.refusal.field or None, str(refused.refusal))
        else:
            messages.success(request, _("%(body)s has it now and will look at it.") % {"body": body.name})
            return see_other("credentials:experience")
    return _draw(request, form, status=422)


@signed_in
@require_POST
def withdrawal(request: SignedIn, public_id: str) -> HttpResponse:
    found = get_object_or_404(Experience.objects.visible_to(request.actor), public_id=public_id)
    actions.take_back_experience(found, by=request.actor, now=request.now)
    messages.success(request, _("It is taken back. The line stays to be seen."))
    return see_other("credentials:experience")


@signed_in
@require_POST
def answer(request: SignedIn, public_id: str) -> HttpResponse:
    found = get_object_or_404(Experience.objects.visible_to(request.actor), public_id=public_id)
    form = WordsForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    actions.explain_experience(found, words, by=request.actor, now=request.now)
    messages.success(request, _("Your answer is with %(body)s.") % {"body": found.body.name})
    return see_other("credentials:experience")


@signed_in
@require_safe
def queue(request: Request) -> HttpResponse:
    if not any(right.is_body and right.kind in {"owner", "staff", "auditor"} for right in request.actor.rights):
        raise Http404
    page = queries.experience_queue(request.actor)
    return render(request, "credentials/pages/experience_queue.html", {"page": page})


@signed_in
@require_POST
def ruling(request: Request, public_id: str) -> HttpResponse:
    found = get_object_or_404(Experience.objects.told_to(request.actor), public_id=public_id)
    form = RulingForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.rule_on_experience(found, **form.cleaned_data, by=request.actor, now=request.now)
    messages.success(request, DONE[Verdict(form.cleaned_data["verdict"])])
    return see_other("credentials:experience-queue")


def _draw(request: SignedIn, form: ExperienceForm, status: int = 200) -> HttpResponse:
    page = queries.experience_page(request.person, by=request.actor, now=request.now)
    return render(request, "credentials/pages/experience.html", {"page": page, "form": form}, status=status)
