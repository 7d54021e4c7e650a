"""Proving that a seat is one's own: by a one-time link to its address, or by the trainer's word."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, secret_token
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.mail import actions as mail
from laurels.mail.rules import builtin
from laurels.rooms import facts, rules
from laurels.rooms.models import Claim, Participant, Room, SeatLink
from laurels.workshops.models import Seat

Role = Participant.Role


@transaction.atomic
def send_seat_link(room: Room, seat: Seat, *, by: Actor, now: datetime) -> SeatLink:
    """Send a one-time link to the address the seat was booked with. Raises Refused."""
    room = Room.objects.lock(room.pk)
    lately = room.seat_links.filter(seat=seat, sent_at__gt=now - timedelta(hours=1)).count()
    require(rules.why_not_send_link(room, lately))
    secret = secret_token()
    link = room.seat_links.create(
        seat=seat, secret_digest=digest(secret), sent_at=now, expires_at=now + rules.LINK_LASTS
    )
    _write_link(link, secret, by=by, now=now)
    record(room.topic, facts.SeatLinkSent(room.pk, seat.pk), by=by, at=now)
    return link


@transaction.atomic
def use_seat_link(secret: str, *, by: Actor, now: datetime) -> Participant:
    """Come in as the proven holder of a seat, once. Raises Refused, and SeatLink.DoesNotExist for an unknown secret.

    Whoever sits there by the code alone is confirmed by it only when it is their browser that uses the link; another
    one makes room.
    """
    room = Room.objects.lock(SeatLink.objects.with_secret(secret).get().room_id)
    link = SeatLink.objects.with_secret(secret).select_for_update().get()
    link.room = room
    require(rules.why_not_use_link(link, now))
    link.used_at = now
    link.save(update_fields=["used_at"])
    participant = _proven(room, link.seat, now, by=by)
    record(room.topic, facts.SeatLinkUsed(room.pk, participant.pk), by=by, at=now)
    return participant


@transaction.atomic
def claim_seat(room: Room, seat: Seat, *, by: Actor, now: datetime) -> Claim:
    """Say that a seat somebody else sits on is one's own; the trainer is asked. Raises Refused."""
    room = Room.objects.lock(room.pk)
    require(rules.why_not_claim(room, seat, None))
    claim = room.claims.create(seat=seat, asked_at=now)
    record(room.topic, facts.SeatClaimed(room.pk, claim.pk), by=by, at=now)
    return claim


@transaction.atomic
def settle_claim(claim: Claim, *, is_theirs: bool, by: Actor, now: datetime) -> Claim:
    """The trainer's word: let them in instead of who sits there, or not. Raises Refused."""
    room = Room.objects.lock(claim.room_id)
    claim = Claim.objects.select_related("seat").get(pk=claim.pk)
    require(rules.why_not_conduct(room, by=by) or rules.why_not_settle(claim))
    claim.settled_at = now
    if is_theirs:
        claim.participant = _proven(room, claim.seat, now, by=by, is_new=True)
    claim.save(update_fields=["settled_at", "participant"])
    record(room.topic, facts.ClaimSettled(room.pk, claim.pk, is_theirs), by=by, at=now)
    return claim


def _proven(room: Room, seat: Seat, now: datetime, *, by: Actor, is_new: bool = False) -> Participant:
    """The seat's confirmed participant. Who sat there unproven loses it: their words stay, but not their evidence."""
    holder = Participant.objects.present().filter(room=room, seat=seat).first()
    if holder is not None and holder.confirmed_at and not is_new:
        return holder
    if holder is not None:
        holder.removed_at = now
        holder.save(update_fields=["removed_at"])
        record(room.topic, facts.ParticipantRemoved(room.pk, holder.pk), by=by, at=now)
    participant = Participant.objects.create(
        room=room,
        role=Role.LEARNER,
        seat=seat,
        name=seat.name[:80],
        team=holder.team if holder else None,
        joined_at=now,
        confirmed_at=now,
    )
    record(room.topic, facts.ParticipantJoined(room.pk, participant.pk), by=by, at=now)
    return participant


def _write_link(link: SeatLink, secret: str, *, by: Actor, now: datetime) -> None:
    workshop = link.seat.workshop
    values = {
        "name": link.seat.name,
        "course": workshop.course.title,
        "link": f"{settings.PUBLIC_URL}{reverse('seat-link', args=[secret])}",
        "until": f"{day_in(workshop.zone, link.expires_at):%-d %B %Y}",
    }
    mail.write(
        "room-link",
        builtin("room-link"),
        to=link.seat.person.email,
        values=values,
        person=link.seat.person,
        sender_name=workshop.provider.name,
        topic=link.room.topic,
        is_secret=True,
        by=by,
        now=now,
    )
