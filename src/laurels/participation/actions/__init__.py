"""The verbs; the only writers."""

from laurels.participation.actions.attendance import Kept, Noting, note_attendance
from laurels.participation.actions.coverage import Correcting, KeptLevel, correct_coverage, correct_coverages
from laurels.participation.actions.decision import Choice, attest, attest_all, attest_throughout
from laurels.participation.actions.declaration import declare, declare_all
from laurels.participation.actions.letters import (
    ask_for_declarations,
    tell_of_decision,
    tell_of_receipt,
    tell_of_return,
)
from laurels.participation.actions.remarks import answer_remark, remark
from laurels.participation.actions.room import note_coverage, note_from_room
from laurels.participation.actions.roster import receive_roster, sign_roster, submit_roster
from laurels.participation.actions.ruling import accept_line, accept_roster, return_line

__all__ = [
    "Choice",
    "Correcting",
    "Kept",
    "KeptLevel",
    "Noting",
    "accept_line",
    "accept_roster",
    "answer_remark",
    "ask_for_declarations",
    "attest",
    "attest_all",
    "attest_throughout",
    "correct_coverage",
    "correct_coverages",
    "declare",
    "declare_all",
    "note_attendance",
    "note_coverage",
    "note_from_room",
    "receive_roster",
    "remark",
    "return_line",
    "sign_roster",
    "submit_roster",
    "tell_of_decision",
    "tell_of_receipt",
    "tell_of_return",
]
