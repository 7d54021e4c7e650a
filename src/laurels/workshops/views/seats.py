"""Taking a seat, looking at it, and giving it back."""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
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
from laurels.workshops.models import Offer, Seat, Workshop
from laurels.workshops.rules import Attendee, Basket

LONGEST_PATH = 500


@require_http_methods(["GET", "HEAD", "POST"])
def seat_in_workshop(request: Request, public_id: str) -> HttpResponse:
    """The booking page. Whoever is not signed in proves their address first and comes back with all of it filled in."""
    visible = Workshop.objects.visible_to(request.actor)
    workshop = get_object_or_404(visible.select_related("course", "provider", "curriculum"), public_id=public_id)
    if "offer" in request.GET and not request.person:
        return redirect_to_login(request.get_full_path())
    offer = _own_offer(request, workshop)
    form = _form(request)
    if form.is_valid() and offer:
        return _take_offer(request, offer, form)  # type: ignore[arg-type]
    if form.is_valid():
        take = _take if request.person else _prove_first
        return take(request, workshop, form)  # type: ignore[arg-type]
    page = queries.workshop_page(workshop, by=request.actor, now=request.now)
    if offer:
        page = replace(page, why_not_book=rules.why_not_answer(offer, by=request.actor, now=request.now))
    if page.own_seat:
        return see_other("seat", page.own_seat.public_id)
    status = 422 if form.is_bound else 200
    context = {"page": page, "form": form, "offer": offer}
    return render(request, "workshops/pages/take_seat.html", context, status=status)


def _own_offer(request: Request, workshop: Workshop) -> Offer | None:
    """What the queue holds here for whoever asks."""
    own = Offer.objects.own(request.actor).filter(workshop=workshop).select_related("queue_place")
    key = request.GET.get("offer", "")
    return own.filter(public_id=key).first() if key else None


def _form(request: Request) -> SeatForm:
    sent = request.POST if request.method == "POST" else None
    name = request.GET.get("name", "") or (request.person.name if request.person else "")
    initial = {"name": name, "company": request.GET.get("company", "")}
    return SeatForm(sent, initial=initial) if request.person else StrangerSeatForm(sent, initial=initial)


def _take(request: SignedIn, workshop: Workshop, form: SeatForm) -> HttpResponse:
    seat = actions.book(workshop, request.person, **form.cleaned_data, by=request.actor, now=request.now)
    messages.success(request, _("You have a seat. A letter is on its way to you."))
    return see_other("seat", seat.public_id)


def _take_offer(request: SignedIn, offer: Offer, form: SeatForm) -> HttpResponse:
    """Further seats of the offer get their people later."""
    me = Attendee(form.cleaned_data["name"], request.person.email, form.cleaned_data["company"])
    basket = Basket((me,), unnamed=offer.seats - 1)
    bought = actions.take_offer(offer, basket, by=request.actor, now=request.now)
    messages.success(request, _("You have a seat. A letter is on its way to you."))
    return see_other("seat", bought.seats[0].public_id)


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
