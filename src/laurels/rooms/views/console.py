"""The trainer's console: the run sheet is conducted from here, and people are let in."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refusal, require
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.programmes.queries import exercises_of
from laurels.rooms import actions, queries
from laurels.rooms.forms import MinutesForm, StepForm, TeamsForm
from laurels.rooms.models import Activity, Participant, Room
from laurels.rooms.views.door import remember
from laurels.workshops.models import Workshop


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def desk_room(request: SignedIn, public_id: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.run_by(request.actor), public_id=public_id)
    room = Room.objects.filter(workshop=workshop).first()
    if request.method == "POST" and room is None:
        exercises = {pk: [each.plan for each in found] for pk, found in exercises_of(workshop.curriculum).items()}
        room = actions.open_room(workshop, exercises, by=request.actor, now=request.now)
    if room is None:
        return render(request, "rooms/pages/open_room.html", {"workshop": workshop})
    remember(request, actions.join_as_trainer(room, request.person, by=request.actor, now=request.now))
    return see_other("room-console", room.public_id)


@require_safe
@signed_in
def console(request: SignedIn, public_id: str) -> HttpResponse:
    room = _room(request, public_id)
    page = {"console": queries.console(room), "stage": queries.stage_bar(room), "form": TeamsForm()}
    is_part = "part" in request.GET
    return render(request, f"rooms/{'parts/console' if is_part else 'pages/console'}.html", page)


@require_POST
@signed_in
def activity(request: SignedIn, public_id: str, activity_id: int, noun: str) -> HttpResponse:
    room = _room(request, public_id)
    line = get_object_or_404(Activity.objects.filter(room=room).select_related("room__workshop"), pk=activity_id)
    MOVES[noun](line, request)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def pause(request: SignedIn, public_id: str) -> HttpResponse:
    room = _room(request, public_id)
    move = actions.thaw if room.is_frozen else actions.freeze
    move(room, by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def teams(request: SignedIn, public_id: str) -> HttpResponse:
    room = _room(request, public_id)
    form = TeamsForm(request.POST)
    require(None if form.is_valid() else Refusal("teams", _("Write how many teams you want, from 1 to 30.")))
    seed = int(request.now.timestamp())
    actions.make_teams(room, form.cleaned_data["count"], seed=seed, by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def participant(request: SignedIn, public_id: str, participant_id: int, noun: str) -> HttpResponse:
    room = _room(request, public_id)
    somebody = get_object_or_404(Participant.objects.present().filter(room=room), pk=participant_id)
    verbs = {"confirmation": actions.confirm, "removal": actions.remove, "hand": actions.lower_hand}
    verbs[noun](somebody, by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def closing(request: SignedIn, public_id: str) -> HttpResponse:
    room = _room(request, public_id)
    actions.close_room(room, by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


def _room(request: SignedIn, public_id: str) -> Room:
    rooms = Room.objects.conducted_by(request.actor).select_related("workshop__course")
    room = rooms.filter(public_id=public_id).first()
    if room is None:
        raise Http404
    return room


def _enter_step(line: Activity, request: SignedIn) -> None:
    form = StepForm(request.POST)
    require(None if form.is_valid() else Refusal("step", _("There is no such step.")))
    actions.enter_step(line, form.cleaned_data["step"], by=request.actor, now=request.now)


def _extend(line: Activity, request: SignedIn) -> None:
    form = MinutesForm(request.POST)
    require(None if form.is_valid() else Refusal("minutes", _("Extend by 1 to 60 minutes.")))
    actions.extend(line, form.cleaned_data["minutes"], by=request.actor, now=request.now)


MOVES: dict[str, Callable[[Activity, SignedIn], Any]] = {
    "start": lambda line, request: actions.start_activity(line, by=request.actor, now=request.now),
    "step": _enter_step,
    "extension": _extend,
    "end": lambda line, request: actions.end_activity(line, by=request.actor, now=request.now),
    "skip": lambda line, request: actions.skip(line, by=request.actor, now=request.now),
}
