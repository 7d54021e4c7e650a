"""Who was there, for how long, by the server's own record."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from laurels.gatherings.models import Gathering, Table, Ticket
from laurels.gatherings.rules.presence import Span, without
from laurels.journal.models import Entry, fact_name
from laurels.rooms.facts import ActivityStarted, CanvasStepped, StepEntered
from laurels.rooms.models import Activity, Contribution, Participant, Presence
from laurels.rooms.queries import merged, overlap
from laurels.rooms.rules import SILENCE

# What a host does instead of a topic, a vote, a thumb or a note.
LED = "leading"


@dataclass(slots=True)
class Stay:
    """One person at one gathering: whole minutes present while it went on, and what they did, each thing once."""

    minutes: int = 0
    acts: set[str] = field(default_factory=set)
    is_host: bool = False


def stays(gathering: Gathering) -> dict[int, Stay]:
    """Person pk → their stay, over all tables and devices. Time spent in a gathering held before counts there only."""
    whose = _whose(gathering)
    running = _running([gathering.pk])
    present: dict[int, list[Span]] = defaultdict(list)
    for participant, span in _presences(gathering, list(whose)):
        present[whose[participant]].append(span)
    found = {person: Stay(_minutes(person, spans, running, gathering)) for person, spans in present.items()}
    for participant, deeds in Contribution.objects.filter(
        activity__room__table_of__gathering=gathering, participant__in=list(whose)
    ).values_list("participant_id", "deeds"):
        stay = found.setdefault(whose[participant], Stay())
        stay.acts |= {name for name, whats in deeds.items() if whats}
    leaders = _leaders(gathering)
    for host in gathering.hosts.values_list("pk", flat=True):
        if host in found:
            found[host].is_host = True
            found[host].acts |= {LED} if host in leaders else set()
    return found


def _leaders(gathering: Gathering) -> set[int]:
    """Who began or moved on its rooms, by the journal; a host with an open tab and nothing else is none of them."""
    topics = [table.room.topic for table in gathering.tables.select_related("room")]
    names = [fact_name(fact) for fact in (ActivityStarted, StepEntered, CanvasStepped)]
    said = Entry.objects.filter(topic__name__in=topics, fact__in=names, by__startswith="person:").distinct()
    return {int(by.partition(":")[2]) for by in said.values_list("by", flat=True)}


def people_in_its_rooms(gathering: Gathering) -> set[int]:
    """Person pks of everybody known who came in."""
    rows = Participant.objects.filter(room__table_of__gathering=gathering, person__isnull=False)
    return set(rows.values_list("person_id", flat=True))


def people_who_came(gathering: Gathering) -> int:
    """Different people whose stream was open: a person on two devices or at two tables is one."""
    rows = Presence.objects.filter(participant__room__table_of__gathering=gathering)
    who = rows.values_list("participant_id", "participant__person_id").distinct()
    # Whoever went to a table is there by another row; only where they came in counts for guests.
    tables = set(
        Participant.objects.filter(room__table_of__gathering=gathering, room__table_of__number__gt=0).values_list(
            "pk", flat=True
        )
    )
    people = {f"p{person}" for _pk, person in who if person}
    return len(people | {f"g{pk}" for pk, person in who if not person and pk not in tables})


def _whose(gathering: Gathering) -> dict[int, int]:
    """Participant pk → person pk: signed in when they came, or by a ticket used later (for all tables they sat at)."""
    rows = Participant.objects.filter(room__table_of__gathering=gathering)
    whose = dict(rows.exclude(person=None).values_list("pk", "person_id"))
    used = Ticket.objects.filter(gathering=gathering, person__isnull=False)
    moved = dict(rows.exclude(moved_to=None).values_list("pk", "moved_to_id"))
    for participant, person in used.values_list("participant_id", "person_id"):
        whose[participant] = person
        if participant in moved:
            whose[moved[participant]] = person
    return whose


def _presences(gathering: Gathering, participants: list[int]) -> list[tuple[int, Span]]:
    rows = Presence.objects.filter(participant__room__table_of__gathering=gathering, participant__in=participants)
    found = rows.order_by("began_at", "pk")
    return [(row.participant_id, (row.began_at, _until(row, gathering.held_at))) for row in found]


def _until(row: Presence, held_at: datetime | None) -> datetime:
    """When a stream closed; one that was heard of a moment before the end was open until then."""
    if row.ended_at is None and held_at is not None and row.seen_at >= held_at - SILENCE:
        return max(row.seen_at, held_at)
    return row.ended_at or row.seen_at


def _running(gatherings: list[int]) -> list[Span]:
    rows = Activity.objects.filter(room__table_of__gathering__in=gatherings).exclude(runs=[])
    return merged((_time(began), _time(ended)) for row in rows for began, ended in row.runs)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _minutes(person: int, spans: list[Span], running: list[Span], gathering: Gathering) -> int:
    elsewhere = Presence.objects.filter(
        participant__person=person,
        participant__room__table_of__gathering__state=Gathering.State.HELD,
        participant__room__table_of__gathering__held_at__lt=gathering.held_at or datetime.max.replace(tzinfo=UTC),
        began_at__lt=max(end for _start, end in spans),
        seen_at__gt=min(start for start, _end in spans),
    ).exclude(participant__room__table_of__gathering=gathering)
    taken = [(row.began_at, row.ended_at or row.seen_at) for row in elsewhere]
    others = list(
        Table.objects.filter(room__participants__presences__in=elsewhere).values_list("gathering_id", flat=True)
    )
    counted = [(max(a, c), min(b, d)) for a, b in merged(taken) for c, d in _running(others) if max(a, c) < min(b, d)]
    return overlap(without(merged(spans), counted), running)
