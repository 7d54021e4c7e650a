"""A body's staff write new rules, and see first for whom they change what."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.people.models import Organisation
from laurels.programmes import actions as programmes
from laurels.programmes.models import Policy, PolicyDraft
from laurels.programmes.rules import PackProblems
from laurels.renewals import actions, queries
from laurels.renewals.forms import PolicyForm
from laurels.renewals.models import Run


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def policies(request: SignedIn) -> HttpResponse:
    bodies = Organisation.objects.bodies().filter(pk__in=request.actor.organisations("staff", "auditor"))
    if not bodies:
        raise Http404
    if request.method == "POST":
        body = get_object_or_404(bodies, slug=request.POST.get("body", ""))
        draft = programmes.begin_policy(body, by=request.actor, now=request.now)
        return see_other("policy-draft", draft.public_id)
    rows = Policy.objects.filter(body__in=bodies).binding().newest().select_related("body")
    drafts = PolicyDraft.objects.visible_to(request.actor).open().select_related("body", "changed_by")
    runs = Run.objects.filter(body__in=bodies).select_related("body").order_by("-pk")[:7]
    context = {"bodies": bodies, "policies": rows, "drafts": drafts, "runs": runs, "today": request.now.date()}
    return render(request, "renewals/pages/policies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def draft(request: SignedIn, public_id: str) -> HttpResponse:
    found = _draft(request, public_id)
    form = PolicyForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        found = programmes.change_policy(found, form.cleaned_data["text"], by=request.actor, now=request.now)
    page, problems = None, []
    try:
        page = queries.draft_page(found, programmes.read_draft_policy(found))
        if form.is_bound and page.needs_run:
            actions.ask_preview(found, by=request.actor, now=request.now)
            return see_other("policy-draft", public_id)
    except PackProblems as wrong:
        problems = wrong.problems
    context = {"draft": found, "form": form, "page": page, "problems": problems}
    return render(
        request, "renewals/pages/policy_draft.html", context, status=422 if problems and form.is_bound else 200
    )


@require_POST
@signed_in
def preview(request: SignedIn, public_id: str) -> HttpResponse:
    try:
        actions.ask_preview(_draft(request, public_id), by=request.actor, now=request.now)
    except PackProblems as wrong:
        messages.error(request, str(wrong))
    return see_other("policy-draft", public_id)


@require_POST
@signed_in
def effect(request: SignedIn, public_id: str) -> HttpResponse:
    found = _draft(request, public_id)
    try:
        seen = request.POST.get("seen", "")
        policy = actions.put_into_effect(found, seen, by=request.actor, now=request.now)
    except (Refused, PackProblems) as wrong:
        messages.error(request, str(wrong))
        return see_other("policy-draft", public_id)
    messages.success(request, _("%(key)s binds from its day on.") % {"key": policy.key})
    return see_other("body-policies")


@require_POST
@signed_in
def dropping(request: SignedIn, public_id: str) -> HttpResponse:
    programmes.drop_policy(_draft(request, public_id), by=request.actor, now=request.now)
    messages.success(request, _("Thrown away."))
    return see_other("body-policies")


def _draft(request: SignedIn, public_id: str) -> PolicyDraft:
    found = PolicyDraft.objects.visible_to(request.actor).open().select_related("body")
    return get_object_or_404(found, public_id=public_id)
