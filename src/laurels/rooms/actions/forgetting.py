from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.rooms import facts, rules
from laurels.rooms.models import Act, Activity, Canvas, Card, Contribution, Participant, Presence, Room


@transaction.atomic
def forget_room(room: Room, *, by: Actor, now: datetime) -> None:
    """A room without a workshop is gone, with all that was written in it; its journal had no words. Raises Refused."""
    room = Room.objects.lock(room.pk)
    require(rules.why_not_forget(room, by=by))
    record(room.topic, facts.RoomForgotten(room.pk), by=by, at=now)
    for rows in (
        Act.objects.filter(canvas__activity__room=room),
        Contribution.objects.filter(activity__room=room),
        Card.objects.filter(room=room),
        Canvas.objects.filter(activity__room=room),
        Presence.objects.filter(participant__room=room),
        Participant.objects.filter(room=room),
        Activity.objects.filter(room=room),
    ):
        rows.delete()
    room.delete()
