"""The verbs of reading: lessons and articles."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.library import facts, rules
from laurels.library.models import Article, LessonDone, Picture, Reading
from laurels.library.rules import parts
from laurels.library.rules.files import ArticleFile, FileProblem, no_picture, read_article
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Lesson

COLUMNS = ("title", "dated", "summary", "text", "html", "minutes", "is_draft", "digest", "path")
CHUNK = 200


@dataclass(slots=True)
class Imported:
    """What an import did; ``problems`` are files that were left out, ``missing`` pictures that are named."""

    fresh: int = 0
    changed: int = 0
    same: int = 0
    problems: list[FileProblem] = field(default_factory=list)
    missing: list[FileProblem] = field(default_factory=list)


@transaction.atomic
def finish_lesson(lesson: Lesson, person: Person, *, by: Actor, now: datetime) -> LessonDone:
    """``person`` has read it; saying so twice changes nothing. Raises Refused."""
    person = Person.objects.lock(person.pk)
    require(rules.why_not_finish(person, by=by))
    done, is_new = LessonDone.objects.get_or_create(
        person=person, body_id=lesson.body_id, key=lesson.key, defaults={"at": now}
    )
    if is_new:
        record(f"learner:{person.pk}", facts.LessonFinished(person.pk, lesson.pk), by=by, at=now)
    return done


def import_articles(
    body: Organisation,
    files: Iterable[tuple[str, bytes]],
    *,
    picture: Callable[[str], bytes | None] = no_picture,
    by: Actor,
    now: datetime,
) -> Iterator[Imported]:
    """Take articles over; yields how far it is after each portion. A broken file is named and the others come in.

    ``picture`` gives the bytes of a path in the same folder, or None.
    """
    total, portion = Imported(), list[ArticleFile]()
    seen: dict[str, str] = {}
    for name, raw in files:
        found = read_article(name, raw, picture)
        if isinstance(found, ArticleFile) and found.slug in seen:
            words = f"The same address as {seen[found.slug]}. Give one of them another slug."
            found = FileProblem(name, 0, words)
        if isinstance(found, FileProblem):
            total.problems.append(found)
            continue
        seen[found.slug] = name
        total.missing += [FileProblem(name, 0, f"No picture {path} here; its words stay.") for path in found.missing]
        portion.append(found)
        if len(portion) == CHUNK:
            _import(body, portion, total, by=by, now=now)
            portion = []
            yield total
    _import(body, portion, total, by=by, now=now)
    yield total


@transaction.atomic
def _import(body: Organisation, files: list[ArticleFile], total: Imported, *, by: Actor, now: datetime) -> None:
    known = {one.slug: one for one in Article.objects.filter(slug__in=[file.slug for file in files])}
    fresh, changed, same = [], [], 0
    for file in files:
        row = known.get(file.slug)
        if row and row.body_id != body.pk:
            total.problems.append(FileProblem(file.slug, 0, "Another body has an article of this address."))
        elif row and row.file_digest == file.digest:
            # What staff wrote here since stays, as long as the file says nothing new.
            total.same += 1
        elif row:
            same += row.digest == file.digest
            changed.append(_from_file(row, file, now))
        else:
            fresh.append(_from_file(Article(body=body, slug=file.slug), file, now))
    pictures = [
        Picture(digest=one.digest, ending=one.ending, content=one.content) for file in files for one in file.pictures
    ]
    Picture.objects.bulk_create(pictures, ignore_conflicts=True)
    Article.objects.bulk_create(fresh)
    Article.objects.bulk_update(
        changed, [*COLUMNS, "topics", "pictures", "topics_text", "search_text", "imported_at", "file_digest"]
    )
    total.fresh, total.changed = total.fresh + len(fresh), total.changed + len(changed) - same
    total.same += same
    if fresh or len(changed) > same:
        record(f"library:{body.pk}", facts.ArticlesImported(body.pk, len(fresh), len(changed) - same), by=by, at=now)


def _from_file(row: Article, file: ArticleFile, now: datetime) -> Article:
    row.file_digest = file.digest
    return filled(row, file, now)


def filled(row: Article, file: ArticleFile, now: datetime) -> Article:
    for name in COLUMNS:
        setattr(row, name, getattr(file, name))
    row.topics, row.pictures = list(file.topics), dict(file.shown)
    row.topics_text = "".join(f"|{topic.casefold()}|" for topic in file.topics)
    row.search_text = f"{file.title}\n{file.summary}\n{file.text}".casefold()
    row.imported_at = now
    return row


@transaction.atomic
def beat(
    article: Article, person: Person, nonce: str = "", named: Collection[str] = (), *, by: Actor, now: datetime
) -> Reading:
    """The parts that are ``named`` are before ``person``'s eyes; what passed since the beat before counts for them.

    ``nonce`` is what that beat was given. Without one the reading begins here, and ends wherever else it was going on.
    Raises Refused.
    """
    person = Person.objects.lock(person.pk)
    require(rules.why_not_read(person, by=by))
    reading, _is_new = Reading.objects.get_or_create(person=person, article=article, defaults={"beat_at": now})
    if nonce:
        require(rules.why_not_beat(reading, article, nonce, named))
        _count(reading, article, named, now)
    else:
        Reading.objects.filter(person=person).exclude(nonce="").update(nonce="")
    reading.nonce, reading.beat_at = token_urlsafe(16), max(reading.beat_at, now)
    reading.save(update_fields=["sections", "seconds", "nonce", "beat_at"])
    return reading


def _count(reading: Reading, article: Article, named: Collection[str], now: datetime) -> None:
    cut = parts.cut(article.html)
    seen, passed = parts.in_view(cut, named) or [], parts.seconds_of_beat(reading.beat_at, now)
    reading.sections = parts.with_time(cut, reading.sections, seen, passed, article.minutes)
    reading.seconds = rules.progress_of(reading, article).seconds


@transaction.atomic
def reflect(article: Article, person: Person, words: str, *, by: Actor, now: datetime) -> Reading:
    """``person`` has read it and says what they take from it; twice gives the same. Raises Refused."""
    person = Person.objects.lock(person.pk)
    reading = Reading.objects.filter(person=person, article=article).select_related("article").first()
    if reading and reading.finished_at and by.person_id == person.pk:
        return reading
    require(rules.why_not_reflect(reading, words, by=by))
    assert reading is not None
    reading.finished_at, reading.reflection = now, words.strip()
    reading.save(update_fields=["finished_at", "reflection"])
    record(f"learner:{person.pk}", facts.ArticleRead(person.pk, article.pk, reading.pk), by=by, at=now)
    return reading
