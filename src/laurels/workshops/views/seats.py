"""Taking a seat and looking at it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laurels.kernel.refusal import require
from laurels.people.actions import send_code
from laurels.people.doors import Request, SignedIn, see_other, signed_in
from laurels.people.models import Proof
from laurels.workshops import actions, queries, rules
from laurels.workshops.forms import SeatForm, StrangerSeatForm
from laurels.workshops.models import Seat, Workshop

LONGEST_PATH = 500


@require_http_methods(["GET", "HEAD", "POST"])
def seat_in_workshop(request: Request, public_id: str) -> HttpResponse:
    """The booking page. Whoever is not signed in proves their address first and comes back with all of it filled in."""
    visible = Workshop.objects.visible_to(request.actor)
    workshop = get_object_or_404(visible.select_related("course", "provider", "curriculum"), public_id=public_id)
    form = _form(request)
    if form.is_valid():
        take = _take if request.person else _prove_first
        return take(request, workshop, form)  # type: ignore[arg-type]
    page = queries.workshop_page(workshop, by=request.actor, now=request.now)
    if page.own_seat:
        return see_other("seat", page.own_seat.public_id)
    status = 422 if form.is_bound else 200
    return render(request, "workshops/pages/take_seat.html", {"page": page, "form": form}, status=status)


def _form(request: Request) -> SeatForm:
    sent = request.POST if request.method == "POST" else None
    name = request.GET.get("name", "") or (request.person.name if request.person else "")
    initial = {"name": name, "company": request.GET.get("company", "")}
    return SeatForm(sent, initial=initial) if request.person else StrangerSeatForm(sent, initial=initial)


def _take(request: SignedIn, workshop: Workshop, form: SeatForm) -> HttpResponse:
    seat = actions.book(workshop, request.person, **form.cleaned_data, by=request.actor, now=request.now)
    messages.success(request, _("You have a seat. A letter is on its way to you."))
    return see_other("seat", seat.public_id)


def _prove_first(request: Request, workshop: Workshop, form: SeatForm) -> HttpResponse:
    require(rules.why_not_book(workshop, by=request.actor, now=request.now))
    proof = send_code(
        form.cleaned_data["email"],
        purpose=Proof.Purpose.SIGN_IN,
        client=request.META.get("REMOTE_ADDR", ""),
        next_path=_way_back(workshop, name=form.cleaned_data["name"], company=form.cleaned_data["company"]),
        by=request.actor,
        now=request.now,
    )
    return see_other("sign-in-proof", proof.public_id)


def _way_back(workshop: Workshop, **typed: str) -> str:
    """The booking page with everything typed so far; very long names in far alphabets are left out."""
    path = reverse("seat-in-workshop", args=[workshop.public_id])
    full = f"{path}?{urlencode({name: value for name, value in typed.items() if value})}"
    return full if len(full) <= LONGEST_PATH else path


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
        "order__payment",
        "order__buyer",
    )
    return get_object_or_404(seats, public_id=public_id)
