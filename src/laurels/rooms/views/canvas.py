"""Working on a canvas: acts, one's own corner of it, a card's sheet."""

import time

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laurels.kernel.refusal import Refusal, require
from laurels.people.doors import Request
from laurels.rooms import actions, queries
from laurels.rooms.forms import StepForm
from laurels.rooms.kinds import drawing
from laurels.rooms.models import Canvas, Card, Participant
from laurels.rooms.views.inside import inside, leading, parts_or_page, taking_of, writers

# A person writes a few cards a minute; a burst of twenty and then five a second is already no person.
BURST, EACH_SECOND = 20, 5.0
_paces: dict[int, tuple[float, float]] = {}


@require_POST
@inside
def acts(request: Request, participant: Participant, canvas_id: int) -> HttpResponse:
    require(why_not_so_fast(participant.pk, time.monotonic()))
    writer, others = writers(request, participant)
    form = {name: request.POST.getlist(name) for name in request.POST}
    verb = form.pop("verb", [""])[-1]
    # Whoever leads from a device that others write at leads as themselves.
    leads = form.pop("lead", None) and participant.is_trainer
    who, together = (participant, []) if leads else (writer, others)
    try:
        desk = actions.act(canvas_id, who, verb, form, together=together, by=request.actor, now=request.now)
    except Canvas.DoesNotExist as unknown:
        raise Http404 from unknown
    return own_answer(request, participant, desk, writer)


@require_safe
@inside
def own(request: Request, participant: Participant, canvas_id: int) -> HttpResponse:
    desk = queries.desk_of(canvas_of(participant, canvas_id))
    return own_answer(request, participant, desk, writers(request, participant)[0])


@require_safe
@inside
def sheet(request: Request, participant: Participant, canvas_id: int, card: str) -> HttpResponse:
    canvas = canvas_of(participant, canvas_id)
    desk = queries.desk_of(canvas)
    stage = desk.stage(queries.canvas_address(participant.room, canvas))
    writer, _others = writers(request, participant)
    drawn = drawing.sheet(desk.kind, card, stage, queries.hand_of(writer))
    if drawn is None:
        raise Http404
    page = {"sheet": drawn, "hiding": f"{stage.sheets}/{card}/hiding", "is_trainer": participant.is_trainer}
    return render(request, "rooms/parts/sheet.html", page)


@require_POST
@inside
def hiding(request: Request, participant: Participant, canvas_id: int, card: str) -> HttpResponse:
    """The trainer keeps a card from all screens."""
    canvas = canvas_of(participant, canvas_id)
    found = get_object_or_404(Card, room=participant.room, key=card)
    actions.hide_card(found, by=request.actor, now=request.now)
    return own_answer(request, participant, queries.desk_of(canvas), writers(request, participant)[0])


@require_POST
@inside
def step(request: Request, participant: Participant, canvas_id: int) -> HttpResponse:
    """A team goes to a step at its own pace."""
    form = StepForm(request.POST)
    require(None if form.is_valid() else Refusal("step", _("There is no such step.")))
    canvas, (writer, _others) = canvas_of(participant, canvas_id), writers(request, participant)
    who = participant if participant.is_trainer else writer
    canvas = actions.go_on(canvas, who, form.cleaned_data["step"], by=request.actor, now=request.now)
    return parts_or_page(
        request, participant, lambda: own_answer(request, participant, queries.desk_of(canvas), writer)
    )


def why_not_so_fast(participant: int, at: float) -> Refusal | None:
    """Tokens for a burst, filled up again with time; who floods is slowed, and the others do not notice."""
    tokens, since = _paces.get(participant, (float(BURST), at))
    tokens = min(BURST, tokens + (at - since) * EACH_SECOND)
    _paces[participant] = (max(0.0, tokens - 1), at)
    if tokens < 1:
        return Refusal("slow", _("That was very fast. Take a breath; your words are still here."))
    return None


def canvas_of(participant: Participant, canvas_id: int) -> Canvas:
    """A canvas of this room; another team's only while it has visitors."""
    canvas = get_object_or_404(Canvas.objects.with_activity(), pk=canvas_id, activity__room=participant.room)
    is_home = participant.is_trainer or canvas.team_id in (None, participant.team_id)
    if not is_home and not canvas.activity.steps[canvas.step].get("visitors"):
        raise Http404
    return canvas


def own_answer(request: Request, participant: Participant, desk: queries.Desk, who: Participant) -> HttpResponse:
    """The participant's own part and how far they took part; what is shared reaches them with everybody else's."""
    stage = desk.stage(queries.canvas_address(participant.room, desk.canvas))
    drawn = drawing.own(desk.kind, stage, queries.hand_of(who))
    drawn += render_to_string("rooms/parts/taking.html", {"taking": taking_of(who, desk)})
    corner = leading(participant, desk.canvas)
    return HttpResponse(drawn + (render_to_string("rooms/parts/lead.html", corner) if corner["leads"] else ""))
