"""Looking at a seat, and giving it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.workshops import actions, queries
from laurels.workshops.models import Seat


@require_safe
@signed_in
def seat(request: SignedIn, public_id: str) -> HttpResponse:
    page = queries.seat_page(_seat(request, public_id), by=request.actor)
    return render(request, "workshops/pages/seat.html", {"page": page})


@require_safe
@signed_in
def seat_calendar(request: SignedIn, public_id: str) -> HttpResponse:
    content = queries.seat_calendar_file(_seat(request, public_id))
    headers = {"Content-Disposition": 'attachment; filename="workshop.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def seat_cancellation(request: SignedIn, public_id: str) -> HttpResponse:
    """GET asks whether it is meant, POST does it."""
    found = _seat(request, public_id)
    if request.method != "POST":
        return render(request, "workshops/pages/cancel_seat.html", {"page": queries.seat_page(found, by=request.actor)})
    actions.cancel_seat(found, by=request.actor, now=request.now)
    messages.success(request, _("The seat is given back."))
    if found.person_id == request.person.pk:
        return see_other("seat", public_id)
    return see_other("desk-workshop", found.workshop.public_id)


def _seat(request: SignedIn, public_id: str) -> Seat:
    seats = Seat.objects.visible_to(request.actor).select_related(
        "workshop__course", "workshop__provider", "workshop__curriculum", "workshop__cancellation", "order__payment"
    )
    return get_object_or_404(seats, public_id=public_id)
