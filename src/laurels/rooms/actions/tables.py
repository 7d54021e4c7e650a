"""Room mode: one device that a table shares, and who sits at it."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.rooms import facts, rules
from laurels.rooms.models import Participant, Room
from laurels.workshops.models import Seat

Role = Participant.Role


@transaction.atomic
def join_as_table(room: Room, name: str, *, by: Actor, now: datetime) -> Participant:
    """Make this device a table's: it acts for those it names. Raises Refused."""
    room = Room.objects.lock(room.pk)
    require(rules.why_not_join(room))
    table = Participant.objects.create(room=room, role=Role.TABLE, name=name[:80], joined_at=now)
    record(room.topic, facts.ParticipantJoined(room.pk, table.pk), by=by, at=now)
    return table


@transaction.atomic
def sit_down(table: Participant, seat: Seat, *, by: Actor, now: datetime) -> Participant:
    """Somebody sits at the table and uses its device; the trainer confirms them as anybody else. Raises Refused."""
    room = Room.objects.lock(table.room_id)
    table = Participant.objects.get(pk=table.pk)
    table.room = room
    holder = Participant.objects.present().filter(room=room, seat=seat).first()
    if holder is not None and holder.table_id == table.pk:
        return holder
    require(rules.why_not_sit_down(table, seat, holder))
    sitter = Participant.objects.create(
        room=room, role=Role.LEARNER, seat=seat, name=seat.name[:80], team=table.team, table=table, joined_at=now
    )
    record(room.topic, facts.ParticipantJoined(room.pk, sitter.pk), by=by, at=now)
    return sitter


@transaction.atomic
def sit_down_by_name(table: Participant, name: str, *, by: Actor, now: datetime) -> Participant:
    """Somebody without a seat sits at the table and uses its device. Raises Refused."""
    room = Room.objects.lock(table.room_id)
    table = Participant.objects.get(pk=table.pk)
    table.room = room
    if sitter := Participant.objects.present().filter(room=room, table=table, name=name[:80]).first():
        return sitter
    require(rules.why_not_share(table) or rules.why_not_attend(room))
    sitter = Participant.objects.create(
        room=room, role=Role.ATTENDEE, name=name[:80], team=table.team, table=table, joined_at=now
    )
    record(room.topic, facts.ParticipantJoined(room.pk, sitter.pk), by=by, at=now)
    return sitter
