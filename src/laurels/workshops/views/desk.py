"""The desk of provider's staff and trainers: their workshops, and one class with its people."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.people.models import Organisation
from laurels.workshops import actions, queries
from laurels.workshops.forms import CancellationForm, SomebodyForm, WorkshopForm, typed
from laurels.workshops.models import Workshop

# What is posted below a workshop's page, the verb it means, and what is said afterwards.
MOVES: dict[str, tuple[Callable[..., Workshop], Any]] = {
    "announcement": (actions.announce, gettext_lazy("The workshop is announced and open for booking.")),
    "confirmation": (actions.confirm, gettext_lazy("The workshop is confirmed: it will be held.")),
    "start": (actions.start, gettext_lazy("The workshop is running. Have a good class.")),
    "end": (actions.hold, gettext_lazy("The workshop has been held.")),
    "closing": (actions.close, gettext_lazy("The workshop is closed.")),
}


@require_safe
@signed_in
def workshops(request: SignedIn) -> HttpResponse:
    page = queries.desk(after=request.GET.get("after", ""), by=request.actor, now=request.now)
    is_trainer = bool(request.actor.organisations("trainer"))
    return render(request, "workshops/pages/desk.html", {"page": page, "is_trainer": is_trainer})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_workshop(request: SignedIn) -> HttpResponse:
    providers = list(Organisation.objects.where(request.actor, "staff").filter(is_provider=True))
    if not providers:
        raise Http404
    initial = {"zone": providers[0].zone, "language": request.person.language}
    form = WorkshopForm(request.POST or None, providers, queries.possible_trainers(providers), initial=initial)
    if form.is_valid():
        provider, course = form.cleaned_data["provider"], form.cleaned_data["course"]
        if drafted := _tried(form, actions.draft, provider, course, by=request.actor, now=request.now):
            messages.success(request, _("The workshop is drafted. Look it over and announce it."))
            return see_other("desk-workshop", drafted.public_id)
    status = 422 if form.is_bound else 200
    return render(request, "workshops/pages/edit_workshop.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def workshop_details(request: SignedIn, public_id: str) -> HttpResponse:
    workshop = _workshop(request, public_id)
    trainers = queries.possible_trainers([workshop.provider])
    form = WorkshopForm(request.POST or None, [workshop.provider], trainers, initial=_initial(workshop))
    for name in ("provider", "course"):
        del form.fields[name]
    if form.is_valid() and _tried(form, actions.change, workshop, by=request.actor, now=request.now):
        messages.success(request, _("The workshop is changed."))
        return see_other("desk-workshop", public_id)
    context = {"form": form, "workshop": workshop}
    return render(request, "workshops/pages/edit_workshop.html", context, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def workshop(request: SignedIn, public_id: str) -> HttpResponse:
    return _draw(request, _workshop(request, public_id), SomebodyForm(), CancellationForm())


@require_POST
@signed_in
def move(request: SignedIn, public_id: str, noun: str) -> HttpResponse:
    workshop = _workshop(request, public_id)
    verb, words = MOVES[noun]
    verb(workshop, by=request.actor, now=request.now)
    messages.success(request, words)
    return see_other("desk-workshop", public_id)


@require_POST
@signed_in
def cancellation(request: SignedIn, public_id: str) -> HttpResponse:
    workshop = _workshop(request, public_id)
    form = CancellationForm(request.POST)
    if not form.is_valid():
        return _draw(request, workshop, SomebodyForm(), form, status=422)
    actions.cancel(workshop, form.cleaned_data["reason"], by=request.actor, now=request.now)
    messages.success(request, _("The workshop is cancelled, and everybody who had a seat is told."))
    return see_other("desk-workshop", public_id)


@require_POST
@signed_in
def seats(request: SignedIn, public_id: str) -> HttpResponse:
    workshop = _workshop(request, public_id)
    form = SomebodyForm(request.POST)
    if not form.is_valid():
        return _draw(request, workshop, form, CancellationForm(), status=422)
    seat = actions.book_somebody(workshop, **form.cleaned_data, by=request.actor, now=request.now)
    messages.success(request, _("%(name)s has a seat.") % {"name": seat.name})
    return see_other("desk-workshop", public_id)


def _workshop(request: SignedIn, public_id: str) -> Workshop:
    runs = Workshop.objects.run_by(request.actor).select_related(
        "course", "provider", "curriculum", "cancellation", "sale"
    )
    return get_object_or_404(runs.with_seats_filled().prefetch_related("trainers"), public_id=public_id)


def _draw(
    request: SignedIn, workshop: Workshop, somebody: SomebodyForm, cancellation: CancellationForm, status: int = 200
) -> HttpResponse:
    page = queries.desk_workshop(workshop, after=request.GET.get("after", ""), by=request.actor, now=request.now)
    context = {"page": page, "somebody": somebody, "cancellation": cancellation}
    return render(request, "workshops/pages/desk_workshop.html", context, status=status)


def _tried(form: WorkshopForm, verb: Callable[..., Workshop], *things: object, **who: object) -> Workshop | None:
    """What the verb made of the form, or None with its refusal shown at the field it is about."""
    try:
        return verb(*things, **form.values(), **who)
    except Refused as refused:
        name = refused.refusal.field
        form.add_error(name if name in form.fields else None, str(refused.refusal))
        return None


def _initial(workshop: Workshop) -> dict[str, Any]:
    names = ("mode", "place", "zone", "language", "starts_on", "ends_on", "capacity", "currency", "other_remarks")
    values = {name: getattr(workshop, name) for name in names}
    trainers = list(workshop.trainers.values_list("public_id", flat=True))
    return values | {"price": typed(workshop.price), "trainers": trainers}
