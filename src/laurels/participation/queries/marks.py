"""How people took part in each exercise that was held, with who says so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import FilteredRelation, Q
from django.utils.translation import gettext as _

from laurels.participation.models import Coverage, HeldExercise
from laurels.workshops.models import Workshop

SHAPES = {Coverage.Level.MET: "●", Coverage.Level.PARTLY: "◐", Coverage.Level.NONE: "○"}
OF_EXERCISE = ("pk", "key", "title", "says", "is_required")
OF_MARK = ("seat_id", "level", "source", "reason", "marked_at", "marked_by__name")


@dataclass(frozen=True, slots=True)
class Column:
    """An exercise that was held."""

    pk: int
    key: str
    title: str
    says: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One person in one exercise; without ``at``, nobody has noted anything, which is no part in it."""

    exercise: Column
    level: str = Coverage.Level.NONE
    source: str = Coverage.Source.ROOM
    reason: str = ""
    at: datetime | None = None
    by: str = ""

    @property
    def shape(self) -> str:
        return SHAPES[Coverage.Level(self.level)]

    @property
    def word(self) -> str:
        return str(Coverage.Level(self.level).label)

    @property
    def is_none(self) -> bool:
        return self.level == Coverage.Level.NONE

    @property
    def is_word(self) -> bool:
        """Whether a trainer says so, not the room."""
        return self.source == Coverage.Source.TRAINER

    @property
    def source_in_words(self) -> str:
        if self.is_word:
            return _("%(name)s's word") % {"name": self.by or _("the trainer")}
        return _("the room's own record")


def words() -> dict[str, str]:
    """What one letter in a dossier's cell stands for: ``{"m": "● met", …}``."""
    return {str(level.label)[0].lower(): f"{SHAPES[level]} {level.label}" for level in Coverage.Level}


def level_of(typed: str) -> str:
    """The level that was typed: its letter, its word, or both with the shape before it; "" for anything else."""
    word = typed.strip(" ●◐○").lower()
    for level in Coverage.Level:
        label = str(level.label).lower()
        if word in {level.value, level.value[0], label, label[0]}:
            return level.value
    return ""


def columns_of(workshop: Workshop) -> list[Column]:
    held = HeldExercise.objects.filter(workshop=workshop).in_order()
    return [Column(*row) for row in held.values_list(*OF_EXERCISE)]


def marks_of(workshop: Workshop, seats: Collection[int]) -> dict[int, list[Mark]]:
    """seat → a mark for every exercise that was held, in their order. A page's worth of seats."""
    held = HeldExercise.objects.filter(workshop=workshop).in_order()
    theirs = FilteredRelation("coverages", condition=Q(coverages__seat__in=list(seats)))
    rows = held.annotate(theirs=theirs).values_list(*OF_EXERCISE, *(f"theirs__{name}" for name in OF_MARK))
    columns: dict[int, Column] = {}
    found: dict[tuple[int, int], Mark] = {}
    for row in rows:
        column = columns.setdefault(row[0], Column(*row[: len(OF_EXERCISE)]))
        seat, level, source, reason, at, by = row[len(OF_EXERCISE) :]
        if seat is not None:
            found[seat, column.pk] = Mark(column, level, source, reason, at, by or "")
    return {seat: [found.get((seat, pk)) or Mark(column) for pk, column in columns.items()] for seat in seats}
