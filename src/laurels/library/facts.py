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


@dataclass(frozen=True, slots=True)
class ArticleWritten:
    body_id: int
    article_id: int


@dataclass(frozen=True, slots=True)
class EbookImported:
    body_id: int
    ebook_id: int


@dataclass(frozen=True, slots=True)
class EbookWritten:
    """Its words, its cover or its file were changed at the desk."""

    body_id: int
    ebook_id: int


@dataclass(frozen=True, slots=True)
class EbookPublished:
    body_id: int
    ebook_id: int


@dataclass(frozen=True, slots=True)
class EbookWithdrawn:
    """On no shelf any more; who has read it keeps what they earned."""

    body_id: int
    ebook_id: int


@dataclass(frozen=True, slots=True)
class EbookDownloaded:
    """Worth nothing by itself."""

    person_id: int
    ebook_id: int


@dataclass(frozen=True, slots=True)
class EbookPagesRead:
    """Some pages, reflected on; each counts once."""

    person_id: int
    ebook_id: int
    pages_read_id: int
