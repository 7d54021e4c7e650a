import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.programmes.models import Block
from laurels.rooms import facts, rules
from laurels.rooms.models import Activity, Room
from laurels.workshops.models import Workshop


@transaction.atomic
def open_room(
    workshop: Workshop, exercises: Mapping[int, Sequence[Mapping[str, Any]]], *, by: Actor, now: datetime
) -> Room:
    """The workshop's room, with a run sheet from its agenda. ``exercises``: plans by block pk. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    if room := Room.objects.filter(workshop=workshop).first():
        return room
    require(rules.why_not_open(workshop, by=by))
    room = Room.objects.create(workshop=workshop, code=_unused_code(), opened_at=now)
    lines = [line for block in workshop.curriculum.blocks.in_order() for line in _lines(block, exercises)]
    for position, line in enumerate(lines, start=1):
        line.room, line.position = room, position
    Activity.objects.bulk_create(lines)
    record(room.topic, facts.RoomOpened(room.pk), by=by, at=now)
    return room


@transaction.atomic
def open_meeting(
    name: str, plan: Mapping[str, Any], *, home: str = "", moves_itself: bool = False, by: Actor, now: datetime
) -> Room:
    """A room without seats for one exercise, which stands ready to be begun. Whoever opens it has been asked before."""
    room = Room.objects.create(
        name=name[:200], home=home, moves_itself=moves_itself, code=_unused_code(), opened_at=now
    )
    Activity.objects.create(
        room=room,
        position=1,
        title=plan["title"],
        minutes=plan["minutes"],
        exercise=plan["key"],
        plan=dict(plan),
        seed=secrets.randbelow(2**31),
        is_own_pace=True,
    )
    record(room.topic, facts.RoomOpened(room.pk), by=by, at=now)
    return room


def _lines(block: Block, exercises: Mapping[int, Sequence[Mapping[str, Any]]]) -> list[Activity]:
    """A block's exercises in order; a block without any is a talk or a break of its own."""
    plans = exercises.get(block.pk, ())
    if not plans:
        return [Activity(block=block, title=block.title, minutes=block.minutes, is_break=block.is_break)]
    return [
        Activity(
            block=block,
            title=plan["title"],
            minutes=plan["minutes"],
            exercise=plan["key"],
            plan=dict(plan),
            seed=secrets.randbelow(2**31),
        )
        for plan in plans
    ]


def _unused_code() -> str:
    while True:
        code = "".join(secrets.choice(rules.CODE_LETTERS) for _ in range(6))
        if not Room.objects.filter(code=code).exists():
            return code


@transaction.atomic
def close_room(room: Room, *, by: Actor, now: datetime) -> Room:
    """Nobody writes here any more. Raises Refused."""
    room = Room.objects.lock(room.pk)
    if room.state == Room.State.CLOSED:
        return room
    require(rules.why_not_conduct(room, by=by))
    room.state = Room.State.CLOSED
    room.save(update_fields=["state"])
    record(room.topic, facts.RoomClosed(room.pk), by=by, at=now)
    return room


@transaction.atomic
def freeze(room: Room, *, by: Actor, now: datetime) -> Room:
    """Pause everybody's writing for a moment. Raises Refused."""
    room = Room.objects.lock(room.pk)
    if room.is_frozen:
        return room
    require(rules.why_not_conduct(room, by=by))
    room.is_frozen = True
    room.save(update_fields=["is_frozen"])
    record(room.topic, facts.RoomFrozen(room.pk), by=by, at=now)
    return room


@transaction.atomic
def thaw(room: Room, *, by: Actor, now: datetime) -> Room:
    """Let everybody write again. Raises Refused."""
    room = Room.objects.lock(room.pk)
    if not room.is_frozen:
        return room
    require(rules.why_not_conduct(room, by=by))
    room.is_frozen = False
    room.save(update_fields=["is_frozen"])
    record(room.topic, facts.RoomThawed(room.pk), by=by, at=now)
    return room


@transaction.atomic
def let_roam(room: Room, *, by: Actor, now: datetime) -> Room:
    """Let people look around at what was made; nobody is called back by what begins. Raises Refused."""
    room = Room.objects.lock(room.pk)
    if room.is_free:
        return room
    require(rules.why_not_conduct(room, by=by))
    room.is_free = True
    room.save(update_fields=["is_free"])
    record(room.topic, facts.RoamingAllowed(room.pk), by=by, at=now)
    return room


@transaction.atomic
def gather(room: Room, *, by: Actor, now: datetime) -> Room:
    """Call everybody back: their screens follow the trainer again. Raises Refused."""
    room = Room.objects.lock(room.pk)
    require(rules.why_not_conduct(room, by=by))
    room.is_free = False
    room.save(update_fields=["is_free"])
    record(room.topic, facts.EverybodyGathered(room.pk), by=by, at=now)
    return room
