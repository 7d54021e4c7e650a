"""Input → clean values; never saves."""

from laurels.participation.forms.attendance import Noted, read_sheet
from laurels.participation.forms.coverage import CorrectionForm, Marked, RemarkForm, read_marks
from laurels.participation.forms.decisions import Decided, read_decisions
from laurels.participation.forms.declaration import DeclarationForm
from laurels.participation.forms.roster import ReturnForm, SignForm

__all__ = [
    "CorrectionForm",
    "Decided",
    "DeclarationForm",
    "Marked",
    "Noted",
    "RemarkForm",
    "ReturnForm",
    "SignForm",
    "read_decisions",
    "read_marks",
    "read_sheet",
]
