"""What people with a seat say before and after class, and what their trainers see of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.workshops import actions, queries
from laurels.workshops.forms import ConfidenceForm, ExpectationForm
from laurels.workshops.models import Expectation, Seat, Workshop


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def expectations(request: SignedIn, public_id: str) -> HttpResponse:
    """The poll; posted again it changes what was said."""
    seat = _own_seat(request, public_id)
    page = queries.expectation_page(seat, by=request.actor, now=request.now)
    form = ExpectationForm(request.POST if request.method == "POST" else None, initial=_told(page.told))
    if form.is_valid():
        actions.tell_expectations(seat, **form.cleaned_data, by=request.actor, now=request.now)
        messages.success(request, _("Thank you. Your trainers prepare with this in mind."))
        return see_other("expectations", public_id)
    context = {"page": page, "form": form}
    return render(request, "workshops/pages/expectations.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def confidence(request: SignedIn, public_id: str) -> HttpResponse:
    """One's own picture, and the numbers of the moment that is open; posted again they change."""
    seat = _own_seat(request, public_id)
    page = queries.confidence_page(seat, by=request.actor, now=request.now)
    form = ConfidenceForm(request.POST if request.method == "POST" else None, page.objectives, page.said)
    if form.is_valid():
        moment = request.POST.get("moment", "")
        actions.say_confidence(seat, moment, **form.values(), by=request.actor, now=request.now)
        messages.success(request, _("Thank you. This is your picture now."))
        return see_other("confidence", public_id)
    context = {"page": page, "form": form}
    return render(request, "workshops/pages/confidence.html", context, status=422 if form.is_bound else 200)


@require_safe
@signed_in
def class_expectations(request: SignedIn, public_id: str) -> HttpResponse:
    page = queries.expected(_run_by(request, public_id), by=request.actor)
    return render(request, "workshops/pages/class_expectations.html", {"page": page})


@require_safe
@signed_in
def class_confidence(request: SignedIn, public_id: str) -> HttpResponse:
    page = queries.class_confidence(_run_by(request, public_id))
    return render(request, "workshops/pages/class_confidence.html", {"page": page})


def _own_seat(request: SignedIn, public_id: str) -> Seat:
    seats = Seat.objects.own(request.actor).select_related("workshop__course", "workshop__curriculum")
    return get_object_or_404(seats, workshop__public_id=public_id)


def _run_by(request: SignedIn, public_id: str) -> Workshop:
    runs = Workshop.objects.run_by(request.actor).select_related("course", "curriculum").with_seats_filled()
    return get_object_or_404(runs.prefetch_related("trainers"), public_id=public_id)


def _told(told: Expectation | None) -> dict[str, Any]:
    names = ("hopes", "shows_name", "knowledge", "role", "note")
    return {name: getattr(told, name) for name in names} if told else {}
