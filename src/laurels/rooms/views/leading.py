"""Leading a room that belongs to no workshop, from inside it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.kernel.refusal import Refusal, Refused, require
from laurels.people.doors import Request
from laurels.rooms import actions, queries
from laurels.rooms.forms import MinutesForm
from laurels.rooms.models import Participant
from laurels.rooms.views.inside import inside


@require_safe
@inside
def people(request: Request, participant: Participant) -> HttpResponse:
    """Who is here, for whoever leads."""
    if not participant.is_trainer:
        raise Http404
    page = {"room": participant.room, "people": queries.people(participant.room)}
    return render(request, "rooms/pages/people.html", page | {"here": queries.here(participant.room)})


@require_POST
@inside
def moves(request: Request, participant: Participant, noun: str) -> HttpResponse:
    if participant.room.moves_itself and participant.takes_part and noun == "start":
        # Where nobody leads, whoever comes first begins.
        request.actor = request.actor.hosting(participant.room_id)
    MOVES[noun](participant, request)
    return redirect("room-people" if noun in OF_PEOPLE else "room", participant.room.public_id)


def _start(host: Participant, request: Request) -> None:
    line = host.room.activities.in_order().first()
    if line is None:
        raise Refused(Refusal("empty", _("There is nothing to begin here.")))
    actions.start_activity(line, by=request.actor, now=request.now)


def _extend(host: Participant, request: Request) -> None:
    form, line = MinutesForm(request.POST), host.room.activities.running().first()
    require(None if form.is_valid() else Refusal("minutes", _("Extend by 1 to 60 minutes.")))
    if line is None:
        raise Refused(Refusal("not-running", _("This is not running. Start it first.")))
    actions.extend(line, form.cleaned_data["minutes"], by=request.actor, now=request.now)


def _pause(host: Participant, request: Request) -> None:
    move = actions.thaw if host.room.is_frozen else actions.freeze
    move(host.room, by=request.actor, now=request.now)


def _close(host: Participant, request: Request) -> None:
    if line := host.room.activities.running().first():
        actions.end_activity(line, by=request.actor, now=request.now)
    actions.close_room(host.room, by=request.actor, now=request.now)


def _remove(host: Participant, request: Request) -> None:
    actions.remove(_chosen(host, request), by=request.actor, now=request.now)


def _share(host: Participant, request: Request) -> None:
    actions.share_lead(_chosen(host, request), by=request.actor, now=request.now)


def _chosen(host: Participant, request: Request) -> Participant:
    who = request.POST.get("who", "")
    return get_object_or_404(Participant.objects.taking_part(), room=host.room, pk=int(who) if who.isdecimal() else 0)


OF_PEOPLE = ("removal", "sharing")
MOVES: dict[str, Callable[[Participant, Request], Any]] = {
    "start": _start,
    "extension": _extend,
    "pause": _pause,
    "closing": _close,
    "removal": _remove,
    "sharing": _share,
}
