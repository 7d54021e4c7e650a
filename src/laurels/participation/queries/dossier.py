"""What an auditor reads: one person's way from the first attendance minute to the body's ruling."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from laurels.journal.models import Entry
from laurels.participation.facts import AttendanceNoted
from laurels.participation.models import Attendance, Attestation, Declaration, Line
from laurels.participation.queries.decisions import counted_blocks
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
class Dossier:
    seat: Seat
    line: Line | None
    blocks: list[BlockEvidence]
    changes: list[Change]
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
    return Dossier(
        seat=seat,
        line=line,
        blocks=_evidence(seat, line, blocks),
        changes=_changes(seat, blocks),
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


def _names(actors: Iterable[str]) -> dict[str, str]:
    """``person:7`` → that person's name; the system keeps its own."""
    ids = [int(actor.removeprefix("person:")) for actor in actors if actor.startswith("person:")]
    return {f"person:{person.pk}": str(person) for person in Person.objects.filter(pk__in=ids)}
