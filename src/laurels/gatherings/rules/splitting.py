"""Dealing people and topics to tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from random import Random


@dataclass(slots=True)
class Split:
    """What one table gets: topics by their cards, people by their participants."""

    topics: list[str] = field(default_factory=list)
    people: list[int] = field(default_factory=list)


def tables_needed(people: int, size: int) -> int:
    """How many tables of at most ``size``; 1 when all fit around one."""
    return max(1, ceil(people / size))


def deal(
    people: Sequence[int],
    topics: Sequence[str],
    votes: Mapping[int, Sequence[str]],
    count: int,
    *,
    by_interest: bool,
    seed: int,
) -> list[Split]:
    """Topics (best first) go round the tables; each person goes where most of their votes are, while there is room.

    Sizes differ by at most one. By chance, votes are not looked at.
    """
    tables = [Split() for _nth in range(count)]
    for nth, topic in enumerate(topics):
        # There and back again, so that no table has all the best.
        turn = nth % (2 * count)
        tables[turn if turn < count else 2 * count - 1 - turn].topics.append(topic)
    luck = Random(seed)
    order = list(people)
    luck.shuffle(order)
    if by_interest:
        order.sort(key=lambda who: not votes.get(who))
    for who in order:
        _seat(who, tables, set(votes.get(who, ())) if by_interest else set(), len(people))
    return tables


def _seat(who: int, tables: Sequence[Split], wanted: set[str], people: int) -> None:
    small, larger = divmod(people, len(tables))
    full = [len(table.people) for table in tables]
    free_large = larger - sum(size > small for size in full)
    open_tables = [
        table for table, size in zip(tables, full, strict=True) if size < small or (size == small and free_large > 0)
    ]
    best = max(open_tables, key=lambda table: (len(wanted & set(table.topics)), -len(table.people)))
    best.people.append(who)
