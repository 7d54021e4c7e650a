"""``record``: the one way to say that something happened."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.tasks import Task

from laurels.journal.models import Entry, Topic, fact_name
from laurels.kernel.actor import Actor

# fact name → background tasks taking the entry's id; filled at start-up from the one table in journey/reactions.py.
reactions: dict[str, list[Task[[int], None]]] = {}

# name → task and how long until it comes again; filled at start-up, run by the worker.
periodic: dict[str, tuple[Task[[], None], timedelta]] = {}

# Called by every worker about twice a second with the time: what must happen on the second. Each is idempotent.
pulses: list[Callable[[datetime], object]] = []

# Told the topic's name after each commit that wrote to it, in this process; other processes hear of it by
# ``journal.models.WAKE``.
wakes: list[Callable[[str], None]] = []


def record(topic: str, fact: Any, *, by: Actor, at: datetime) -> Entry:
    """Append ``fact`` (a frozen dataclass of ids) to the topic and queue its reactions, all in the open transaction.

    Raises ``TransactionManagementError`` outside a transaction: a fact without its change would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs inside the action's transaction")
    row = Topic.objects.lock_and_advance(topic)
    entry = Entry.objects.create(
        topic=row, seq=row.latest_seq, fact=fact_name(type(fact)), payload=asdict(fact), by=str(by), at=at
    )
    for reaction in reactions.get(entry.fact, []):
        reaction.enqueue(entry.pk)
    _wake(topic)
    return entry


def record_all(topic: str, facts: Sequence[Any], *, is_new: bool = False, by: Actor, at: datetime) -> list[Entry]:
    """``record`` for several facts of one action, or thousands: the same entries and reactions, few statements.

    A topic that ``is_new`` is made without being looked for.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record_all() belongs inside the action's transaction")
    if not facts:
        return []
    row = Topic.objects.lock_and_advance(topic, len(facts), is_new=is_new)
    first = row.latest_seq - len(facts) + 1
    _wake(topic)
    return _append(
        [
            Entry(topic=row, seq=seq, fact=fact_name(type(fact)), payload=asdict(fact), by=str(by), at=at)
            for seq, fact in enumerate(facts, start=first)
        ]
    )


def record_firsts(happened: Mapping[str, Any], *, by: Actor, at: datetime) -> list[Entry]:
    """``record`` for thousands of new things at once: topic → its first fact. Such a topic must not exist yet.

    Nobody is woken: nobody listens to what was not there.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record_firsts() belongs inside the action's transaction")
    topics = Topic.objects.bulk_create([Topic(name=name, latest_seq=1) for name in happened], batch_size=2000)
    facts = zip(topics, happened.values(), strict=True)
    return _append(
        [
            Entry(topic=topic, seq=1, fact=fact_name(type(fact)), payload=asdict(fact), by=str(by), at=at)
            for topic, fact in facts
        ]
    )


def _append(entries: Sequence[Entry]) -> list[Entry]:
    stored = Entry.objects.bulk_create(entries, batch_size=2000)
    for entry in stored:
        for reaction in reactions.get(entry.fact, []):
            reaction.enqueue(entry.pk)
    return stored


def _wake(topic: str) -> None:
    """Whoever listens to the topic in this process looks there once this is committed."""

    def wake() -> None:
        for poke in list(wakes):
            poke(topic)

    transaction.on_commit(wake, robust=True)
