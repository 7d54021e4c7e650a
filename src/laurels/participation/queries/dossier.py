"""What an auditor reads: one person's way from the first attendance minute to the body's ruling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from laurels.journal.models import Entry
from laurels.participation.facts import AttendanceNoted, CoverageCorrected, CoverageNoted
from laurels.participation.models import Attendance, Attestation, Declaration, Line, Remark
from laurels.participation.queries.decisions import counted_blocks
from laurels.participation.queries.marks import Column, Mark, marks_of
from laurels.participation.queries.roster import is_intact
from laurels.people.models import Person
from laurels.programmes.models import Block
from laurels.workshops.models import Seat


@dataclass(frozen=True, slots=True)
class BlockEvidence:
    """``signed`` is what the line says, ``noted`` today's note; they differ only after a return."""

    block: Block
    signed: int | None
    noted: Attendance | None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry in the grid, first or corrected, as the journal has it."""

    at: datetime
    by: str
    block: Block
    minutes: int


@dataclass(frozen=True, slots=True)
class ExerciseEvidence:
    """``signed`` is what the line says, ``noted`` how it stands today; they differ only after a return."""

    signed: Mark | None
    noted: Mark


@dataclass(frozen=True, slots=True)
class MarkChange:
    """One entry on an exercise, the room's or a trainer's, as the journal has it."""

    at: datetime
    by: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Dossier:
    seat: Seat
    line: Line | None
    blocks: list[BlockEvidence]
    changes: list[Change]
    exercises: list[ExerciseEvidence]
    mark_changes: list[MarkChange]
    remarks: list[Remark]
    declaration: Declaration | None
    decisions: list[Attestation]
    lines: list[Line]
    is_intact: bool

    @property
    def minutes(self) -> int:
        return sum(row.noted.minutes for row in self.blocks if row.noted)

    @property
    def minimum(self) -> int:
        return self.seat.workshop.curriculum.minimum_minutes


def dossier(of: Line | Seat) -> Dossier:
    """Everything about a line, or about a seat and its newest line if it has one."""
    seat = of.seat if isinstance(of, Line) else of
    lines = list(
        seat.lines.select_related("roster__signature__by", "roster__submission__by", "ruled_by").order_by("pk")
    )
    line = of if isinstance(of, Line) else (lines[-1] if lines else None)
    blocks = counted_blocks(seat.workshop)
    marks = marks_of(seat.workshop, [seat.pk])[seat.pk]
    return Dossier(
        seat=seat,
        line=line,
        blocks=_evidence(seat, line, blocks),
        changes=_changes(seat, blocks),
        exercises=_exercises(line, marks),
        mark_changes=_mark_changes(seat, marks),
        remarks=list(seat.remarks.select_related("exercise", "answer__by").oldest_first()),
        declaration=Declaration.objects.filter(seat=seat).first(),
        decisions=list(seat.attestations.select_related("decided_by").order_by("pk")),
        lines=lines,
        is_intact=line is not None and is_intact(line.roster),
    )


def _evidence(seat: Seat, line: Line | None, blocks: list[Block]) -> list[BlockEvidence]:
    noted = {row.block_id: row for row in Attendance.objects.filter(seat=seat).select_related("noted_by")}
    signed = line.evidence if line else {}
    return [BlockEvidence(block, signed.get(block.key), noted.get(block.pk)) for block in blocks]


def _changes(seat: Seat, blocks: list[Block]) -> list[Change]:
    by_pk = {block.pk: block for block in blocks}
    entries = list(Entry.objects.about(seat.workshop.topic).of(AttendanceNoted))
    names = _names({entry.by for entry in entries})
    return [
        Change(entry.at, names.get(entry.by, entry.by), by_pk[block], minutes)
        for entry in entries
        for noted, block, minutes in entry.payload["cells"]
        if noted == seat.pk and block in by_pk
    ]


def _exercises(line: Line | None, marks: list[Mark]) -> list[ExerciseEvidence]:
    signed = signed_marks(line, [mark.exercise for mark in marks]) if line else {}
    return [ExerciseEvidence(signed.get(mark.exercise.key), mark) for mark in marks]


def signed_marks(line: Line, columns: Iterable[Column]) -> dict[str, Mark]:
    """Exercise key → what the line was signed with."""
    signed = {key: (level, source) for source, levels in line.coverage.items() for key, level in levels.items()}
    return {column.key: Mark(column, *signed[column.key]) for column in columns if column.key in signed}


def _mark_changes(seat: Seat, marks: list[Mark]) -> list[MarkChange]:
    columns = {mark.exercise.pk: mark.exercise for mark in marks}
    if not columns:
        return []
    about = Entry.objects.about(seat.workshop.topic)
    entries = list(about.of(CoverageNoted) | about.of(CoverageCorrected))
    names = _names({entry.by for entry in entries})
    return [
        MarkChange(entry.at, names.get(entry.by, entry.by), Mark(columns[exercise], level))
        for entry in entries
        for noted, exercise, level in entry.payload["cells"]
        if noted == seat.pk and exercise in columns
    ]


def _names(actors: Iterable[str]) -> dict[str, str]:
    """``person:7`` → that person's name; the system keeps its own."""
    ids = [int(actor.removeprefix("person:")) for actor in actors if actor.startswith("person:")]
    return {f"person:{person.pk}": str(person) for person in Person.objects.filter(pk__in=ids)}
