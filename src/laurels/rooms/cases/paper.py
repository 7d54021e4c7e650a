"""A case on paper: the team's words as text, set in our faces."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from laurels import typesetting
from laurels.rooms.cases.case import Case
from laurels.rooms.cases.document import as_data, section_data

HERE = Path(__file__).parent


def write(case: Case, *, at: datetime) -> bytes:
    """A PDF, A4."""
    return typesetting.pdf(HERE / "case.typ", words_of(case), at=at)


def words_of(case: Case) -> dict[str, Any]:
    days = [
        {
            "title": _("Day %s") % day if day else _("Besides"),
            "sections": [section_data(one) for made in made_then for one in made.sections],
        }
        for day, made_then in case.days
    ]
    labels = {"backlog": _("Backlog"), "criteria": _("Accepted when"), "outcome": _("Outcome"), "why": _("Why here")}
    return {
        "title": case.team or case.course,
        "course": case.course,
        "when": f"{case.begins:%-d %B} – {case.ends:%-d %B %Y}",
        "language": (get_language() or "en").partition("-")[0],
        "days": days,
        "backlog": as_data(case)["backlog"],
        "labels": labels,
    }
