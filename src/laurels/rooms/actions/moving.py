"""People go to tables in rooms of their own; when such a room closes, their screens come back by themselves."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.rooms import facts, rules
from laurels.rooms.models import Participant, Room


@transaction.atomic
def send_to(room: Room, there: Room, people: Collection[int], *, by: Actor, now: datetime) -> dict[int, Participant]:
    """Send participants of ``room`` to another; who they are there, by who they are here. Their screens follow.

    Raises Refused.
    """
    room = Room.objects.lock(room.pk)
    require(rules.why_not_conduct(room, by=by) or rules.why_not_attend(there))
    here = Participant.objects.present().filter(room=room).exclude(moved_to__room__state=Room.State.OPEN)
    going = list(here.filter(pk__in=people).by_name())
    arrived = Participant.objects.bulk_create(
        [
            Participant(
                room=there,
                role=Participant.Role.ATTENDEE,
                person_id=one.person_id,
                name=one.name,
                joined_at=now,
                confirmed_at=one.confirmed_at,
            )
            for one in going
        ]
    )
    for one, other in zip(going, arrived, strict=True):
        one.moved_to = other
    Participant.objects.bulk_update(going, ["moved_to"])
    moved = [facts.ParticipantMoved(room.pk, one.pk, other.pk) for one, other in zip(going, arrived, strict=True)]
    joined = [facts.ParticipantJoined(there.pk, one.pk) for one in arrived]
    record_all(room.topic, moved, by=by, at=now)
    record_all(there.topic, joined, by=by, at=now)
    return {one.pk: other for one, other in zip(going, arrived, strict=True)}
