"""What the room saw of people: minutes present, and how far they took part."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from laurels.rooms.kinds import Kind, kinds, level, read_plan
from laurels.rooms.kinds.scene import Plan
from laurels.rooms.models import Activity, Contribution, Participant, Presence, Room
from laurels.rooms.queries.desk import Desk

# From least to most; the trainer's mark only adds to what the rule sees.
LEVELS = ("none", "partly", "met")

# How long after an exercise talking still counts for its block; the block's own length is the most in any case.
TALK = timedelta(minutes=30)

type Span = tuple[datetime, datetime]


def minutes_present(room: Room) -> dict[tuple[int, int], int]:
    """(participant pk, block pk) → whole minutes a stream was open in the time of a block, without breaks.

    Talking after an exercise belongs to its block, until the next line or a break begins, for ``TALK`` at most.
    """
    running: dict[int, list[Span]] = {}
    for block, span in _block_spans(room):
        running.setdefault(block, []).append(span)
    present: dict[int, list[Span]] = {}
    for row in Presence.objects.filter(participant__room=room).order_by("began_at", "pk"):
        present.setdefault(row.participant_id, []).append((row.began_at, row.ended_at or row.seen_at))
    return {
        (participant, block): overlap(mine, spans)
        for participant, mine in present.items()
        for block, spans in running.items()
    }


def _block_spans(room: Room) -> Iterator[tuple[int, Span]]:
    lines = Activity.objects.filter(room=room).exclude(runs=[]).values_list("block_id", "is_break", "runs")
    runs = sorted(
        (_time(began), _time(ended), block or 0, is_break) for block, is_break, runs in lines for began, ended in runs
    )
    following = [began for began, *_rest in runs[1:]] + [datetime.max.replace(tzinfo=UTC)]
    for (began, ended, block, is_break), next_began in zip(runs, following, strict=True):
        if block and not is_break:
            yield block, (began, max(ended, min(ended + TALK, next_began)))


_time = datetime.fromisoformat


def overlap(present: Iterable[Span], running: Iterable[Span]) -> int:
    """Whole minutes that both go on; times that overlap among themselves count once."""
    shared = [(max(a, c), min(b, d)) for a, b in merged(present) for c, d in merged(running)]
    return int(sum((end - start).total_seconds() for start, end in shared if end > start) // 60)


def merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def levels(activity: Activity) -> dict[int, str]:
    """Participant pk → ``met``, ``partly`` or ``none`` for every learner; the trainer's mark adds to it."""
    plan = read_plan(activity.plan)
    kind = kinds()[plan.kind]
    canvases = {canvas.team_id: canvas for canvas in activity.canvases.all()}
    states = {team: msgspec.json.decode(canvas.state, type=kind.state) for team, canvas in canvases.items()}
    rows = {row.participant_id: row for row in Contribution.objects.filter(activity=activity)}
    learners = Participant.objects.taking_part().filter(room=activity.room_id).by_name()
    return {learner.pk: _level(learner, rows.get(learner.pk), plan, kind, states) for learner in learners}


def seats_of(room: Room) -> dict[int, int]:
    """Participant pk → seat pk of the learners known to be who they say: only they leave evidence."""
    known = Participant.objects.taking_part().filter(room=room, seat__isnull=False, confirmed_at__isnull=False)
    return dict(known.values_list("pk", "seat_id"))


def seat_minutes(room: Room) -> dict[tuple[int, int], int]:
    """(seat pk, block pk) → minutes present, for attendance."""
    seats = seats_of(room)
    return {(seats[who], block): count for (who, block), count in minutes_present(room).items() if who in seats}


def seat_levels(activity: Activity) -> dict[int, str]:
    """Seat pk → how far somebody took part in an exercise, for coverage."""
    seats = seats_of(activity.room)
    return {seats[who]: reached for who, reached in levels(activity).items() if who in seats}


def level_of(participant: Participant, desk: Desk) -> str:
    """How far one learner has taken part in the exercise of a canvas by now."""
    rows = Contribution.objects.filter(activity=desk.canvas.activity_id, participant=participant)
    row = desk.contribution or rows.first()
    return _level(participant, row, desk.plan, desk.kind, {participant.team_id: desk.state})


def _level(
    learner: Participant, row: Contribution | None, plan: Plan, kind: Kind, states: dict[int | None, Any]
) -> str:
    if row is None:
        return Contribution.Level.NONE.value
    state = states.get(learner.team_id, states.get(None))
    return max(row.marked or "none", level(plan, kind, state, row.deeds), key=LEVELS.index)
