"""What a room does by itself: the bell rings, thumbs are counted, nobody who leads is waited for."""

import logging
from datetime import datetime

import msgspec
from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused, require
from laurels.rooms import facts, queries, rules
from laurels.rooms.actions.acting import keep
from laurels.rooms.actions.conducting import end_activity, step_to
from laurels.rooms.actions.opening import close_room
from laurels.rooms.models import Activity, Canvas, Participant, Room
from laurels.rooms.queries import Desk

logger = logging.getLogger("laurels.rooms")

CLOCK = Actor.of_system("clock")


def move_due(*, now: datetime) -> int:
    """Do what is due on any canvas by ``now``; how much was done.

    Two clocks at once do it once: the canvas's row orders them.
    """
    due = Canvas.objects.filter(
        due_at__lte=now,
        activity__state=Activity.State.RUNNING,
        activity__room__is_frozen=False,
        activity__room__state=Room.State.OPEN,
    )
    return sum(_moved(pk, now) for pk in due.order_by("due_at", "pk").values_list("pk", flat=True))


def _moved(pk: int, now: datetime) -> bool:
    try:
        move(pk, by=CLOCK, now=now)
    except Refused as refused:
        logger.info("canvas %s: %s", pk, refused.refusal.code)
        return False
    except Exception:
        # One broken canvas must not stop the clock of all others; it is left to stand.
        logger.exception("canvas %s cannot move by itself", pk)
        Canvas.objects.filter(pk=pk).update(due_at=None)
        return False
    return True


@transaction.atomic
def move(canvas: Canvas | int, *, by: Actor, now: datetime) -> Canvas:
    """Do what is due on one canvas: an act of its kind, or on to the next step; after the last the room closes.

    Raises Refused when it is not due (any more).
    """
    canvas = Canvas.objects.lock(canvas if isinstance(canvas, int) else canvas.pk)
    require(rules.why_not_due(canvas, now))
    desk = queries.desk_of(canvas)
    due = queries.due(desk, desk.state, now)
    if due is None or due.act is None:
        return _next_step(canvas, is_meant=due is not None, by=by, now=now)
    return _do(desk, due.act, by=by, now=now)


def _do(desk: Desk, act: object, *, by: Actor, now: datetime) -> Canvas:
    scene = desk.scene(Participant(pk=0, room=desk.canvas.activity.room, role=Participant.Role.TRAINER, name=""), now)
    values = msgspec.to_builtins(act)
    if refusal := desk.kind.why_not(act, desk.state, scene):
        logger.info("canvas %s: %s is refused: %s", desk.canvas.pk, values, refusal.code)
        desk.canvas.due_at = None
        desk.canvas.save(update_fields=["due_at"])
        return desk.canvas
    keep(desk, desk.kind.apply(act, desk.state, scene), str(values["verb"]), values, None, by=by, now=now)
    return desk.canvas


def _next_step(canvas: Canvas, *, is_meant: bool, by: Actor, now: datetime) -> Canvas:
    activity = canvas.activity
    if not is_meant:
        canvas.due_at = None
        canvas.save(update_fields=["due_at"])
        return canvas
    if canvas.step + 1 < len(activity.steps):
        fact = facts.CanvasStepped(activity.room_id, activity.pk, canvas.pk, canvas.step + 1)
        record(activity.room.topic, fact, by=by, at=now)
        return step_to(canvas, canvas.step + 1, by=by, now=now)
    end_activity(activity, by=by, now=now)
    close_room(activity.room, by=by, now=now)
    return canvas
