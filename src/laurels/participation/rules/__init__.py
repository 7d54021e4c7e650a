"""What may be done, and why not: pure decisions on what ``queries`` has loaded."""

from laurels.participation.rules.attendance import why_not_note, why_not_note_for, why_not_these_minutes
from laurels.participation.rules.coverage import (
    Covered,
    Held,
    is_better,
    why_not_correct,
    why_not_note_from_room,
    why_not_this_correction,
)
from laurels.participation.rules.decision import why_not_attest, why_not_decide
from laurels.participation.rules.declaration import Declared, clean_name, why_not_declare, why_not_this_name
from laurels.participation.rules.participant import Participant
from laurels.participation.rules.preflight import Finding, findings
from laurels.participation.rules.remark import why_not_answer, why_not_remark
from laurels.participation.rules.roster import why_not_receive, why_not_sign, why_not_submit
from laurels.participation.rules.ruling import why_not_accept, why_not_return, why_not_rule
from laurels.participation.rules.seal import Draft, Header, drafts, seal

__all__ = [
    "Covered",
    "Declared",
    "Draft",
    "Finding",
    "Header",
    "Held",
    "Participant",
    "clean_name",
    "drafts",
    "findings",
    "is_better",
    "seal",
    "why_not_accept",
    "why_not_answer",
    "why_not_attest",
    "why_not_correct",
    "why_not_decide",
    "why_not_declare",
    "why_not_note",
    "why_not_note_for",
    "why_not_note_from_room",
    "why_not_receive",
    "why_not_remark",
    "why_not_return",
    "why_not_rule",
    "why_not_sign",
    "why_not_submit",
    "why_not_these_minutes",
    "why_not_this_correction",
    "why_not_this_name",
]
