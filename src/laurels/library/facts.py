"""What can have happened to somebody who learns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LessonFinished:
    person_id: int
    lesson_id: int
