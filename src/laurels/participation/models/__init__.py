from laurels.participation.models.attestation import Attestation, AttestationQuerySet, Declaration
from laurels.participation.models.evidence import (
    Attendance,
    Coverage,
    HeldExercise,
    HeldExerciseQuerySet,
    Remark,
    RemarkAnswer,
    RemarkQuerySet,
)
from laurels.participation.models.roster import (
    Line,
    LineQuerySet,
    Roster,
    RosterQuerySet,
    Signature,
    Submission,
)

__all__ = [
    "Attendance",
    "Attestation",
    "AttestationQuerySet",
    "Coverage",
    "Declaration",
    "HeldExercise",
    "HeldExerciseQuerySet",
    "Line",
    "LineQuerySet",
    "Remark",
    "RemarkAnswer",
    "RemarkQuerySet",
    "Roster",
    "RosterQuerySet",
    "Signature",
    "Submission",
]
