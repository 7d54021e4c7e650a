"""Books come in with their pages and cover; downloading earns nothing, and no page counts twice or too fast."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from laurels.education.models import LedgerEntry
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.library.actions import download, import_books, read_pages
from laurels.library.models import Article, Download, Ebook, EbookFile, PagesRead, Reading
from laurels.library.rules.books import BookFile, fresh_pages, read_book

SYSTEM = Actor.of_system("test")
WORDS = "I will ask three users before I write the next item."
OTHER = "On Monday I will cut the largest item in two."
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    "<dc:title>Small   steps</dc:title><dc:creator>Ada L.</dc:creator></metadata><manifest>"
    '<item id="c" href="cover.png" properties="cover-image"/><item id="t" href="one.xhtml"/></manifest>'
    '<spine><itemref idref="t"/></spine></package>'
)


def pdf(pages=3):
    made = BytesIO()
    first, *rest = [Image.new("RGB", (200, 300), "white") for _ in range(pages)]
    first.save(made, "PDF", save_all=True, append_images=rest, title="On value", author="Grace H.")
    return made.getvalue()


def epub(signs=4_000, **changed):
    cover, made = BytesIO(), BytesIO()
    Image.new("RGB", (20, 30), "green").save(cover, "PNG")
    files = {
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": PACKAGE,
        "OPS/one.xhtml": f"<html><body><p>{'x' * signs}</p></body></html>",
        "OPS/cover.png": cover.getvalue(),
    } | changed
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in files.items():
            if content is not None:
                book.writestr(name, content)
    return made.getvalue()


def imported(world, *files, by=SYSTEM):
    return list(import_books(world.guild, files, by=by, now=world.noon))[-1]


@pytest.fixture
def book(world):
    imported(world, ("on-value.pdf", pdf(200)))
    return Ebook.objects.get()


def test_a_pdf_has_its_pages_title_and_a_picture_of_the_first(world):
    found = read_book("On Value.pdf", pdf())
    assert (found.slug, found.title, found.authors, found.pages) == ("on-value", "On value", "Grace H.", 3)
    with Image.open(BytesIO(found.cover)) as cover:
        assert cover.size == (400, 600)


def test_an_epub_has_portions_of_its_text_as_pages():
    found = read_book("steps.epub", epub())
    assert (found.title, found.authors, found.pages, found.cover_type) == ("Small steps", "Ada L.", 3, "image/png")


def test_a_book_without_a_cover_comes_in_without():
    assert read_book("steps.epub", epub(**{"OPS/cover.png": None})).cover == b""
    assert read_book("steps.epub", epub(**{"OPS/cover.png": b"<svg onload=alert(1)>"})).cover_type == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"hello",
        b"%PDF-1.7 broken",
        b"PK broken",
        epub(**{"META-INF/container.xml": None}),
        epub(**{"OPS/one.xhtml": None}),
        epub(**{"OPS/book.opf": "<package"}),
        epub(**{"OPS/book.opf": '<!DOCTYPE x [<!ENTITY a "b">]><package/>'}),
        epub(signs=0),
        epub(**{"OPS/big": bytes(201_000_000)}),
    ],
)
def test_a_broken_book_is_named_and_the_others_come_in(world, raw):
    done = imported(world, ("broken.pdf", raw), ("good.pdf", pdf()))
    assert (done.fresh, [problem.file for problem in done.problems]) == (1, ["broken.pdf"])


def test_importing_again_changes_nothing_or_the_book_in_place(world):
    imported(world, ("a.pdf", raw := pdf()))
    assert imported(world, ("a.pdf", raw)).same == 1
    assert imported(world, ("a.pdf", pdf(5))).changed == 1
    assert (Ebook.objects.get().pages, EbookFile.objects.count()) == (5, 1)


@pytest.mark.parametrize(
    ("read", "fresh"), [([], 10), ([(1, 5)], 5), ([(1, 5), (3, 8)], 2), ([(1, 10)], 0), ([(0, 3), (9, 20)], 5)]
)
def test_each_page_counts_once(read, fresh):
    assert fresh_pages(1, 10, read) == fresh


def claimed(world, book, first=1, final=30, words=WORDS, hours=2, **changes):
    return read_pages(
        book,
        world.ada,
        first,
        final,
        words,
        **{"by": world.ada.actor, "now": world.noon + timedelta(hours=hours), **changes},
    )


def test_pages_read_are_in_the_ledger_and_the_download_is_not(world, book):
    download(book, world.ada, by=world.ada.actor, now=world.noon)
    drain()
    assert not LedgerEntry.objects.exists()
    claimed(world, book)
    claimed(world, book, 21, 40, words=OTHER)
    drain()
    entries = LedgerEntry.objects.order_by("pk")
    assert [(one.title, one.minutes, one.evidence_text) for one in entries] == [
        ("On value, 1–30", 60, WORDS),
        ("On value, 21–40", 20, OTHER),
    ]
    with pytest.raises(Refused, match="in your ledger already"):
        claimed(world, book, 5, 35)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hours": 0.9}, "too-fast"),
        ({"final": 61}, "too-fast"),
        ({"first": 0}, "pages"),
        ({"final": 201}, "pages"),
        ({"first": 9, "final": 8}, "pages"),
        ({"words": "Nice."}, "reflection"),
        ({"final": 200, "hours": 24}, ""),
    ],
)
def test_claims_that_cannot_be(world, book, changes, code):
    download(book, world.ada, by=world.ada.actor, now=world.noon)
    if not code:
        assert claimed(world, book, **changes).minutes == 400
        return
    with pytest.raises(Refused) as refused:
        claimed(world, book, **changes)
    assert refused.value.refusal.code == code
    assert not PagesRead.objects.exists()


def test_each_claim_needs_words_of_its_own(world, book):
    download(book, world.ada, by=world.ada.actor, now=world.noon)
    claimed(world, book)
    with pytest.raises(Refused, match="You wrote this sentence before"):
        claimed(world, book, 31, 32, words=WORDS.upper() + " ")
    assert claimed(world, book, 31, 32, words=OTHER).fresh == 2


def test_many_books_fetched_at_once_are_worth_the_time_of_one(world):
    """Two hours are two hours, however many books lie open; the control is the same claim by somebody else."""
    imported(world, *((f"b{nth}.pdf", pdf(60 + nth)) for nth in range(4)))
    for book in Ebook.objects.order_by("slug"):
        for person in (world.ada, world.grace):
            download(book, person, by=person.actor, now=world.noon)
    taken, codes = 0, []
    for nth, book in enumerate(Ebook.objects.order_by("slug")):
        try:
            taken += claimed(world, book, 1, 40, words=f"{WORDS} {nth}").minutes
        except Refused as refused:
            codes.append(refused.refusal.code)
    assert (taken, codes) == (80, ["too-fast"] * 3)
    last = Ebook.objects.get(slug="b3")
    now = world.noon + timedelta(hours=2)
    assert read_pages(last, world.grace, 1, 40, WORDS, by=world.grace.actor, now=now).minutes == 80


def test_an_article_read_meanwhile_takes_of_the_same_time(world, book):
    download(book, world.ada, by=world.ada.actor, now=world.noon)
    article = Article.objects.create(
        body=world.guild,
        slug="a",
        title="A",
        dated=world.today,
        text="x",
        html="x",
        minutes=90,
        digest="x",
        imported_at=world.noon,
    )
    Reading.objects.create(
        person=world.ada,
        article=article,
        seconds=5_400,
        beat_at=world.noon,
        finished_at=world.noon + timedelta(minutes=95),
        reflection=WORDS,
    )
    with pytest.raises(Refused, match="30 are not in your ledger"):
        claimed(world, book, 1, 16)
    assert claimed(world, book, 1, 15).minutes == 30


def test_nobody_claims_what_they_never_had_nor_for_others(world, book):
    with pytest.raises(Refused, match="Download it first"):
        claimed(world, book)
    download(book, world.ada, by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="Only you yourself"):
        claimed(world, book, by=world.grace.actor)


def test_the_pages_of_the_shelf(world, client, book, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.noon)
    assert "On value" in client.get("/ebooks").content.decode()
    assert client.get("/ebooks/on-value/cover").headers["Content-Type"] == "image/jpeg"
    assert client.get("/ebooks/nothing").status_code == 404
    assert client.post("/ebooks/on-value/file").headers["Content-Disposition"].startswith("attachment")
    assert not Download.objects.exists()
    client.force_login(world.ada)
    client.post("/ebooks/on-value/file")
    assert Download.objects.get().person == world.ada
    fields = {"first": "1", "final": "9", "words": WORDS}
    assert client.post("/ebooks/on-value/pages", fields).status_code == 422
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.noon + timedelta(hours=1))
    assert client.post("/ebooks/on-value/pages", fields).status_code == 303
    assert "9 of 200 pages" in client.get("/ebooks/on-value").content.decode()


def test_a_draft_is_on_no_shelf(world, client, book):
    Ebook.objects.update(is_draft=True)
    assert [client.get(f"/ebooks/on-value{end}").status_code for end in ("", "/cover")] == [404, 404]
    assert client.post("/ebooks/on-value/file").status_code == 404


def test_what_was_read_is_a_book_file():
    assert isinstance(read_book("a.pdf", pdf()), BookFile)
