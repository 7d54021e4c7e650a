"""What people do about themselves: a hand, "I'm done", a team, a shared device."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from laurels.kernel.refusal import Refusal, Refused, require
from laurels.people.doors import Request
from laurels.rooms import actions
from laurels.rooms.kinds import clean
from laurels.rooms.models import Participant
from laurels.rooms.views.door import seat_of
from laurels.rooms.views.inside import inside, is_done, parts_or_page, write_as


@require_POST
@inside
def hand(request: Request, participant: Participant) -> HttpResponse:
    move = actions.lower_hand if participant.hand_at else actions.raise_hand
    participant = move(participant, by=request.actor, now=request.now)
    return parts_or_page(request, participant, lambda: _foot(request, participant))


@require_POST
@inside
def done(request: Request, participant: Participant) -> HttpResponse:
    participant = actions.say_done(participant, is_done="yes" in request.POST, by=request.actor, now=request.now)
    return parts_or_page(request, participant, lambda: _foot(request, participant))


@require_POST
@inside
def team(request: Request, participant: Participant) -> HttpResponse:
    """Choose a team, or give one's own a name."""
    if "name" in request.POST:
        if participant.team is None:
            raise Refused(Refusal("no-team", _("Choose a team first.")))
        name = clean(request.POST["name"])[:60]
        actions.name_team(participant.team, name, participant, by=request.actor, now=request.now)
    else:
        chosen = get_object_or_404(participant.room.teams, number=request.POST.get("team", 0))
        actions.choose_team(participant, chosen, by=request.actor, now=request.now)
    return redirect("room", participant.room.public_id)


@require_POST
@inside
def sitters(request: Request, participant: Participant) -> HttpResponse:
    """Somebody sits down at a shared device."""
    if participant.room.workshop_id is None:
        name = clean(request.POST.get("name", ""))[:60]
        require(None if name else Refusal("name", _("Write who sits down."), "name"))
        sitter = actions.sit_down_by_name(participant, name, by=request.actor, now=request.now)
    else:
        seat = seat_of(participant.room, request.POST.get("seat", ""))
        sitter = actions.sit_down(participant, seat, by=request.actor, now=request.now)
    write_as(request, participant, str(sitter.pk))
    return redirect("room", participant.room.public_id)


@require_POST
@inside
def writer(request: Request, participant: Participant) -> HttpResponse:
    """Who at the table is writing from now on; ``all`` is everybody together."""
    write_as(request, participant, request.POST.get("writer", ""))
    return redirect("room", participant.room.public_id)


def _foot(request: Request, participant: Participant) -> HttpResponse:
    page = {"me": participant, "room": participant.room, "is_done": is_done(participant)}
    return render(request, "rooms/parts/foot.html", page)
