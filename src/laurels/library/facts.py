"""What can have happened to somebody who learns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LessonFinished:
    person_id: int
    lesson_id: int


@dataclass(frozen=True, slots=True)
class ArticlesImported:
    body_id: int
    fresh: int
    changed: int


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """Read for its reading time, and reflected on."""

    person_id: int
    article_id: int
    reading_id: int
