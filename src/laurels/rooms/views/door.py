"""The way into a room: a code, one's seat, no account."""

from datetime import timedelta

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refusal, Refused, require
from laurels.people.doors import Request, see_other
from laurels.rooms import actions, queries
from laurels.rooms.forms import CodeForm, GuestForm
from laurels.rooms.models import Participant, Room

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
    own = next((seat for seat in queries.free_seats(room) if seat.person_id == request.actor.person_id), None)
    page = {"room": room, "seats": queries.free_seats(room), "own": own, "form": GuestForm()}
    return render(request, "rooms/pages/door.html", page)


@require_POST
def participants(request: Request, code: str) -> HttpResponse:
    room = _room(request, code)
    if "seat" in request.POST:
        seat = get_object_or_404(room.workshop.seats, public_id=request.POST["seat"])
        participant = actions.take_seat(room, seat, by=request.actor, now=request.now)
    else:
        form = GuestForm(request.POST)
        require(
            None if form.is_valid() else Refusal("name", _("Write your name, so that the others know who watches."))
        )
        participant = actions.join_as_guest(room, form.cleaned_data["name"], by=request.actor, now=request.now)
    remember(request, participant)
    return see_other("room", room.public_id)


def participant_of(request: Request, room: Room) -> Participant | None:
    """Whom this browser has come in as, unless they were sent away."""
    held = request.session.get("rooms", {}).get(str(room.pk))
    return Participant.objects.present().filter(pk=held, room=room).first() if held else None


def remember(request: Request, participant: Participant) -> None:
    request.session["rooms"] = request.session.get("rooms", {}) | {str(participant.room_id): participant.pk}


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
