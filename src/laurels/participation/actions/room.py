"""What a live room knows by itself: who was there for how long, and who took part in what."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from laurels.journal.actions import record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.participation import facts, rules
from laurels.participation.actions.attendance import ENTRY, Place, cells_noted, write_minutes
from laurels.participation.models import Attendance, Coverage, HeldExercise
from laurels.participation.queries import signed_versions
from laurels.participation.queries.participants import on_seats
from laurels.participation.rules import Held
from laurels.programmes.models import Block
from laurels.workshops.models import Workshop

Cell = tuple[int, int, str]


@transaction.atomic
def note_from_room(workshop: Workshop, minutes: Mapping[Place, int], *, by: Actor, now: datetime) -> int:
    """Write the minutes a room has counted per (seat, block), at most the block's length; returns how many changed.

    What a person noted by hand stands, and so does what is signed; breaks and seats given up are left out. The same
    record again changes nothing.
    """
    workshop = Workshop.objects.lock(workshop.pk)
    require(rules.why_not_note_from_room(workshop, by=by))
    seats = _open_seats(workshop, {seat for seat, _block in minutes})
    lengths = dict(Block.objects.filter(curriculum=workshop.curriculum_id).counted().values_list("pk", "minutes"))
    current = _minutes(workshop, seats)
    changed = {}
    for (seat, block), counted in minutes.items():
        if seat not in seats or block not in lengths:
            continue
        present = max(0, min(counted, lengths[block]))
        if current.get((seat, block)) not in (Attendance.Source.GRID, present):
            changed[seat, block] = present
    write_minutes(changed, Attendance.Source.ROOM, by, now)
    if changed:
        record_all(workshop.topic, cells_noted(workshop, changed), by=by, at=now)
    return len(changed)


def _open_seats(workshop: Workshop, wanted: Collection[int]) -> set[int]:
    """Those of the wanted seats that are taken and under no signature."""
    taken = set(workshop.seats.filled().values_list("pk", flat=True))
    return (taken & set(wanted)) - signed_versions(workshop, wanted).keys()


def _minutes(workshop: Workshop, seats: Collection[int]) -> dict[Place, Any]:
    """Place → the room's own minutes, or that somebody noted it by hand."""
    rows = Attendance.objects.filter(**on_seats(workshop, seats)).values_list(
        "seat_id", "block_id", "minutes", "source"
    )
    return {
        (seat, block): minutes if source == Attendance.Source.ROOM else Attendance.Source.GRID
        for seat, block, minutes, source in rows
    }


@transaction.atomic
def note_coverage(workshop: Workshop, held: Held, levels: Mapping[int, str], *, by: Actor, now: datetime) -> int:
    """Write who took part in an exercise (seat → "met", "partly" or "none"); returns how many changed.

    The first time it becomes a column of the dossier. Held again, the better level stays; a trainer's word and what is
    signed stand in any case. The same again changes nothing.
    """
    workshop = Workshop.objects.lock(workshop.pk)
    require(rules.why_not_note_from_room(workshop, by=by))
    exercise, is_new = _exercise(workshop, held)
    seats = _open_seats(workshop, levels.keys())
    current = _levels(exercise, workshop, seats)
    changed = {
        (seat, exercise.pk): level
        for seat, level in levels.items()
        if seat in seats and rules.is_better(level, current.get(seat))
    }
    write_levels(changed, Coverage.Source.ROOM, "", by, now)
    happened: list[Any] = [facts.ExerciseHeld(workshop.pk, exercise.pk)] if is_new else []
    happened += [facts.CoverageNoted(workshop.pk, cells) for cells in in_entries(changed)]
    if happened:
        record_all(workshop.topic, happened, by=by, at=now)
    return len(changed)


def _exercise(workshop: Workshop, held: Held) -> tuple[HeldExercise, bool]:
    """The dossier's column, as it was run latest."""
    words: dict[str, Any] = {
        "title": held.title,
        "says": held.says,
        "block_id": held.block_id,
        "position": held.position,
        "is_required": held.is_required,
    }
    return HeldExercise.objects.update_or_create(workshop=workshop, key=held.key, defaults=words)


def _levels(exercise: HeldExercise, workshop: Workshop, seats: Collection[int]) -> dict[int, str]:
    """seat → the level that a better one replaces; a trainer's word counts as the best there is."""
    rows = exercise.coverages.filter(**on_seats(workshop, seats)).values_list("seat_id", "level", "source")
    return {seat: level if source == Coverage.Source.ROOM else Coverage.Level.MET for seat, level, source in rows}


def write_levels(levels: Mapping[Place, str], source: Coverage.Source, reason: str, by: Actor, now: datetime) -> None:
    """Levels per (seat, exercise), over whatever stood there; the rules have been asked before."""
    Coverage.objects.bulk_create(
        [
            Coverage(
                seat_id=seat,
                exercise_id=exercise,
                level=level,
                source=source,
                reason=reason,
                marked_by_id=by.person_id,
                marked_at=now,
            )
            for (seat, exercise), level in levels.items()
        ],
        batch_size=5000,
        update_conflicts=True,
        unique_fields=["seat", "exercise"],
        update_fields=["level", "source", "reason", "marked_by", "marked_at"],
    )


def in_entries(levels: Mapping[Place, str]) -> list[tuple[Cell, ...]]:
    """The cells as the journal keeps them: a class is one entry, a very big one some."""
    cells = [(seat, exercise, level) for (seat, exercise), level in levels.items()]
    return [tuple(cells[start : start + ENTRY]) for start in range(0, len(cells), ENTRY)]
