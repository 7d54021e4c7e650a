"""The verbs of the ledger, and of what proves its lines."""

from laurels.education.actions.claiming import claim, close_code, make_code
from laurels.education.actions.ledger import correct, credit, report, reverse
from laurels.education.actions.proving import add_evidence, answer, ask_organiser

__all__ = [
    "add_evidence",
    "answer",
    "ask_organiser",
    "claim",
    "close_code",
    "correct",
    "credit",
    "make_code",
    "report",
    "reverse",
]
