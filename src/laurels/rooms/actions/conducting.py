from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec
from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.rooms import facts, queries, rules
from laurels.rooms.actions.acting import keep
from laurels.rooms.kinds import kinds, read_plan
from laurels.rooms.models import Activity, Canvas, Participant, Room, Team

State = Activity.State


@transaction.atomic
def start_activity(activity: Activity, *, by: Actor, now: datetime) -> Activity:
    """Begin a line of the run sheet on everybody's screen, with a canvas for each team. Raises Refused."""
    room, activity = _locked(activity)
    if activity.state == State.RUNNING:
        return activity
    running = room.activities.running().first()
    require(rules.why_not_conduct(room, by=by) or rules.why_not_start(activity, running))
    activity.state, activity.step, activity.step_at, activity.ended_at = State.RUNNING, 0, now, None
    activity.began_at = now
    activity.ends_at = now + timedelta(minutes=_minutes(activity, 0))
    activity.save(update_fields=["state", "step", "step_at", "began_at", "ended_at", "ends_at"])
    activity.canvases.update(step=0, ends_at=activity.ends_at)
    record(room.topic, facts.ActivityStarted(room.pk, activity.pk), by=by, at=now)
    if activity.is_exercise and not activity.canvases.exists():
        for team in _tables(room, activity):
            _lay_out(activity, team, by=by, now=now)
    return activity


@transaction.atomic
def enter_step(activity: Activity, step: int, *, by: Actor, now: datetime) -> Activity:
    """Move every canvas of a running exercise to ``step`` (from 0), forward or back. Raises Refused."""
    room, activity = _locked(activity)
    if activity.step == step and activity.state == State.RUNNING:
        return activity
    steps = len(activity.plan.get("step", []))
    require(rules.why_not_conduct(room, by=by) or rules.why_not_enter(activity, step, steps))
    activity.step, activity.step_at, activity.ends_at = step, now, now + timedelta(minutes=_minutes(activity, step))
    activity.save(update_fields=["step", "step_at", "ends_at"])
    record(room.topic, facts.StepEntered(room.pk, activity.pk, step), by=by, at=now)
    for pk in activity.canvases.order_by("pk").values_list("pk", flat=True):
        step_to(Canvas.objects.lock(pk), step, by=by, now=now)
    return activity


@transaction.atomic
def go_on(canvas: Canvas, participant: Participant, step: int, *, by: Actor, now: datetime) -> Canvas:
    """Take one team to a step where teams go at their own pace. Raises Refused."""
    canvas = Canvas.objects.lock(canvas.pk)
    if canvas.step == step:
        return canvas
    require(rules.why_not_go_on(canvas, participant, step))
    activity, room = canvas.activity, canvas.activity.room
    record(room.topic, facts.CanvasStepped(room.pk, activity.pk, canvas.pk, step), by=by, at=now)
    return step_to(canvas, step, by=by, now=now)


@transaction.atomic
def extend(activity: Activity, minutes: int, *, by: Actor, now: datetime) -> Activity:
    """Give the timer more minutes, counted from now when it has rung already. Raises Refused."""
    room, activity = _locked(activity)
    require(rules.why_not_conduct(room, by=by) or rules.why_not_extend(activity, minutes))
    activity.ends_at = max(activity.ends_at or now, now) + timedelta(minutes=minutes)
    activity.save(update_fields=["ends_at"])
    for canvas in activity.canvases.filter(ends_at__isnull=False).select_related("activity__room", "team"):
        canvas.ends_at = max(canvas.ends_at or now, now) + timedelta(minutes=minutes)
        desk = queries.desk_of(canvas)
        canvas.due_at = queries.due_at(desk, desk.state, now)
        canvas.save(update_fields=["ends_at", "due_at"])
    record(room.topic, facts.TimerExtended(room.pk, activity.pk), by=by, at=now)
    return activity


@transaction.atomic
def end_activity(activity: Activity, *, by: Actor, now: datetime) -> Activity:
    """Close a running line of the run sheet; what was made stays to be read. Raises Refused."""
    room, activity = _locked(activity)
    if activity.state == State.ENDED:
        return activity
    require(rules.why_not_conduct(room, by=by) or rules.why_not_end(activity))
    activity.runs.append([(activity.began_at or now).isoformat(), now.isoformat()])
    activity.state, activity.ended_at, activity.ends_at = State.ENDED, now, None
    activity.save(update_fields=["state", "ended_at", "ends_at", "runs"])
    record(room.topic, facts.ActivityEnded(room.pk, activity.pk), by=by, at=now)
    return activity


@transaction.atomic
def skip(activity: Activity, *, by: Actor, now: datetime) -> Activity:
    """Leave a planned line out. Raises Refused."""
    room, activity = _locked(activity)
    if activity.state == State.SKIPPED:
        return activity
    require(rules.why_not_conduct(room, by=by) or rules.why_not_skip(activity))
    activity.state = State.SKIPPED
    activity.save(update_fields=["state"])
    record(room.topic, facts.ActivitySkipped(room.pk, activity.pk), by=by, at=now)
    return activity


def _locked(activity: Activity) -> tuple[Room, Activity]:
    room = Room.objects.lock(activity.room_id)
    activity = Activity.objects.get(pk=activity.pk)
    activity.room = room
    return room, activity


def _minutes(activity: Activity, step: int) -> int:
    """The step's own minutes; a talk, a break and a step without minutes have the whole line's."""
    steps = activity.plan.get("step", [])
    return (steps[step].get("minutes") if steps else 0) or activity.minutes


def _tables(room: Room, activity: Activity) -> Iterator[Team | None]:
    teams = list(room.teams.order_by("number")) if activity.plan.get("per", "team") == "team" else []
    yield from teams
    if not teams:
        yield None


def _lay_out(activity: Activity, team: Team | None, *, by: Actor, now: datetime) -> Canvas:
    """A team's canvas, with what flows in from its earlier exercises."""
    plan = read_plan(activity.plan)
    kind = kinds()[plan.kind]
    before = queries.state_to_continue(activity, team, plan)
    state = before or kind.begin(plan, queries.brought(activity, team, plan), activity.seed)
    text = msgspec.json.encode(state).decode()
    canvas = Canvas.objects.create(activity=activity, team=team, state=text, began=text, ends_at=activity.ends_at)
    _enter(canvas, by=by, now=now)
    return canvas


def step_to(canvas: Canvas, step: int, *, by: Actor, now: datetime) -> Canvas:
    """Take a canvas to a step, inside the open transaction that holds its row."""
    canvas.step, canvas.ends_at = step, now + timedelta(minutes=_minutes(canvas.activity, step))
    canvas.save(update_fields=["step", "ends_at"])
    _enter(canvas, by=by, now=now)
    return canvas


def _enter(canvas: Canvas, *, by: Actor, now: datetime) -> None:
    """Let the kind do what the beginning of the activity's step does."""
    desk = queries.desk_of(canvas)
    hands = queries.hands_at(canvas)
    scene = desk.scene(Participant(pk=0, room=canvas.activity.room, role=Participant.Role.TRAINER, name=""), now)
    outcome = desk.kind.enter(desk.state, scene, hands)
    values = {"step": canvas.step, "hands": [hand.id for hand in hands]}
    keep(desk, outcome, "enter", values, None, by=by, now=now)
