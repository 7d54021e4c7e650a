import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from laurels.participation.actions.attendance import Place
from laurels.participation.queries import Sheet
from laurels.participation.queries.sheet import Cell, Row
from laurels.participation.rules import why_not_note_for, why_not_these_minutes

FULL = {"p", "full", "✓"}
ABSENT = {"a", "absent"}


@dataclass(slots=True)
class Noted:
    """What came back from an attendance sheet: the differences, what was shown, and cells that cannot be read."""

    minutes: dict[Place, int] = field(default_factory=dict)
    seen: dict[Place, int | None] = field(default_factory=dict)
    refused: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_sheet(post: QueryDict, sheet: Sheet) -> Noted:
    """Only cells that differ from what the page showed count; "all present" fills those nobody has noted."""
    shown = read_json(post.get("seen", ""))
    noted = Noted()
    for row in sheet.rows:
        for cell in row.cells:
            was = shown.get(cell.name)
            typed = _typed(post, row, cell)
            if typed == "" and was is None and _is_all_present(post, row, cell):
                typed = "p"
            if typed != ("" if was is None else str(was)):
                _read_cell(noted, row, cell, was, typed)
    return noted


def _typed(post: QueryDict, row: Row, cell: Cell) -> str:
    typed = post.get(cell.name, "").strip().lower()
    return post.get(f"{cell.name}.part", "").strip() or typed if typed == "part" else typed


def _is_all_present(post: QueryDict, row: Row, cell: Cell) -> bool:
    return f"block.{cell.block.key}" in post or f"person.{row.seat.public_id}" in post


def _read_cell(noted: Noted, row: Row, cell: Cell, was: Any, typed: str) -> None:
    minutes = cell.block.minutes if typed in FULL else 0 if typed in ABSENT else _number(typed)
    if minutes is None:
        noted.refused[cell.name] = (typed, _("Write P for present, A for absent, or the minutes."))
    elif refusal := why_not_note_for(row.seat.name, row.signed_version) or why_not_these_minutes(cell.block, minutes):
        noted.refused[cell.name] = (typed, str(refusal))
    elif minutes != was:
        place = (row.seat.pk, cell.block.pk)
        noted.minutes[place] = minutes
        noted.seen[place] = was


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 4 else None


def read_json(text: str) -> Mapping[str, Any]:
    """What a page sent back with it; a forged or broken note is an empty one."""
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
