"""What is left of gatherings: records, topics to offer again, things to do, and how it goes over the year."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format

from laurels.gatherings.models import FollowUp, Gathering, GatheringQuerySet, Series, Table
from laurels.gatherings.queries.presence import people_who_came

OFFERED_MOST = 20
SHOWN_IN_LETTERS = 12


def records(gathering: Gathering) -> list[tuple[Table, dict[str, Any]]]:
    """What came of each table where something was said; nothing while a ruling hides it."""
    if gathering.hidden_at is not None:
        return []
    return [(table, table.record) for table in gathering.tables.order_by("number") if _says_something(table.record)]


def _says_something(record: dict[str, Any]) -> bool:
    return any(record.get(name) for name in ("topics", "undiscussed", "wrap_up", "takeaways", "actions"))


def topics_in_words(gathering: Gathering) -> str:
    """A list for a letter: what was talked about."""
    texts = [topic["text"] for _table, record in records(gathering) for topic in record.get("topics", ())]
    return "\n".join(f"- {' '.join(text.split())[:120]}" for text in texts[:SHOWN_IN_LETTERS])


def offered_again(gathering: Gathering) -> list[str]:
    """Topics of the gathering before this one that nobody got to, whose authors agreed, most wanted first."""
    before = _before(gathering)
    if before is None:
        return []
    found = [topic for _table, record in records(before) for topic in record.get("undiscussed", ())]
    wanted = [topic for topic in found if topic.get("may_return")]
    texts = [topic["text"] for topic in sorted(wanted, key=lambda topic: -topic.get("votes", 0))]
    return list(dict.fromkeys(texts))[:OFFERED_MOST]


def open_follow_ups(gathering: Gathering) -> QuerySet[FollowUp]:
    """What was to be done since the gatherings before this one and is not done, oldest first."""
    return FollowUp.objects.filter(gathering__in=_earlier(gathering).values("pk"), done_at=None).order_by("pk")


def _before(gathering: Gathering) -> Gathering | None:
    return _earlier(gathering).held().first()


def _earlier(gathering: Gathering) -> GatheringQuerySet:
    """Those of its series, or of its group where each was announced by itself."""
    earlier = Gathering.objects.filter(starts_at__lt=gathering.starts_at)
    if gathering.series_id:
        return earlier.filter(series=gathering.series_id)
    return earlier.filter(group=gathering.group_id, series=None) if gathering.group_id else Gathering.objects.none()


@dataclass(frozen=True, slots=True)
class Trend:
    """One gathering of a series in numbers."""

    gathering: Gathering
    day: str
    people: int
    topics: int
    actions: int
    done: int


def trends(series: Series, most: int = 12) -> list[Trend]:
    """The last gatherings of a series, oldest first."""
    held = list(Gathering.objects.held().filter(series=series).prefetch_related("tables", "followups")[:most])
    return [_trend(one) for one in reversed(held)]


def _trend(gathering: Gathering) -> Trend:
    followups = list(gathering.followups.all())
    tables = [table.record for table in gathering.tables.all()]
    return Trend(
        gathering,
        date_format(gathering.local_start, "M Y"),
        people_who_came(gathering),
        sum(len(record.get("topics", ())) for record in tables),
        len(followups),
        sum(one.done_at is not None for one in followups),
    )
