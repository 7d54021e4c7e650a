"""The trainer's console: the run sheet is conducted from here, and people are let in."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laurels.kernel.refusal import Refusal, Refused, require
from laurels.people.doors import SignedIn, see_other, signed_in
from laurels.programmes.queries import exercises_for, exercises_of
from laurels.rooms import actions, queries
from laurels.rooms.forms import LevelForm, LineForm, MinutesForm, PlacesForm, StepForm, TeamsForm
from laurels.rooms.models import Activity, Card, Contribution, Participant, Room
from laurels.rooms.views.door import remember
from laurels.workshops.models import Workshop
from laurels.workshops.queries import expected


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
    page["exercises"] = exercises_for(request.actor)
    is_part = "part" in request.GET
    if not is_part and room.workshop:
        page["expected"] = expected(room.workshop, by=request.actor)
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
    count, seed = form.cleaned_data["count"], int(request.now.timestamp())
    if "choice" in request.POST:
        actions.open_team_choice(room, count, by=request.actor, now=request.now)
    elif "closed" in request.POST:
        actions.close_team_choice(room, by=request.actor, now=request.now)
    else:
        actions.make_teams(room, count, seed=seed, by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def participant(request: SignedIn, public_id: str, participant_id: int, noun: str) -> HttpResponse:
    room = _room(request, public_id)
    somebody = get_object_or_404(Participant.objects.present().filter(room=room), pk=participant_id)
    PERSON_MOVES[noun](somebody, request)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def lines(request: SignedIn, public_id: str) -> HttpResponse:
    """A break, a talk or an exercise comes into the run sheet."""
    room, form = _room(request, public_id), LineForm(request.POST)
    require(None if form.is_valid() else Refusal("line", _("Write minutes as a number from 1 to 600.")))
    given = form.cleaned_data
    after = room.activities.filter(pk=given["after"]).first() if given["after"] else None
    if given["exercise"]:
        exercise = next((one for one in exercises_for(request.actor) if one.public_id == given["exercise"]), None)
        if exercise is None:
            raise Refused(Refusal("exercise", _("There is no such exercise. Choose one of the list.")))
        actions.add_exercise(room, exercise.plan, after=after, by=request.actor, now=request.now)
    else:
        title = given["title"] or (_("Break") if given["is_break"] else _("Talk"))
        minutes, is_break = given["minutes"] or 10, given["is_break"]
        actions.add_line(room, title, minutes, is_break=is_break, after=after, by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def roaming(request: SignedIn, public_id: str) -> HttpResponse:
    """Let people look around, or call everybody back."""
    room = _room(request, public_id)
    move = actions.let_roam if "roam" in request.POST else actions.gather
    move(room, by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def claim(request: SignedIn, public_id: str, claim_id: str) -> HttpResponse:
    room = _room(request, public_id)
    asked = get_object_or_404(room.claims, public_id=claim_id)
    actions.settle_claim(asked, is_theirs="yes" in request.POST, by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


@require_POST
@signed_in
def showing(request: SignedIn, public_id: str, card: str) -> HttpResponse:
    """A hidden card may be seen again."""
    room = _room(request, public_id)
    actions.show_card(get_object_or_404(Card, room=room, key=card), by=request.actor, now=request.now)
    return see_other("room-console", room.public_id)


@require_safe
@signed_in
def taking_part(request: SignedIn, public_id: str, activity_id: int) -> HttpResponse:
    """Who took part in one exercise so far, and the trainer's word where the rule cannot see it."""
    room = _room(request, public_id)
    line = get_object_or_404(room.activities.exclude(exercise=""), pk=activity_id)
    page = {"room": room, "line": line, "people": queries.who_took_part(line), "levels": Contribution.OTHERWISE}
    return render(request, "rooms/pages/taking_part.html", page)


@require_POST
@signed_in
def mark(request: SignedIn, public_id: str, activity_id: int, participant_id: int) -> HttpResponse:
    room, form = _room(request, public_id), LevelForm(request.POST)
    require(None if form.is_valid() else Refusal("level", _("Choose one of the three, or nothing.")))
    line = get_object_or_404(room.activities.all(), pk=activity_id)
    somebody = get_object_or_404(Participant.objects.present().filter(room=room), pk=participant_id)
    actions.mark(line, somebody, form.cleaned_data["level"], by=request.actor, now=request.now)
    return see_other("room-taking-part", room.public_id, line.pk)


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


def _move_line(line: Activity, request: SignedIn) -> None:
    form = PlacesForm(request.POST)
    require(None if form.is_valid() else Refusal("places", _("Say how many places, up or down.")))
    actions.move_line(line, form.cleaned_data["places"], by=request.actor, now=request.now)


def _move_person(somebody: Participant, request: SignedIn) -> None:
    team = get_object_or_404(somebody.room.teams, number=request.POST.get("team", "0"))
    actions.move_to_team(somebody, team, by=request.actor, now=request.now)


PERSON_MOVES: dict[str, Callable[[Participant, SignedIn], Any]] = {
    "confirmation": lambda somebody, request: actions.confirm(somebody, by=request.actor, now=request.now),
    "removal": lambda somebody, request: actions.remove(somebody, by=request.actor, now=request.now),
    "hand": lambda somebody, request: actions.lower_hand(somebody, by=request.actor, now=request.now),
    "team": _move_person,
}
MOVES: dict[str, Callable[[Activity, SignedIn], Any]] = {
    "start": lambda line, request: actions.start_activity(line, by=request.actor, now=request.now),
    "step": _enter_step,
    "extension": _extend,
    "end": lambda line, request: actions.end_activity(line, by=request.actor, now=request.now),
    "repeat": lambda line, request: actions.repeat(line, by=request.actor, now=request.now),
    "place": _move_line,
    "pace": lambda line, request: actions.set_pace(
        line, is_own=not line.is_own_pace, by=request.actor, now=request.now
    ),
    "skip": lambda line, request: actions.skip(line, by=request.actor, now=request.now),
}
