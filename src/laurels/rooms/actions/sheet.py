"""Changing the run sheet while the class goes on."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.rooms import facts, queries, rules
from laurels.rooms.models import Activity, Room

State = Activity.State


@transaction.atomic
def add_line(
    room: Room,
    title: str,
    minutes: int,
    *,
    is_break: bool = False,
    after: Activity | None = None,
    by: Actor,
    now: datetime,
) -> Activity:
    """Add a talk or a break after a line, or at the end. It belongs to no block of the agenda. Raises Refused."""
    room = _locked(room, by=by)
    line = Activity(room=room, title=title[:200], minutes=minutes, is_break=is_break)
    return _put_in(line, after, by=by, now=now)


@transaction.atomic
def add_exercise(
    room: Room, plan: Mapping[str, Any], *, after: Activity | None = None, by: Actor, now: datetime
) -> Activity:
    """Add an exercise, from the pack or a trainer's own, to the block of the line it follows. Raises Refused."""
    room = _locked(room, by=by)
    line = Activity(
        room=room,
        block=after.block if after else None,
        title=plan["title"],
        minutes=plan["minutes"],
        exercise=plan["key"],
        plan=dict(plan),
        seed=secrets.randbelow(2**31),
    )
    return _put_in(line, after, by=by, now=now)


@transaction.atomic
def repeat(activity: Activity, *, by: Actor, now: datetime) -> Activity:
    """Plan a line once more, right after itself, beginning from nothing. Raises Refused."""
    room = _locked(activity.room, by=by)
    again = Activity(
        room=room,
        block=activity.block,
        title=activity.title,
        minutes=activity.minutes,
        is_break=activity.is_break,
        exercise=activity.exercise,
        plan=activity.plan,
        seed=secrets.randbelow(2**31),
    )
    return _put_in(again, activity, by=by, now=now)


@transaction.atomic
def move_line(activity: Activity, places: int, *, by: Actor, now: datetime) -> Activity:
    """Move a planned line up (negative) or down among the lines; further than the end is the end. Raises Refused."""
    room = _locked(activity.room, by=by)
    activity = Activity.objects.get(pk=activity.pk)
    require(rules.why_not_move_line(activity))
    lines = queries.run_sheet(room)
    at = [line.pk for line in lines].index(activity.pk)
    lines.insert(max(0, min(at + places, len(lines) - 1)), lines.pop(at))
    _number(lines)
    record(room.topic, facts.RunSheetChanged(room.pk, activity.pk), by=by, at=now)
    return activity


@transaction.atomic
def set_pace(activity: Activity, *, is_own: bool, by: Actor, now: datetime) -> Activity:
    """Let each team take the steps of an exercise at its own pace, or all together again. Raises Refused."""
    room = _locked(activity.room, by=by)
    activity = Activity.objects.get(pk=activity.pk)
    if activity.is_own_pace == is_own:
        return activity
    require(rules.why_not_set_pace(activity))
    activity.is_own_pace = is_own
    activity.save(update_fields=["is_own_pace"])
    record(room.topic, facts.RunSheetChanged(room.pk, activity.pk), by=by, at=now)
    return activity


def _locked(room: Room, *, by: Actor) -> Room:
    room = Room.objects.lock(room.pk)
    require(rules.why_not_conduct(room, by=by) or rules.why_not_change_sheet(room))
    return room


def _put_in(line: Activity, after: Activity | None, *, by: Actor, now: datetime) -> Activity:
    lines = queries.run_sheet(line.room)
    at = [each.pk for each in lines].index(after.pk) + 1 if after else len(lines)
    line.position = at + 1
    line.save()
    lines.insert(at, line)
    _number(lines)
    record(line.room.topic, facts.RunSheetChanged(line.room_id, line.pk), by=by, at=now)
    return line


def _number(lines: list[Activity]) -> None:
    for position, line in enumerate(lines, start=1):
        line.position = position
    Activity.objects.bulk_update(lines, ["position"])
