"""Who is here, by the server's own record of open streams. No facts: presence is a measurement, not an action."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from laurels.rooms.models import Participant, Presence

# Streams are seen every 15 s; whoever was silent for longer than this was away.
SILENCE = timedelta(seconds=50)


@transaction.atomic
def note_here(participants: Collection[int], *, now: datetime) -> None:
    """These participants' streams are open at ``now``."""
    rows = Presence.objects.filter(participant__in=participants, ended_at=None)
    for silent in rows.filter(seen_at__lt=now - SILENCE):
        silent.ended_at = silent.seen_at
        silent.save(update_fields=["ended_at"])
    rows.update(seen_at=now)
    seen = set(rows.values_list("participant_id", flat=True))
    known = Participant.objects.filter(pk__in=set(participants) - seen).values_list("pk", flat=True)
    fresh = [Presence(participant_id=pk, began_at=now, seen_at=now) for pk in known]
    Presence.objects.bulk_create(fresh, ignore_conflicts=True)


def note_gone(participants: Collection[int], *, now: datetime) -> None:
    """The last stream of these closed in one process; another process that holds one says so again soon."""
    Presence.objects.filter(participant__in=participants, ended_at=None).update(seen_at=now, ended_at=now)
