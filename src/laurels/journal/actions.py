"""``record``: the one way to say that something happened."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.tasks import Task

from laurels.journal.models import Entry, Topic, fact_name
from laurels.kernel.actor import Actor

# fact name → background tasks taking the entry's id; filled at start-up from the one table in journey/reactions.py.
reactions: dict[str, list[Task[[int], None]]] = {}


def record(topic: str, fact: Any, *, by: Actor, at: datetime) -> Entry:
    """Append ``fact`` (a frozen dataclass of ids) to the topic and queue its reactions, all in the open transaction.

    Raises ``TransactionManagementError`` outside a transaction: a fact without its change would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs inside the action's transaction")
    row = Topic.objects.lock(topic)
    row.latest_seq += 1
    row.save(update_fields=["latest_seq"])
    entry = Entry.objects.create(
        topic=row, seq=row.latest_seq, fact=fact_name(type(fact)), payload=asdict(fact), by=str(by), at=at
    )
    for reaction in reactions.get(entry.fact, []):
        reaction.enqueue(entry.pk)
    return entry
