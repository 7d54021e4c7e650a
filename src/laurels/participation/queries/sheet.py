"""The attendance sheet: people down, one day's blocks across."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from laurels.participation.models import Attendance
from laurels.participation.queries.participants import signed_versions
from laurels.programmes.models import Block
from laurels.workshops.models import Seat, Workshop

PAGE = 50


@dataclass(frozen=True, slots=True)
class Cell:
    """One person in one block. ``typed`` is what the trainer wrote when it could not be saved, with the reason why."""

    name: str
    block: Block
    minutes: int | None
    typed: str | None = None
    refusal: str = ""

    @property
    def value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.minutes is None else str(self.minutes)

    @property
    def choice(self) -> str:
        """For the one-block list: full, part, absent, or nothing noted yet."""
        if self.minutes is None:
            return ""
        return "absent" if self.minutes == 0 else "full" if self.minutes == self.block.minutes else "part"


@dataclass(frozen=True, slots=True)
class Row:
    seat: Seat
    cells: list[Cell]
    signed_version: int | None

    @property
    def minutes(self) -> int:
        return sum(cell.minutes or 0 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    workshop: Workshop
    agenda: list[Block]
    blocks: list[Block]
    rows: list[Row]
    page: int
    has_more: bool

    @property
    def days(self) -> list[int]:
        return sorted({block.day for block in self.agenda})

    @property
    def day(self) -> int:
        return self.blocks[0].day if self.blocks else 1

    @property
    def of_the_day(self) -> list[Block]:
        return [block for block in self.agenda if block.day == self.day]

    @property
    def following(self) -> Block | None:
        """The block after the only shown one."""
        places = {block.pk: place for place, block in enumerate(self.agenda)}
        place = places[self.blocks[-1].pk] + 1 if self.blocks else len(self.agenda)
        return self.agenda[place] if place < len(self.agenda) else None

    @property
    def length(self) -> int:
        return sum(block.minutes for block in self.blocks)

    @property
    def seen(self) -> str:
        """What the page showed, sent back with it: only differences are written, and never over a newer entry."""
        noted = {cell.name: cell.minutes for row in self.rows for cell in row.cells if cell.minutes is not None}
        return json.dumps(noted, separators=(",", ":"))


def sheet(
    workshop: Workshop,
    *,
    day: int | None = None,
    block: str = "",
    page: int = 1,
    today: date | None = None,
    refused: Mapping[str, tuple[str, str]] | None = None,
) -> Sheet:
    """One block if ``block`` is a key of the agenda, else the day asked for, today, or the first.

    ``refused``: cell name → what was typed, and why it could not be saved.
    """
    agenda = list(Block.objects.filter(curriculum=workshop.curriculum_id).counted().in_order())
    shown = _shown(agenda, day or _day_of(workshop, today), block)
    start = (max(page, 1) - 1) * PAGE
    seats = list(workshop.seats.filled().by_name()[start : start + PAGE + 1])
    rows = _rows(workshop, seats[:PAGE], shown, refused or {})
    return Sheet(workshop, agenda, shown, rows, max(page, 1), len(seats) > PAGE)


def _day_of(workshop: Workshop, today: date | None) -> int:
    return (today - workshop.starts_on).days + 1 if today else 1


def _shown(agenda: list[Block], day: int, key: str) -> list[Block]:
    if one := [block for block in agenda if block.key == key]:
        return one
    of_the_day = [block for block in agenda if block.day == day]
    return of_the_day or [block for block in agenda if block.day == agenda[0].day]


def _rows(
    workshop: Workshop, seats: list[Seat], blocks: list[Block], refused: Mapping[str, tuple[str, str]]
) -> list[Row]:
    ids = [seat.pk for seat in seats]
    noted = _noted(ids, blocks)
    signed = signed_versions(workshop, ids)
    return [Row(seat, [_cell(seat, block, noted, refused) for block in blocks], signed.get(seat.pk)) for seat in seats]


def _noted(seats: list[int], blocks: list[Block]) -> dict[tuple[int, int], int]:
    rows = Attendance.objects.filter(seat__in=seats, block__in=[block.pk for block in blocks])
    return {(seat, block): minutes for seat, block, minutes in rows.values_list("seat_id", "block_id", "minutes")}


def _cell(
    seat: Seat, block: Block, noted: Mapping[tuple[int, int], int], refused: Mapping[str, tuple[str, str]]
) -> Cell:
    name = f"{seat.public_id}.{block.key}"
    typed, why = refused.get(name, (None, ""))
    return Cell(name, block, noted.get((seat.pk, block.pk)), typed, why)
