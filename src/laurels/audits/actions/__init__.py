"""The verbs of audits."""

from laurels.audits.actions.answering import answer, appeal
from laurels.audits.actions.drawing import draw, pause_missing
from laurels.audits.actions.letters import (
    remind,
    remind_all,
    tell_of_audit,
    tell_of_outcome,
    tell_of_question,
    tell_of_settlement,
)
from laurels.audits.actions.retention import clear_evidence
from laurels.audits.actions.ruling import rule_on, settle

__all__ = [
    "answer",
    "appeal",
    "clear_evidence",
    "draw",
    "pause_missing",
    "remind",
    "remind_all",
    "rule_on",
    "settle",
    "tell_of_audit",
    "tell_of_outcome",
    "tell_of_question",
    "tell_of_settlement",
]
