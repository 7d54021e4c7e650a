"""Inside a room: who came in through the door, and for whom their screen acts."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from laurels.people.doors import Request
from laurels.rooms import queries
from laurels.rooms.models import Canvas, Participant, Room


def inside(
    view: Callable[Concatenate[Request, Participant, ...], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view for those who came in through the door; for others there is nothing here."""

    @wraps(view)
    def screen(request: Request, *, public_id: str, **kwargs: Any) -> HttpResponse:
        held = list(request.session.get("rooms", {}).values())
        inside = Participant.objects.present().filter(pk__in=held, room__public_id=public_id).select_related("room")
        participant = get_object_or_404(inside) if held else None
        if participant is None:
            raise Http404
        if participant.is_trainer and participant.room.workshop_id is None:
            request.actor = request.actor.hosting(participant.room_id)
        return view(request, participant, **kwargs)

    return screen


def writers(request: Request, participant: Participant) -> tuple[Participant, list[Participant]]:
    """For whom this screen acts: its own participant; at a shared device who writes, and who does it with them."""
    at_table = queries.sitters(participant) if participant.may_share else []
    chosen = request.session.get("writers", {}).get(str(participant.pk), "")
    if chosen == "all" and at_table:
        return at_table[0], at_table[1:]
    return next((one for one in at_table if str(one.pk) == chosen), participant), []


def write_as(request: Request, table: Participant, chosen: str) -> None:
    request.session["writers"] = request.session.get("writers", {}) | {str(table.pk): chosen}


def taking_of(who: Participant, desk: queries.Desk) -> dict[str, str] | None:
    """How far somebody has taken part by now, beside the rule in words; nothing for those who only help or watch."""
    if not who.takes_part:
        return None
    return {"level": queries.level_of(who, desk), "says": desk.plan.taking_part.says}


def leading(participant: Participant, canvas: Canvas | None) -> dict[str, Any]:
    """What the corner of whoever leads a room without a workshop shows; for everybody else nothing."""
    room = participant.room
    if not participant.is_trainer or room.workshop_id is not None or room.state == Room.State.CLOSED:
        return {"leads": False}
    stage = queries.stage_bar(room, canvas)
    following = stage.activity.steps[stage.number] if stage.activity and stage.canvas and not stage.is_last else None
    return {"leads": True, "stage": stage, "next_step": following, "room": room, "crowd": queries.crowd(room, stage)}


def is_done(participant: Participant) -> bool:
    running = participant.room.activities.running().first()
    return participant.pk in queries.people_done([running] if running else [], [participant])


def parts_or_page(request: Request, participant: Participant, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Parts for a screen that sent it by itself; the page again for one that did not."""
    if request.headers.get("Accept", "").startswith("application/json"):
        return answer()
    return redirect("room", participant.room.public_id)
