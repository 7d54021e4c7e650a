"""The verbs of e-books. The person's row orders who claims which pages."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.library import facts
from laurels.library.actions.reading import Imported
from laurels.library.models import Download, Ebook, EbookFile, PagesRead, Reading
from laurels.library.rules import books
from laurels.library.rules.files import FileProblem
from laurels.people.models import Organisation, Person


def import_books(
    body: Organisation, files: Iterable[tuple[str, bytes]], *, by: Actor, now: datetime
) -> Iterator[Imported]:
    """Take books over, each by itself; yields how far it is after each. A broken one is named, the others come in."""
    total = Imported()
    for name, raw in files:
        found = books.read_book(name, raw)
        if isinstance(found, FileProblem):
            total.problems.append(found)
        else:
            _import(body, name, found, total, by=by, now=now)
        yield total


@transaction.atomic
def _import(body: Organisation, name: str, file: books.BookFile, total: Imported, *, by: Actor, now: datetime) -> None:
    book = Ebook.objects.filter(slug=file.slug).first()
    if book and book.body_id != body.pk:
        total.problems.append(FileProblem(name, 0, "Another body has a book of this address."))
        return
    if book and book.digest == file.digest:
        total.same += 1
        return
    total.changed, total.fresh = total.changed + bool(book), total.fresh + (not book)
    book = book or Ebook(body=body, slug=file.slug, dated=now.date())
    for field in ("title", "authors", "media_type", "pages", "digest"):
        setattr(book, field, getattr(file, field))
    book.imported_at = now
    words_to_find(book).save()
    kept = {"content": file.content, "cover": file.cover, "cover_type": file.cover_type}
    EbookFile.objects.update_or_create(ebook=book, defaults=kept)
    record(f"library:{body.pk}", facts.EbookImported(body.pk, book.pk), by=by, at=now)


@transaction.atomic
def download(book: Ebook, person: Person, *, by: Actor, now: datetime) -> Download:
    """Note when somebody first had it; that alone is worth nothing. Asking twice gives the first."""
    person = Person.objects.lock(person.pk)
    had, is_new = Download.objects.get_or_create(person=person, ebook=book, defaults={"at": now})
    if is_new:
        record(f"learner:{person.pk}", facts.EbookDownloaded(person.pk, book.pk), by=by, at=now)
    return had


@transaction.atomic
def read_pages(
    book: Ebook, person: Person, first: int, final: int, words: str, *, by: Actor, now: datetime
) -> PagesRead:
    """``person`` has read these pages and says what they take from them; each page counts once. Raises Refused."""
    person = Person.objects.lock(person.pk)
    earlier = PagesRead.objects.filter(person=person, ebook=book)
    fresh = (
        books.fresh_pages(first, final, earlier.values_list("first", "final"))
        if 1 <= first <= final <= book.pages
        else 0
    )
    had = Download.objects.filter(person=person, ebook=book).first()
    mine = PagesRead.objects.filter(person=person)
    refusal = books.why_not_read_pages(
        book,
        first,
        final,
        words,
        person_id=person.pk,
        fresh=fresh,
        credited=_minutes_since(person, had.at) if had else 0,
        is_said=mine.filter(words__iexact=words.strip()).exists(),
        had_since=had.at if had else None,
        now=now,
        by=by,
    )
    require(refusal)
    read = PagesRead.objects.create(
        person=person,
        ebook=book,
        first=first,
        final=final,
        fresh=fresh,
        minutes=fresh * books.MINUTES_A_PAGE,
        words=words.strip(),
        at=now,
    )
    record(f"learner:{person.pk}", facts.EbookPagesRead(person.pk, book.pk, read.pk), by=by, at=now)
    return read


def _minutes_since(person: Person, since: datetime) -> int:
    """What ``person`` was credited for reading since then, in whatever book or article: the time is gone."""
    books_ = PagesRead.objects.filter(person=person, at__gte=since).aggregate(sum=Sum("minutes"))["sum"] or 0
    articles = Reading.objects.filter(person=person, finished_at__gte=since).aggregate(sum=Sum("seconds"))["sum"] or 0
    return books_ + articles // 60


def words_to_find(book: Ebook) -> Ebook:
    """By which words a search finds it."""
    book.topics_text = "".join(f"|{topic.casefold()}|" for topic in book.topics)
    book.search_text = "\n".join([book.title, book.authors, book.summary, *book.topics]).casefold()
    return book
