"""Looking at a seat."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from laurels.people.doors import SignedIn, signed_in
from laurels.workshops import queries
from laurels.workshops.models import Seat


@require_safe
@signed_in
def seat(request: SignedIn, public_id: str) -> HttpResponse:
    page = queries.seat_page(_seat(request, public_id), by=request.actor, now=request.now)
    return render(request, "workshops/pages/seat.html", {"page": page})


@require_safe
@signed_in
def seat_calendar(request: SignedIn, public_id: str) -> HttpResponse:
    content = queries.seat_calendar_file(_seat(request, public_id))
    headers = {"Content-Disposition": 'attachment; filename="workshop.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _seat(request: SignedIn, public_id: str) -> Seat:
    seats = Seat.objects.visible_to(request.actor).select_related(
        "workshop__course",
        "workshop__provider",
        "workshop__curriculum",
        "workshop__cancellation",
        "workshop__sale",
        "workshop__joining",
        "order__payment",
        "order__buyer",
    )
    return get_object_or_404(seats, public_id=public_id)
