"""What can have happened to a body's programmes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackLoaded:
    body_id: int
    load_id: int


@dataclass(frozen=True, slots=True)
class SchemeAdded:
    scheme_id: int


@dataclass(frozen=True, slots=True)
class SchemeChanged:
    scheme_id: int


@dataclass(frozen=True, slots=True)
class PolicyVersioned:
    policy_id: int


@dataclass(frozen=True, slots=True)
class CourseAdded:
    course_id: int


@dataclass(frozen=True, slots=True)
class CourseChanged:
    course_id: int


@dataclass(frozen=True, slots=True)
class CurriculumVersioned:
    curriculum_id: int


@dataclass(frozen=True, slots=True)
class ExerciseVersioned:
    exercise_id: int


@dataclass(frozen=True, slots=True)
class LetterVersioned:
    letter_text_id: int


@dataclass(frozen=True, slots=True)
class LicenceVersioned:
    licence_id: int


@dataclass(frozen=True, slots=True)
class LayoutVersioned:
    layout_id: int
