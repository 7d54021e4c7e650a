"""A case as data. ``version`` changes when a key changes its meaning or goes; new keys may come at any time."""

import json
from dataclasses import asdict
from typing import Any

from laurels.rooms.cases.case import Case, Made
from laurels.rooms.kinds.scene import Section

VERSION = 1


def write(case: Case) -> str:
    return json.dumps(as_data(case), ensure_ascii=False, indent=2) + "\n"


def as_data(case: Case) -> dict[str, Any]:
    return {
        "version": VERSION,
        "course": case.course,
        "team": case.team,
        "begins": case.begins.isoformat(),
        "ends": case.ends.isoformat(),
        "made": [_made(one) for one in case.made],
        "backlog": [asdict(item) for item in case.backlog],
    }


def _made(made: Made) -> dict[str, Any]:
    sections = [section_data(one) for one in made.sections]
    return {"exercise": made.exercise, "kind": made.kind, "title": made.title, "day": made.day, "sections": sections}


def section_data(section: Section) -> dict[str, Any]:
    """A section with everything in it; keys that say nothing are left out."""
    found: dict[str, Any] = {"title": section.title}
    for name in ("words", "points", "columns", "rows"):
        if given := getattr(section, name):
            found[name] = [list(one) if isinstance(one, tuple) else one for one in given]
    if section.sections:
        found["sections"] = [section_data(one) for one in section.sections]
    return found
