"""The verbs of staff who keep the shelf of e-books."""

from datetime import date, datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.library import facts
from laurels.library.actions.books import words_to_find
from laurels.library.models import Ebook, EbookFile
from laurels.library.rules import books
from laurels.people.models import Organisation


@transaction.atomic
def keep_book(
    body: Organisation,
    file: books.BookFile,
    *,
    slug: str = "",
    cover: bytes = b"",
    by: Actor,
    now: datetime,
) -> Ebook:
    """Put a file on the shelf as a draft, its pages counted from it; with ``slug`` a new edition. Raises Refused."""
    Organisation.objects.select_for_update().get(pk=body.pk)
    row = Ebook.objects.filter(slug=slug or file.slug).first()
    require(books.why_not_keep(body, row, slug, by=by))
    book = row or Ebook(body=body, slug=file.slug, title=file.title, authors=file.authors, dated=now.date())
    if row is None:
        book.is_draft = True
    book.media_type, book.pages, book.digest, book.imported_at = file.media_type, file.pages, file.digest, now
    words_to_find(book).save()
    shown = (cover, books.JPEG) if cover else (file.cover, file.cover_type)
    kept = {"content": file.content, "cover": shown[0], "cover_type": shown[1]}
    EbookFile.objects.update_or_create(ebook=book, defaults=kept)
    record(f"library:{body.pk}", facts.EbookImported(body.pk, book.pk), by=by, at=now)
    return book


@transaction.atomic
def describe_book(
    book: Ebook,
    *,
    title: str,
    authors: str,
    summary: str,
    topics: list[str],
    dated: date,
    cover: bytes = b"",
    by: Actor,
    now: datetime,
) -> Ebook:
    """What the shelf says about it; an empty ``cover`` leaves the one it has. Raises Refused."""
    book = Ebook.objects.select_for_update().get(pk=book.pk)
    require(books.why_not_keep(book.body, book, book.slug, by=by))
    book.title, book.authors, book.summary, book.topics, book.dated = title, authors, summary, topics, dated
    words_to_find(book).save()
    if cover:
        EbookFile.objects.filter(ebook=book).update(cover=cover, cover_type=books.JPEG)
    record(f"library:{book.body_id}", facts.EbookWritten(book.body_id, book.pk), by=by, at=now)
    return book


@transaction.atomic
def publish_book(book: Ebook, *, by: Actor, now: datetime) -> Ebook:
    """Onto the shelf, from its day on; twice changes nothing. Raises Refused."""
    return _set_draft(book, facts.EbookPublished(book.body_id, book.pk), is_draft=False, by=by, now=now)


@transaction.atomic
def withdraw_book(book: Ebook, *, by: Actor, now: datetime) -> Ebook:
    """Off the shelf; twice changes nothing. Raises Refused."""
    return _set_draft(book, facts.EbookWithdrawn(book.body_id, book.pk), is_draft=True, by=by, now=now)


def _set_draft(
    book: Ebook, fact: facts.EbookPublished | facts.EbookWithdrawn, *, is_draft: bool, by: Actor, now: datetime
) -> Ebook:
    book = Ebook.objects.select_for_update().get(pk=book.pk)
    require(books.why_not_keep(book.body, book, book.slug, by=by))
    if book.is_draft != is_draft:
        book.is_draft = is_draft
        book.save(update_fields=["is_draft"])
        record(f"library:{book.body_id}", fact, by=by, at=now)
    return book
