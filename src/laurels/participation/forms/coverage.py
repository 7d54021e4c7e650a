from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.participation.actions.attendance import Place
from laurels.participation.forms.attendance import read_json
from laurels.participation.queries import ClassDossier
from laurels.participation.queries.class_dossier import MarkCell, PersonRow
from laurels.participation.queries.marks import level_of
from laurels.participation.rules import why_not_note_for
from laurels.participation.rules.remark import REMARK_LIMIT


@dataclass(slots=True)
class Marked:
    """What came back from a dossier: levels that differ, those that were shown, and cells that cannot be read."""

    levels: dict[Place, str] = field(default_factory=dict)
    seen: dict[Place, str] = field(default_factory=dict)
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    is_refused: bool = False


def read_marks(post: QueryDict, dossier: ClassDossier) -> Marked:
    """Only cells that differ from what the page showed count."""
    shown = read_json(post.get("seen", ""))
    marked = Marked()
    for row in dossier.rows:
        for cell in row.cells:
            if cell.name in post:
                _read_cell(marked, row, cell, str(shown.get(cell.name, cell.mark.level)), post.get(cell.name, ""))
    return marked


def _read_cell(marked: Marked, row: PersonRow, cell: MarkCell, was: str, typed: str) -> None:
    level = level_of(typed)
    if level == was:
        return
    if not level:
        marked.typed[cell.name] = (typed, _("Write M for met, P for partly or N for none."))
    elif refusal := why_not_note_for(row.seat.name, row.signed_version):
        marked.typed[cell.name] = (typed, str(refusal))
    else:
        place = (row.seat.pk, cell.mark.exercise.pk)
        marked.levels[place], marked.seen[place] = level, was
        marked.typed[cell.name] = (typed, "")
        return
    marked.is_refused = True


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("In one sentence: how did you see it?"),
        help_text=gettext_lazy("It stands beside everything you change here; the learner and the body read it."),
        max_length=1000,
        strip=True,
    )


class RemarkForm(forms.Form):
    """One sentence: the learner's remark, or the answer to it."""

    text = forms.CharField(max_length=REMARK_LIMIT, strip=True)
