"""Who is here, by the server's own record of open streams."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.rooms import facts, rules
from laurels.rooms.models import Participant, Presence

SERVER = Actor.of_system("streams")


@transaction.atomic
def note_here(participants: Collection[int], *, now: datetime) -> None:
    """These participants' streams are open at ``now``; who sits at a table is there while its device is."""
    participants = _with_sitters(participants)
    rows = Presence.objects.filter(participant__in=participants, ended_at=None)
    for silent in rows.filter(seen_at__lt=now - rules.SILENCE):
        silent.ended_at = silent.seen_at
        silent.save(update_fields=["ended_at"])
    rows.update(seen_at=now)
    seen = set(rows.values_list("participant_id", flat=True))
    known = Participant.objects.filter(pk__in=set(participants) - seen).values_list("pk", flat=True)
    fresh = [Presence(participant_id=pk, began_at=now, seen_at=now) for pk in known]
    Presence.objects.bulk_create(fresh, ignore_conflicts=True)
    _say([one.participant_id for one in fresh], is_here=True, now=now)


@transaction.atomic
def note_gone(participants: Collection[int], *, now: datetime) -> None:
    """The last stream of these closed in one process; another process that holds one says so again soon."""
    open_ = Presence.objects.filter(participant__in=_with_sitters(participants), ended_at=None)
    gone = list(open_.values_list("participant_id", flat=True))
    open_.update(seen_at=now, ended_at=now)
    _say(gone, is_here=False, now=now)


def _with_sitters(participants: Collection[int]) -> set[int]:
    sitters = Participant.objects.present().filter(table__in=participants).values_list("pk", flat=True)
    return {*participants, *sitters}


def _say(participants: Sequence[int], *, is_here: bool, now: datetime) -> None:
    """So that the trainer's list shows it at once. The minutes themselves stand in Presence."""
    rooms: dict[int, list[int]] = defaultdict(list)
    for room, pk in Participant.objects.filter(pk__in=participants).order_by("pk").values_list("room_id", "pk"):
        rooms[room].append(pk)
    for room, pks in rooms.items():
        arrived, went = (tuple(pks), ()) if is_here else ((), tuple(pks))
        record(f"room:{room}", facts.PresenceChanged(room, arrived, went), by=SERVER, at=now)
