"""The desk: how people get into a class, who has been reminded, and when a provider reminds its people."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.people.models import Organisation
from laurels.workshops import actions, queries
from laurels.workshops.forms import JoiningForm, ReminderPlanForm
from laurels.workshops.models import ReminderPlan, Workshop


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def joining(request: SignedIn, public_id: str) -> HttpResponse:
    """What is told of the way in, and who has heard what; posted it changes."""
    runs = Workshop.objects.run_by(request.actor).prefetch_related("trainers")
    related = ("course", "provider__reminder_plan", "joining")
    workshop = get_object_or_404(runs.select_related(*related), public_id=public_id)
    page = queries.joining_page(workshop, by=request.actor, now=request.now)
    form = JoiningForm(request.POST if request.method == "POST" else None, initial={"text": page.text})
    if form.is_valid():
        actions.tell_joining(workshop, form.cleaned_data["text"], by=request.actor, now=request.now)
        messages.success(request, _("Kept. People with a seat see it on their seat's page."))
        return see_other("desk-joining", public_id)
    context = {"page": page, "form": form}
    return render(request, "workshops/pages/joining.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def plan(request: SignedIn, slug: str) -> HttpResponse:
    """When a provider's people are reminded."""
    staffed = Organisation.objects.where(request.actor, "staff").filter(is_provider=True)
    provider = get_object_or_404(staffed.select_related("reminder_plan"), slug=slug)
    stands = getattr(provider, "reminder_plan", None) or ReminderPlan(provider=provider)
    initial = {name: getattr(stands, name) for name in ReminderPlanForm.base_fields}
    form = ReminderPlanForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _planned(request, provider, form):
        messages.success(request, _("This is when your people are reminded from now on."))
        return see_other("reminder-plan", slug)
    context = {"provider": provider, "form": form}
    return render(request, "workshops/pages/reminder_plan.html", context, status=422 if form.is_bound else 200)


def _planned(request: SignedIn, provider: Organisation, form: ReminderPlanForm) -> bool:
    try:
        actions.plan_reminders(provider, **form.cleaned_data, by=request.actor, now=request.now)
    except Refused as refused:
        name = refused.refusal.field
        form.add_error(name if name in form.fields else None, str(refused.refusal))
        return False
    return True
