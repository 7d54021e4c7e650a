"""A participant's screen: what runs now, their canvas, their own corner of it; and the presenter's."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from laurels.people.doors import Request
from laurels.rooms import queries
from laurels.rooms.kinds import drawing
from laurels.rooms.kinds.scene import Eyes
from laurels.rooms.models import Canvas, Participant
from laurels.rooms.views.door import remember
from laurels.rooms.views.inside import inside, is_done, leading, taking_of, writers


@require_safe
@inside
def room(request: Request, participant: Participant) -> HttpResponse:
    elsewhere = queries.where_now(participant)
    if elsewhere is not None:
        remember(request, elsewhere)
        return redirect("room", elsewhere.room.public_id)
    seq = queries.latest_seq(participant.room)
    canvases = queries.canvases_seen(participant.room, participant)
    shown = _chosen(canvases, request) if participant.is_trainer else canvases
    drawn = [_drawn(request, participant, pk) for pk in shown]
    page = {"seq": seq, "canvases": drawn, "tables": canvases if participant.is_trainer else []}
    return render(request, "rooms/pages/room.html", page | _frame(request, participant, shown))


@require_safe
@inside
def looking(request: Request, participant: Participant, activity_id: int) -> HttpResponse:
    """What was made earlier, to be read; open to all when the trainer lets people look around, else one's own."""
    activity = get_object_or_404(queries.places_to_look(participant.room), pk=activity_id)
    canvases = queries.canvases_to_look_at(participant.room, participant, activity)
    drawn = [_drawn(request, participant, pk, eyes=Eyes()) for pk in canvases if _may_look(participant, pk)]
    compared = queries.together(activity) if len(drawn) > 1 else ""
    page = {"canvases": drawn, "activity": activity, "seq": queries.latest_seq(participant.room), "together": compared}
    return render(request, "rooms/pages/looking.html", page | _frame(request, participant, []))


@require_safe
@inside
def presenter(request: Request, participant: Participant) -> HttpResponse:
    if not participant.is_trainer:
        raise Http404
    seq = queries.latest_seq(participant.room)
    canvases = queries.canvases_seen(participant.room, participant, is_presenter=True)
    drawn = [_drawn(request, participant, pk, eyes=Eyes(is_presenter=True)) for pk in canvases]
    page = {
        "room": participant.room,
        "seq": seq,
        "canvases": drawn,
        "stage": queries.stage_bar(participant.room),
        "together": queries.together_now(participant.room),
    }
    return render(request, "rooms/pages/presenter.html", page)


def _frame(request: Request, participant: Participant, canvases: list[int]) -> dict[str, Any]:
    """What stands around the work on a participant's screen."""
    room = participant.room
    canvas = Canvas.objects.with_activity().filter(pk__in=canvases[:1]).first()
    who, others = writers(request, participant)
    return {
        "room": room,
        "me": participant,
        "is_done": is_done(participant),
        "stage": queries.stage_bar(room, canvas),
        "taking": taking_of(who, queries.desk_of(canvas)) if canvas else None,
        "teams": list(room.teams.order_by("number")) if room.lets_choose else [],
        "places": queries.places_to_look(room),
        "at_table": queries.sitters(participant) if participant.may_share else [],
        "seats": queries.free_seats(room) if participant.is_table else [],
        "writer": "all" if others else who.pk,
        **leading(participant, canvas),
    }


def _may_look(participant: Participant, canvas_id: int) -> bool:
    """One's own team's work always; that of others when people may look around."""
    if participant.is_trainer or participant.room.is_free:
        return True
    return Canvas.objects.filter(Q(team=None) | Q(team=participant.team_id), pk=canvas_id).exists()


def _chosen(canvases: list[int], request: Request) -> list[int]:
    """The table a trainer works along with: the one asked for, else the first."""
    asked = [pk for pk in canvases if str(pk) == request.GET.get("table")]
    return asked or canvases[:1]


def _drawn(request: Request, participant: Participant, pk: int, *, eyes: Eyes | None = None) -> dict[str, Any]:
    canvas = Canvas.objects.with_activity().get(pk=pk)
    desk = queries.desk_of(canvas)
    address = queries.canvas_address(participant.room, canvas)
    stage = desk.stage(address)
    whole = drawing.shared(desk.kind, ["canvas"], stage, eyes or Eyes())
    who, _others = writers(request, participant)
    mine = "" if eyes else drawing.own(desk.kind, stage, queries.hand_of(who))
    is_visit = not participant.is_trainer and canvas.team_id not in (None, participant.team_id)
    return {"pk": pk, "whole": whole, "own": mine, "address": address, "team": stage.team, "is_visit": is_visit}
