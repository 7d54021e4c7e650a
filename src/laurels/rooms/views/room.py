"""A participant's screen: what runs now, their canvas, their own corner of it."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.kernel.refusal import Refusal, require
from laurels.people.doors import Request
from laurels.rooms import actions, queries
from laurels.rooms.kinds import drawing
from laurels.rooms.kinds.scene import Eyes
from laurels.rooms.models import Canvas, Participant, Room
from laurels.rooms.views.door import participant_of

# A person writes a few cards a minute; a burst of twenty and then five a second is already no person.
BURST, EACH_SECOND = 20, 5.0
_paces: dict[int, tuple[float, float]] = {}


def inside(
    view: Callable[Concatenate[Request, Participant, ...], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view for those who came in through the door; for others there is nothing here."""

    @wraps(view)
    def screen(request: Request, *, public_id: str, **kwargs: Any) -> HttpResponse:
        room = get_object_or_404(Room.objects.select_related("workshop"), public_id=public_id)
        participant = participant_of(request, room)
        if participant is None:
            raise Http404
        participant.room = room
        return view(request, participant, **kwargs)

    return screen


@require_safe
@inside
def room(request: Request, participant: Participant) -> HttpResponse:
    seq = queries.latest_seq(participant.room)
    canvases = queries.canvases_seen(participant.room, participant)[:1]
    drawn = [_drawn(request, participant, pk) for pk in canvases]
    page = {"room": participant.room, "me": participant, "seq": seq, "canvas": drawn[0] if drawn else None}
    return render(request, "rooms/pages/room.html", page | {"stage": queries.stage_bar(participant.room)})


@require_safe
@inside
def presenter(request: Request, participant: Participant) -> HttpResponse:
    if not participant.is_trainer:
        raise Http404
    seq = queries.latest_seq(participant.room)
    canvases = queries.canvases_seen(participant.room, participant, is_presenter=True)
    drawn = [_drawn(request, participant, pk, eyes=Eyes(is_presenter=True)) for pk in canvases]
    page = {"room": participant.room, "seq": seq, "canvases": drawn, "stage": queries.stage_bar(participant.room)}
    return render(request, "rooms/pages/presenter.html", page)


@require_POST
@inside
def acts(request: Request, participant: Participant, canvas_id: int) -> HttpResponse:
    require(why_not_so_fast(participant.pk, time.monotonic()))
    canvas = _canvas(participant, canvas_id)
    form = {name: request.POST.getlist(name) for name in request.POST}
    verb = form.pop("verb", [""])[-1]
    done = actions.act(canvas, participant, verb, form, by=request.actor, now=request.now)
    return _answer(participant, done.canvas)


@require_safe
@inside
def own(request: Request, participant: Participant, canvas_id: int) -> HttpResponse:
    return _answer(participant, _canvas(participant, canvas_id))


@require_safe
@inside
def sheet(request: Request, participant: Participant, canvas_id: int, card: str) -> HttpResponse:
    canvas = _canvas(participant, canvas_id)
    desk = queries.desk_of(canvas)
    stage = desk.stage(queries.canvas_address(participant.room, canvas))
    drawn = drawing.sheet(desk.kind, card, stage, queries.hand_of(participant))
    if drawn is None:
        raise Http404
    return HttpResponse(drawn)


@require_POST
@inside
def hand(request: Request, participant: Participant) -> HttpResponse:
    move = actions.lower_hand if participant.hand_at else actions.raise_hand
    participant = move(participant, by=request.actor, now=request.now)
    if request.headers.get("Accept", "").startswith("application/json"):
        return render(request, "rooms/parts/hand.html", {"me": participant, "room": participant.room})
    return redirect("room", participant.room.public_id)


def why_not_so_fast(participant: int, at: float) -> Refusal | None:
    """Tokens for a burst, filled up again with time; who floods is slowed, and the others do not notice."""
    tokens, since = _paces.get(participant, (float(BURST), at))
    tokens = min(BURST, tokens + (at - since) * EACH_SECOND)
    _paces[participant] = (max(0.0, tokens - 1), at)
    if tokens < 1:
        return Refusal("slow", _("That was very fast. Take a breath; your words are still here."))
    return None


def _canvas(participant: Participant, canvas_id: int) -> Canvas:
    """A canvas of this room; a team's own work is shown to others only once it is over."""
    canvas = get_object_or_404(Canvas.objects.with_activity(), pk=canvas_id, activity__room=participant.room)
    is_home = participant.is_trainer or canvas.team_id in (None, participant.team_id)
    steps = canvas.activity.steps
    if not is_home and not steps[canvas.activity.step].get("visitors"):
        raise Http404
    return canvas


def _answer(participant: Participant, canvas: Canvas) -> HttpResponse:
    """The participant's own part; the shared ones reach them with everybody else's."""
    desk = queries.desk_of(canvas)
    stage = desk.stage(queries.canvas_address(participant.room, canvas))
    return HttpResponse(drawing.own(desk.kind, stage, queries.hand_of(participant)))


def _drawn(request: Request, participant: Participant, pk: int, *, eyes: Eyes | None = None) -> dict[str, str]:
    canvas = Canvas.objects.with_activity().get(pk=pk)
    desk = queries.desk_of(canvas)
    address = queries.canvas_address(participant.room, canvas)
    stage = desk.stage(address)
    whole = drawing.shared(desk.kind, ["canvas"], stage, eyes or Eyes())
    mine = "" if eyes else drawing.own(desk.kind, stage, queries.hand_of(participant))
    return {"whole": whole, "own": mine, "address": address, "team": stage.team}
