from collections.abc import MutableMapping
from datetime import datetime
from typing import Any

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person
from laurels.rooms import facts, rules
from laurels.rooms.models import Participant, ParticipantQuerySet, Room
from laurels.workshops.models import Seat

Role = Participant.Role


@transaction.atomic
def take_seat(room: Room, seat: Seat, *, by: Actor, now: datetime) -> Participant:
    """Join as the learner who holds ``seat``; whoever is signed in as them is confirmed at once. Raises Refused."""
    room = Room.objects.lock(room.pk)
    holder = Participant.objects.present().filter(room=room, seat=seat).first()
    is_theirs = by.person_id == seat.person_id
    if holder is not None and is_theirs:
        return holder
    require(rules.why_not_claim(room, seat, holder))
    participant = Participant.objects.create(
        room=room,
        role=Role.LEARNER,
        seat=seat,
        person_id=seat.person_id if is_theirs else None,
        name=seat.name[:80],
        joined_at=now,
        confirmed_at=now if is_theirs else None,
    )
    record(room.topic, facts.ParticipantJoined(room.pk, participant.pk), by=by, at=now)
    return participant


@transaction.atomic
def join_as_guest(room: Room, name: str, *, by: Actor, now: datetime) -> Participant:
    """Join as an observer, who sees what everybody sees and changes nothing. Raises Refused."""
    room = Room.objects.lock(room.pk)
    require(rules.why_not_join(room))
    guest = Participant.objects.create(room=room, role=Role.OBSERVER, name=name[:80], joined_at=now)
    record(room.topic, facts.ParticipantJoined(room.pk, guest.pk), by=by, at=now)
    return guest


@transaction.atomic
def attend(room: Room, name: str, *, person: Person | None = None, by: Actor, now: datetime) -> Participant:
    """Take part in a room that has no seats. A person who asks twice, or from two devices, is one. Raises Refused."""
    room = Room.objects.lock(room.pk)
    if person and (attendee := _own(room).filter(person=person).first()):
        return attendee
    require(rules.why_not_attend(room))
    attendee = Participant.objects.create(
        room=room,
        role=Role.ATTENDEE,
        person=person,
        name=name[:80],
        joined_at=now,
        confirmed_at=now if person else None,
    )
    record(room.topic, facts.ParticipantJoined(room.pk, attendee.pk), by=by, at=now)
    return attendee


@transaction.atomic
def lead(room: Room, name: str, *, person: Person | None = None, by: Actor, now: datetime) -> Participant:
    """The host's place in a room without a workshop; who takes part already leads from there. Raises Refused."""
    room = Room.objects.lock(room.pk)
    require(rules.why_not_conduct(room, by=by))
    host = _own(room).filter(person=person).first() if person else None
    if host is not None and host.is_trainer:
        return host
    if host is None:
        host = Participant(room=room, person=person, name=name[:80], joined_at=now, confirmed_at=now)
    host.role = Role.TRAINER
    host.save()
    record(room.topic, facts.ParticipantJoined(room.pk, host.pk), by=by, at=now)
    return host


@transaction.atomic
def share_lead(participant: Participant, *, by: Actor, now: datetime) -> Participant:
    """Somebody who takes part in a room without a workshop leads it as well from now on. Raises Refused."""
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    if participant.is_trainer:
        return participant
    require(rules.why_not_conduct(room, by=by) or rules.why_not_attend(room))
    participant.role = Role.TRAINER
    participant.save(update_fields=["role"])
    record(room.topic, facts.LeadShared(room.pk, participant.pk), by=by, at=now)
    return participant


def remember(session: MutableMapping[str, Any], participant: Participant) -> None:
    """Let the browser of this session be in the room as ``participant``."""
    session["rooms"] = session.get("rooms", {}) | {str(participant.room_id): participant.pk}


def _own(room: Room) -> ParticipantQuerySet:
    """Who is in a room without a seat, and not only watching."""
    return Participant.objects.present().filter(room=room, role__in=(Role.ATTENDEE, Role.TRAINER))


@transaction.atomic
def join_as_trainer(room: Room, person: Person, *, by: Actor, now: datetime) -> Participant:
    """The trainer's own place in the room; asking twice gives the same. Raises Refused."""
    room = Room.objects.lock(room.pk)
    if trainer := Participant.objects.present().filter(room=room, person=person, role=Role.TRAINER).first():
        return trainer
    require(rules.why_not_conduct(room, by=by))
    trainer = Participant.objects.create(
        room=room, role=Role.TRAINER, person=person, name=person.name[:80], joined_at=now, confirmed_at=now
    )
    record(room.topic, facts.ParticipantJoined(room.pk, trainer.pk), by=by, at=now)
    return trainer


@transaction.atomic
def confirm(participant: Participant, *, by: Actor, now: datetime) -> Participant:
    """The trainer's word that this is who they say. Raises Refused."""
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    if participant.confirmed_at:
        return participant
    require(rules.why_not_conduct(room, by=by))
    participant.confirmed_at = now
    participant.save(update_fields=["confirmed_at"])
    record(room.topic, facts.ParticipantConfirmed(room.pk, participant.pk), by=by, at=now)
    return participant


@transaction.atomic
def remove(participant: Participant, *, by: Actor, now: datetime) -> Participant:
    """Send somebody out: their screens leave and the seat is free to be claimed again. Raises Refused."""
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    if participant.removed_at:
        return participant
    require(rules.why_not_conduct(room, by=by))
    participant.removed_at = now
    participant.save(update_fields=["removed_at"])
    record(room.topic, facts.ParticipantRemoved(room.pk, participant.pk), by=by, at=now)
    return participant


@transaction.atomic
def raise_hand(participant: Participant, *, by: Actor, now: datetime) -> Participant:
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    if participant.hand_at:
        return participant
    require(rules.why_not_join(room))
    return _hand(participant, room, now, facts.HandRaised(room.pk, participant.pk), by=by, now=now)


@transaction.atomic
def lower_hand(participant: Participant, *, by: Actor, now: datetime) -> Participant:
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    if participant.hand_at is None:
        return participant
    return _hand(participant, room, None, facts.HandLowered(room.pk, participant.pk), by=by, now=now)


@transaction.atomic
def say_done(participant: Participant, *, is_done: bool, by: Actor, now: datetime) -> Participant:
    """ "I'm done" with the running step, or not yet after all. Raises Refused."""
    room = Room.objects.lock(participant.room_id)
    participant.refresh_from_db()
    require(rules.why_not_join(room))
    participant.done_at = now if is_done else None
    participant.save(update_fields=["done_at"])
    record(room.topic, facts.SaidDone(room.pk, participant.pk, is_done), by=by, at=now)
    return participant


def _hand(
    participant: Participant, room: Room, at: datetime | None, fact: object, *, by: Actor, now: datetime
) -> Participant:
    participant.hand_at = at
    participant.save(update_fields=["hand_at"])
    record(room.topic, fact, by=by, at=now)
    return participant
