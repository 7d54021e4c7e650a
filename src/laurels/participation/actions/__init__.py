"""The verbs; the only writers."""

from laurels.participation.actions.attendance import Kept, Noting, note_attendance
from laurels.participation.actions.decision import Choice, attest, attest_all, attest_throughout
from laurels.participation.actions.declaration import declare, declare_all
from laurels.participation.actions.letters import (
    ask_for_declarations,
    tell_of_decision,
    tell_of_receipt,
    tell_of_return,
)
from laurels.participation.actions.roster import receive_roster, sign_roster, submit_roster
from laurels.participation.actions.ruling import accept_line, accept_roster, return_line

__all__ = [
    "Choice",
    "Kept",
    "Noting",
    "accept_line",
    "accept_roster",
    "ask_for_declarations",
    "attest",
    "attest_all",
    "attest_throughout",
    "declare",
    "declare_all",
    "note_attendance",
    "receive_roster",
    "return_line",
    "sign_roster",
    "submit_roster",
    "tell_of_decision",
    "tell_of_receipt",
    "tell_of_return",
]
