"""Staff keep the shelf of e-books; what is on it is found by search, feed readers and search engines."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from laurels.kernel.refusal import Refused
from laurels.library.actions import describe_book, keep_book, publish_book, withdraw_book
from laurels.library.models import Ebook, EbookFile
from laurels.library.rules.books import cover_of, read_book
from laurels.library.tests.test_ebooks import epub, pdf


@pytest.fixture(autouse=True)
def now(world, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: world.noon)


def picture(colour="red", size=(800, 1200)):
    made = BytesIO()
    Image.new("RGB", size, colour).save(made, "PNG")
    return made.getvalue()


def uploaded(client, raw, name="On Value.pdf", **files):
    files = {name_: SimpleUploadedFile(f"{name_}.png", content) for name_, content in files.items()}
    return client.post("/desk/ebooks", {"file": SimpleUploadedFile(name, raw), **files})


FIELDS = {
    "title": "On value",
    "authors": "Grace H.",
    "summary": "Ask first.",
    "topics": "Ordering, Value",
    "date": "2026-03-01",
}


@pytest.mark.parametrize(("name", "raw", "pages"), [("On Value.pdf", pdf(7), 7), ("steps.epub", epub(), 3)])
def test_a_book_is_uploaded_described_published_and_withdrawn(world, client, name, raw, pages):
    client.force_login(world.bo)
    assert uploaded(client, raw, name).status_code == 303
    book = Ebook.objects.get()
    assert (book.pages, book.is_draft, book.file.cover_type != "") == (pages, True, True)
    address = f"/desk/ebooks/{book.slug}"
    assert client.get(f"/ebooks/{book.slug}").status_code == 404
    assert client.post(address, FIELDS).status_code == 303
    book.refresh_from_db()
    assert (book.title, book.topics, book.pages) == ("On value", ["Ordering", "Value"], pages)
    assert client.get(f"/ebooks/{book.slug}").status_code == 404

    client.post(f"{address}/publication", {"out": "1"})
    assert "Ask first." in client.get(f"/ebooks/{book.slug}").content.decode()
    assert f"/ebooks/{book.slug}" in client.get(address).content.decode()
    client.post(f"{address}/publication", {"out": "0"})
    assert client.get(f"/ebooks/{book.slug}").status_code == 404


def test_a_cover_of_ones_own_is_made_small_and_a_new_edition_counts_its_pages_anew(world, client):
    client.force_login(world.bo)
    uploaded(client, pdf(3), cover=picture())
    kept = EbookFile.objects.get()
    with Image.open(BytesIO(bytes(kept.cover))) as cover:
        assert (cover.size, cover.format) == ((400, 600), "JPEG")
    edition = {**FIELDS, "file": SimpleUploadedFile("second.pdf", pdf(9))}
    assert client.post("/desk/ebooks/on-value", edition).status_code == 303
    assert Ebook.objects.get().pages == 9
    assert client.get("/ebooks/second").status_code == 404


@pytest.mark.parametrize("raw", [b"hello", b"%PDF-1.7 broken", b"PK broken"])
def test_a_broken_book_is_refused_beside_its_field(world, client, raw):
    client.force_login(world.bo)
    assert uploaded(client, raw).status_code == 422
    assert uploaded(client, pdf(), cover=b"<svg onload=alert(1)>").status_code == 422
    assert not Ebook.objects.exists()


def test_the_same_address_twice_is_refused_and_says_what_to_do(world, client):
    client.force_login(world.bo)
    uploaded(client, pdf())
    again = uploaded(client, pdf(4))
    assert (again.status_code, "Open it to give it a new file" in again.content.decode()) == (422, True)
    assert Ebook.objects.get().pages == 3


def test_only_staff_of_its_body_keep_the_shelf(world, client):
    book = keep_book(world.guild, read_book("a.pdf", pdf()), by=world.bo.actor, now=world.noon)
    for person in (world.ada, world.mallory, world.sam, world.tess):
        client.force_login(person)
        pages = ("/desk/ebooks", "/desk/ebooks/a")
        assert [client.get(page).status_code for page in pages] == [404, 404]
        assert client.post("/desk/ebooks/a/publication", {"out": "1"}).status_code == 404
        for verb in (publish_book, withdraw_book):
            with pytest.raises(Refused, match="Only the body's staff"):
                verb(book, by=person.actor, now=world.noon)
    words = {"title": "T", "authors": "", "summary": "", "topics": [], "dated": world.today}
    with pytest.raises(Refused, match="Only the body's staff"):
        describe_book(book, **words, by=world.ada.actor, now=world.noon)


def shelved(world, slug, **words):
    book = keep_book(world.guild, read_book(f"{slug}.pdf", pdf()), by=world.bo.actor, now=world.noon)
    said = {"title": slug, "authors": "", "summary": "", "topics": [], "dated": world.today, **words}
    describe_book(book, **said, by=world.bo.actor, now=world.noon)
    return publish_book(book, by=world.bo.actor, now=world.noon)


def test_books_are_found_by_search_topic_feed_and_sitemap_when_they_are_out(world, client):
    shelved(world, "out", title="Éclair and value", authors="Grace H.", topics=["Ordering"])
    shelved(world, "later", title="Value later", topics=["Ordering"], dated=world.today + timedelta(days=1))
    withdraw_book(shelved(world, "off", title="Value off", topics=["Ordering"]), by=world.bo.actor, now=world.noon)

    for page in ("/articles?q=VALUE", "/articles?q=grace", "/articles?q=éCLAIR", "/articles?topic=ordering"):
        assert re.findall(r'href="/ebooks/(\w+)"', client.get(page).content.decode()) == ["out"], page
    assert "/ebooks/out" not in client.get("/articles?q=nothing").content.decode()
    assert "/ebooks/out" not in client.get("/articles?topic=order").content.decode()
    for page in ("/articles.atom", "/articles.rss", "/sitemap.xml"):
        found = client.get(page).content.decode()
        assert ("/ebooks/out<" in found or '/ebooks/out"' in found, "later" in found, "/off" in found) == (
            True,
            False,
            False,
        ), page
    assert "/ebooks</loc>" in client.get("/sitemap.xml").content.decode()


def test_what_is_no_cover():
    assert (cover_of(b"MZ"), cover_of(b"")) == (None, None)
