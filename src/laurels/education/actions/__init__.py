"""The verbs of the ledger, and of what proves its lines."""

from laurels.education.actions.claiming import claim, close_code, make_code
from laurels.education.actions.correcting import correct
from laurels.education.actions.ledger import credit, report, reverse
from laurels.education.actions.meeting import claim_minutes, credit_gathering, credit_help
from laurels.education.actions.proving import add_evidence, answer, ask_organiser
from laurels.education.actions.retention import announce_leaving, remove_file

__all__ = [
    "add_evidence",
    "announce_leaving",
    "answer",
    "ask_organiser",
    "claim",
    "claim_minutes",
    "close_code",
    "correct",
    "credit",
    "credit_gathering",
    "credit_help",
    "make_code",
    "remove_file",
    "report",
    "reverse",
]
