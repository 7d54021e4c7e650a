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
class LetterVersioned:
    letter_text_id: int


@dataclass(frozen=True, slots=True)
class LicenceVersioned:
    licence_id: int


@dataclass(frozen=True, slots=True)
class ConductVersioned:
    conduct_id: int


@dataclass(frozen=True, slots=True)
class LayoutVersioned:
    layout_id: int


@dataclass(frozen=True, slots=True)
class ExerciseVersioned:
    """A body's exercise came with a pack, new or changed."""

    exercise_id: int


@dataclass(frozen=True, slots=True)
class ExerciseCopied:
    exercise_id: int
    from_id: int


@dataclass(frozen=True, slots=True)
class ExerciseChanged:
    """``exercise_id`` is the new version of a trainer's own exercise."""

    exercise_id: int


@dataclass(frozen=True, slots=True)
class ExerciseBrought:
    """A trainer's own exercise came with a pack of theirs, new or changed."""

    exercise_id: int


@dataclass(frozen=True, slots=True)
class ExerciseWithdrawn:
    exercise_id: int


@dataclass(frozen=True, slots=True)
class LessonVersioned:
    lesson_id: int


@dataclass(frozen=True, slots=True)
class PolicyPutIntoEffect:
    """Written by the body's staff, not loaded with a pack."""

    policy_id: int
    draft_id: int
