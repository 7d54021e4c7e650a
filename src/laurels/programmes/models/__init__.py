"""What packs bring, in versions, and what trainers make of it."""

from laurels.programmes.models.exercises import Exercise
from laurels.programmes.models.lessons import Lesson
from laurels.programmes.models.policies import PolicyDraft
from laurels.programmes.models.programmes import (
    Block,
    CertificateLayout,
    Conduct,
    Course,
    Curriculum,
    LetterText,
    Licence,
    Objective,
    PackLoad,
    Policy,
    Scheme,
)

__all__ = [
    "Block",
    "CertificateLayout",
    "Conduct",
    "Course",
    "Curriculum",
    "Exercise",
    "Lesson",
    "LetterText",
    "Licence",
    "Objective",
    "PackLoad",
    "Policy",
    "PolicyDraft",
    "Scheme",
]
