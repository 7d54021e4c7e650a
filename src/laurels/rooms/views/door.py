"""The way into a room: a code, one's seat, no account."""

import io
from datetime import timedelta

import segno
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refusal, Refused, require
from laurels.people.doors import Request, see_other
from laurels.rooms import actions, queries, rules
from laurels.rooms.forms import CodeForm, GuestForm, NameForm
from laurels.rooms.models import Participant, Room, SeatLink
from laurels.workshops.models import Seat

TRIES, WAIT = 10, timedelta(minutes=10)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        require(why_not_try(request))
        if room := Room.objects.with_code(form.cleaned_data["code"]).first():
            return see_other("room-door", room.code)
        _count_try(request)
        form.add_error("code", _("No open room has this code. Look at the trainer's screen again."))
    return render(request, "rooms/pages/join.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def door(request: Request, code: str) -> HttpResponse:
    room = _room(request, code)
    if participant_of(request, room):
        return see_other("room", room.public_id)
    if room.workshop is None:
        form = NameForm(initial={"name": request.person.name if request.person else ""})
        return render(request, "rooms/pages/open_door.html", {"room": room, "form": form})
    seats, taken = queries.free_seats(room), queries.taken_seats(room)
    own = next((seat for seat in [*seats, *taken] if seat.person_id == request.actor.person_id), None)
    page = {"room": room, "seats": seats, "taken": taken, "own": own, "form": GuestForm()}
    return render(request, "rooms/pages/door.html", page)


@require_POST
def participants(request: Request, code: str) -> HttpResponse:
    """Come in with a seat, as a guest, or as a device that a table shares."""
    room = _room(request, code)
    if "seat" in request.POST:
        seat = seat_of(room, request.POST["seat"])
        participant = actions.take_seat(room, seat, by=request.actor, now=request.now)
    elif "table" in request.POST:
        participant = actions.join_as_table(room, _("A table"), by=request.actor, now=request.now)
    elif room.home:
        # The page it belongs to knows who has a place, and how many are left.
        return HttpResponseRedirect(f"{room.home}/door")
    elif room.workshop is None:
        participant = _attend(request, room)
    else:
        form = GuestForm(request.POST)
        refusal = Refusal("name", _("Write your name, so that the others know who watches."))
        require(None if form.is_valid() else refusal)
        participant = actions.join_as_guest(room, form.cleaned_data["name"], by=request.actor, now=request.now)
    remember(request, participant)
    return see_other("room", room.public_id)


def _attend(request: Request, room: Room) -> Participant:
    form = NameForm(request.POST)
    require(None if form.is_valid() else Refusal("name", _("Write the name that the others call you by."), "name"))
    person = request.person or None
    return actions.attend(room, form.cleaned_data["name"], person=person, by=request.actor, now=request.now)


@require_POST
def claims(request: Request, code: str) -> HttpResponse:
    """The chosen seat is taken: ask the trainer."""
    room = _room(request, code)
    seat = seat_of(room, request.POST.get("seat", ""))
    claim = actions.claim_seat(room, seat, by=request.actor, now=request.now)
    return see_other("room-claim", room.code, claim.public_id)


@require_safe
def claim(request: Request, code: str, public_id: str) -> HttpResponse:
    """Where somebody waits for the trainer's word; its address is known to their browser only."""
    room = _room(request, code)
    asked = get_object_or_404(room.claims.select_related("seat", "participant"), public_id=public_id)
    if asked.participant and asked.participant.removed_at is None:
        remember(request, asked.participant)
        return see_other("room", room.public_id)
    return render(request, "rooms/pages/claim.html", {"room": room, "claim": asked})


@require_POST
def links(request: Request, code: str) -> HttpResponse:
    """Send a one-time link to the address a seat was booked with."""
    room = _room(request, code)
    seat = seat_of(room, request.POST.get("seat", ""))
    actions.send_seat_link(room, seat, by=request.actor, now=request.now)
    messages.success(request, _("A link is on its way to the address this seat was booked with."))
    return see_other("room-door", room.code)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_link(request: Request, secret: str) -> HttpResponse:
    """Looking at a one-time link does nothing, since mail scanners look too; pressing the button uses it."""
    link = SeatLink.objects.with_secret(secret).select_related("room__workshop__course", "seat").first()
    if link is None:
        raise Http404
    if request.method == "POST":
        remember(request, actions.use_seat_link(secret, by=request.actor, now=request.now))
        return see_other("room", link.room.public_id)
    refusal = rules.why_not_use_link(link, request.now)
    return render(request, "rooms/pages/seat_link.html", {"link": link, "refusal": refusal})


@require_safe
def qr(request: Request, code: str) -> HttpResponse:
    """The way in as a picture for phones."""
    room = _room(request, code)
    picture = io.BytesIO()
    address = f"{settings.PUBLIC_URL}{reverse('room-door', args=[room.code])}"
    segno.make(address, error="m", micro=False).save(picture, kind="svg", scale=6, border=2, xmldecl=False)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def seat_of(room: Room, public_id: str) -> Seat:
    """A seat of the room's workshop; Http404 for any other, and in a room without seats."""
    return get_object_or_404(Seat, workshop=room.workshop, workshop__isnull=False, public_id=public_id)


def participant_of(request: Request, room: Room) -> Participant | None:
    """Whom this browser has come in as, unless they were sent away."""
    held = request.session.get("rooms", {}).get(str(room.pk))
    return Participant.objects.present().filter(pk=held, room=room).first() if held else None


def remember(request: Request, participant: Participant) -> None:
    actions.remember(request.session, participant)


def why_not_try(request: Request) -> Refusal | None:
    """Codes are short, so guessing is slow: ten wrong ones from one place, then wait."""
    if cache.get(_key(request), 0) >= TRIES:
        return Refusal("wait", _("Too many wrong codes from here. Wait ten minutes, or ask the trainer for the link."))
    return None


def _count_try(request: Request) -> None:
    cache.add(_key(request), 0, WAIT.total_seconds())
    cache.incr(_key(request))


def _key(request: Request) -> str:
    return f"room-codes:{request.META['REMOTE_ADDR']}"


def _room(request: Request, code: str) -> Room:
    if refusal := why_not_try(request):
        raise Refused(refusal)
    room = Room.objects.with_code(code).select_related("workshop__course").first()
    if room is None:
        _count_try(request)
        raise Http404
    return room
