"""The trainer's hand: keeping a card from screens, and saying how somebody took part."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.rooms import facts, rules
from laurels.rooms.models import Activity, Card, Contribution, Participant, Room


@transaction.atomic
def hide_card(card: Card, *, by: Actor, now: datetime) -> Card:
    """Keep a card from every screen; its words and the log stay. Raises Refused."""
    room = Room.objects.lock(card.room_id)
    card = Card.objects.get(pk=card.pk)
    if card.hidden_at:
        return card
    require(rules.why_not_conduct(room, by=by))
    card.hidden_at = now
    card.save(update_fields=["hidden_at"])
    record(room.topic, facts.CardHidden(room.pk, card.team_id, card.key), by=by, at=now)
    return card


@transaction.atomic
def show_card(card: Card, *, by: Actor, now: datetime) -> Card:
    """Let a hidden card be seen again. Raises Refused."""
    room = Room.objects.lock(card.room_id)
    card = Card.objects.get(pk=card.pk)
    if card.hidden_at is None:
        return card
    require(rules.why_not_conduct(room, by=by))
    card.hidden_at = None
    card.save(update_fields=["hidden_at"])
    record(room.topic, facts.CardShown(room.pk, card.team_id, card.key), by=by, at=now)
    return card


@transaction.atomic
def mark(activity: Activity, participant: Participant, level: str, *, by: Actor, now: datetime) -> Contribution:
    """The trainer's word on how somebody took part; empty: the rule counts again. Raises Refused."""
    room = Room.objects.lock(activity.room_id)
    require(rules.why_not_conduct(room, by=by) or rules.why_not_mark(activity, participant))
    row, _is_new = Contribution.objects.get_or_create(activity=activity, participant=participant)
    if row.marked == level:
        return row
    row.marked, row.marked_at = level, now
    row.save(update_fields=["marked", "marked_at"])
    record(room.topic, facts.ContributionMarked(room.pk, activity.pk, participant.pk, level), by=by, at=now)
    return row
