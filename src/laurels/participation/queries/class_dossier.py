"""The trainer's dossier: people down, exercises across, minutes beside them. In the order of names, never of levels."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from laurels.participation.models import Attendance, Coverage, Line, Remark
from laurels.participation.queries.decisions import counted_blocks
from laurels.participation.queries.marks import Column, Mark, marks_of, words
from laurels.participation.queries.participants import participants
from laurels.participation.rules import Participant
from laurels.programmes.models import Block
from laurels.workshops.models import Seat, Workshop

PAGE = 50


@dataclass(frozen=True, slots=True)
class MarkCell:
    """One person in one exercise. ``typed`` is what the trainer wrote when it could not be saved."""

    name: str
    mark: Mark
    typed: str | None = None
    refusal: str = ""

    @property
    def value(self) -> str:
        return f"{self.mark.shape} {self.mark.word}" if self.typed is None else self.typed

    @property
    def chosen(self) -> str:
        return self.mark.level if self.typed is None else self.typed


@dataclass(frozen=True, slots=True)
class PersonRow:
    seat: Seat
    cells: list[MarkCell]
    by_day: dict[int, int]
    signed_version: int | None
    open_remarks: int

    @property
    def minutes(self) -> int:
        return sum(self.by_day.values())

    @property
    def took_part(self) -> int:
        return sum(not cell.mark.is_none for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ClassDossier:
    workshop: Workshop
    days: list[int]
    rows: list[PersonRow]
    page: int = 1
    has_more: bool = False
    # Only when one person is shown: what they remarked, and who stands beside them in the list.
    remarks: list[Remark] = field(default_factory=list)
    before: str = ""
    after: str = ""

    @property
    def exercises(self) -> list[Column]:
        return [cell.mark.exercise for cell in self.rows[0].cells] if self.rows else []

    @property
    def minimum(self) -> int:
        return self.workshop.curriculum.minimum_minutes

    @property
    def letters(self) -> str:
        return json.dumps(words(), ensure_ascii=False)

    @property
    def seen(self) -> str:
        """What the page showed, sent back with it: only differences are written, and never over a newer word."""
        shown = {cell.name: cell.mark.level for row in self.rows for cell in row.cells}
        return json.dumps(shown, separators=(",", ":"))


def class_dossier(
    workshop: Workshop, *, page: int = 1, typed: Mapping[str, tuple[str, str]] | None = None
) -> ClassDossier:
    """A page of people. ``typed``: cell name → what was typed, and why it could not be saved."""
    start = (max(page, 1) - 1) * PAGE
    seats = list(_with_flags(workshop.seats.filled().by_name())[start : start + PAGE + 1])
    days, rows = _rows(workshop, seats[:PAGE], typed or {})
    return ClassDossier(workshop, days, rows, max(page, 1), len(seats) > PAGE)


def dossier_of(
    workshop: Workshop, person: str, *, typed: Mapping[str, tuple[str, str]] | None = None
) -> ClassDossier | None:
    """One person, by the seat's public id; None if there is no such seat."""
    seats = workshop.seats.filled()
    seat: Any = _with_neighbours(_with_flags(seats), seats).filter(public_id=person).first()
    if seat is None:
        return None
    days, rows = _rows(workshop, [seat], typed or {})
    remarks = seat.remarks.select_related("exercise", "answer__by").oldest_first()
    return ClassDossier(workshop, days, rows, remarks=list(remarks), before=seat.before or "", after=seat.after or "")


def _with_flags(seats: "QuerySet[Seat]") -> Any:
    live = Line.objects.live().filter(seat=OuterRef("pk")).order_by().values("roster__version")
    remarks: Any = Remark.objects.open().filter(seat=OuterRef("pk")).order_by().values("seat")
    return seats.annotate(
        signed_version=Subquery(live[:1]), open_remarks=Subquery(remarks.annotate(n=Count("pk")).values("n"))
    )


def _with_neighbours(rows: Any, seats: "QuerySet[Seat]") -> Any:
    """Who comes before and after in the order of names."""
    here = OuterRef("name")
    later = seats.filter(Q(name__gt=here) | Q(name=here, pk__gt=OuterRef("pk"))).order_by("name", "pk")
    earlier = seats.filter(Q(name__lt=here) | Q(name=here, pk__lt=OuterRef("pk"))).order_by("-name", "-pk")
    return rows.annotate(
        after=Subquery(later.values("public_id")[:1]), before=Subquery(earlier.values("public_id")[:1])
    )


def _rows(
    workshop: Workshop, seats: list[Any], typed: Mapping[str, tuple[str, str]]
) -> tuple[list[int], list[PersonRow]]:
    ids = [seat.pk for seat in seats]
    marks, minutes = marks_of(workshop, ids), _minutes(ids)
    days = sorted({day for _seat, day in minutes})
    rows = [
        PersonRow(
            seat,
            [_cell(seat, mark, typed) for mark in marks[seat.pk]],
            {day: minutes.get((seat.pk, day), 0) for day in days},
            seat.signed_version,
            seat.open_remarks or 0,
        )
        for seat in seats
    ]
    return days, rows


def _minutes(seats: list[int]) -> dict[tuple[int, int], int]:
    rows = Attendance.objects.filter(seat__in=seats).order_by().values_list("seat_id", "block__day")
    return {(seat, day): minutes for seat, day, minutes in rows.annotate(Sum("minutes"))}


def _cell(seat: Seat, mark: Mark, typed: Mapping[str, tuple[str, str]]) -> MarkCell:
    name = f"{seat.public_id}.{mark.exercise.key}"
    wrote, why = typed.get(name, (None, ""))
    return MarkCell(name, mark, wrote, why)


def dossier_table(workshop: Workshop) -> list[list[str]]:
    """Everybody of a workshop as a table for a spreadsheet, its head first."""
    people, blocks = participants(workshop), counted_blocks(workshop)
    days = sorted({block.day for block in blocks})
    titles = [covered.title for covered in people[0].coverage] if people else []
    head = [_("Person"), *(_("Day %(day)s, minutes") % {"day": day} for day in days), _("Minutes"), _("Minimum")]
    head += [_("Took part in"), _("Exercises held"), _("Decision"), *titles]
    return [head, *(_table_row(someone, workshop, blocks, days) for someone in people)]


def _table_row(someone: Participant, workshop: Workshop, blocks: list[Block], days: list[int]) -> list[str]:
    by_day = dict.fromkeys(days, 0)
    for block in blocks:
        by_day[block.day] += someone.minutes.get(block.key, 0)
    numbers = [*by_day.values(), someone.minutes_present, workshop.curriculum.minimum_minutes]
    numbers += [someone.took_part, len(someone.coverage)]
    levels = [f"{Coverage.Level(one.level).label} ({one.source})" for one in someone.coverage]
    return [someone.name, *map(str, numbers), someone.decision, *levels]
