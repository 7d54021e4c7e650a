"""Places without a name, after booking: given back, moved. GET asks with the quote, POST does it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laurels.kernel.refusal import Refused
from laurels.payments.models import Order
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.workshops import actions, queries
from laurels.workshops.forms import MoveForm, QuotedForm
from laurels.workshops.models import Place, Workshop


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def cancellation(request: SignedIn, public_id: str, place_id: str) -> HttpResponse:
    found = _place(request, public_id, place_id)
    form = QuotedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.cancel_place(found, **form.cleaned_data, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("The place is given back."))
            return see_other("booking", public_id)
    page = queries.cancel_place_page(found, by=request.actor, now=request.now)
    return _draw(request, "cancel_seat", found, page=page, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def move(request: SignedIn, public_id: str, place_id: str) -> HttpResponse:
    found = _place(request, public_id, place_id)
    form = MoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        target = Workshop.objects.visible_to(request.actor).filter(public_id=form.cleaned_data["to"]).first()
        to, expected = target or found.workshop, form.cleaned_data["expected"]
        try:
            actions.move_place(found, to, expected=expected, by=request.actor, now=request.now)
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("The place is moved to the other date."))
            return see_other("booking", public_id)
    page = queries.move_place_page(found, by=request.actor, now=request.now)
    return _draw(request, "move_seat", found, page=page, form=form)


def _place(request: SignedIn, public_id: str, place_id: str) -> Place:
    order = get_object_or_404(Order.objects.visible_to(request.actor), public_id=public_id)
    places = order.places.select_related("workshop__course", "workshop__provider", "order__payment", "order__buyer")
    return get_object_or_404(places, public_id=place_id)


def _draw(request: SignedIn, name: str, place: Place, **context: Any) -> HttpResponse:
    """The page that asks; 409 when it was answered and something stood against it."""
    assert place.order is not None
    form = context["form"]
    status = 409 if form.is_bound and form.non_field_errors() else 422 if form.is_bound else 200
    context["booking"] = reverse("booking", args=[place.order.public_id])
    return render(request, f"workshops/pages/{name}.html", context, status=status)
