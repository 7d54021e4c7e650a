"""After booking: giving a seat back, moving it, giving it to a colleague. GET asks with the quote, POST does it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laurels.kernel.refusal import Refused
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.workshops import actions, queries
from laurels.workshops.forms import GiveBackForm, MoveForm, SubstituteForm
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.rules import Attendee


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def cancellation(request: SignedIn, public_id: str) -> HttpResponse:
    found = _seat(request, public_id)
    form = GiveBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.cancel_seat(found, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(_field(form, refused), str(refused.refusal))
        else:
            messages.success(request, _("The seat is given back."))
            return _onward(request, found, found)
    page = queries.cancel_page(found, by=request.actor, now=request.now)
    return _draw(request, "cancel_seat", page=page, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def move(request: SignedIn, public_id: str) -> HttpResponse:
    found = _seat(request, public_id)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        target = Workshop.objects.visible_to(request.actor).filter(public_id=form.cleaned_data["to"]).first()
        try:
            moved = actions.move_seat(
                found,
                target or found.workshop,
                expected=form.cleaned_data["expected"],
                by=request.actor,
                now=request.now,
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("The seat is moved. A letter with the new date is on its way."))
            return _onward(request, found, moved)
    return _draw(request, "move_seat", page=queries.move_page(found, by=request.actor, now=request.now), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def substitution(request: SignedIn, public_id: str) -> HttpResponse:
    found = _seat(request, public_id)
    form = SubstituteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            given = actions.substitute(found, Attendee(**form.cleaned_data), by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(_field(form, refused), str(refused.refusal))
        else:
            messages.success(request, _("%(name)s has the seat now. Both get a letter.") % {"name": given.name})
            return _onward(request, found, given)
    page = queries.substitute_page(found, by=request.actor, now=request.now)
    return _draw(request, "substitute_seat", page=page, form=form)


def _seat(request: SignedIn, public_id: str) -> Seat:
    seats = Seat.objects.visible_to(request.actor).select_related(
        "workshop__course", "workshop__provider", "workshop__cancellation", "order__payment", "order__buyer", "person"
    )
    return get_object_or_404(seats, public_id=public_id)


def _draw(request: HttpRequest, name: str, **context: Any) -> HttpResponse:
    """The page that asks; 409 when it was answered and something stood against it."""
    form = context["form"]
    status = 200 if not form.is_bound else 409 if form.non_field_errors() else 422
    return render(request, f"workshops/pages/{name}.html", context, status=status)


def _onward(request: SignedIn, before: Seat, after: Seat) -> HttpResponse:
    """To the seat, for whoever sees it, else back to where they work."""
    if Seat.objects.visible_to(request.actor).filter(pk=after.pk).exists():
        is_own = request.person.pk in {before.person_id, before.order.buyer_id if before.order else None}
        return see_other("seat", after.public_id) if is_own else see_other("desk-workshop", after.workshop.public_id)
    return see_other("seat", before.public_id)


def _field(form: Any, refused: Refused) -> str | None:
    name = refused.refusal.field
    return name if name in form.fields else None
