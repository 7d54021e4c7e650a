"""E-books as files: PDF and EPUB, their pages and covers; and what having read some pages is worth."""

import hashlib
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import pypdfium2  # type: ignore[import-untyped]
from django.utils.html import strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.library.models import Ebook
from laurels.library.rules.files import FileProblem
from laurels.people.models import Organisation

MOST_BYTES = 60_000_000
MOST_UNPACKED = 200_000_000
MOST_ENTRIES = 5_000
PAGES_MOST = 5_000
COVER_WIDTH = 400
# An EPUB flows; a printed page of prose has about so many signs.
SIGNS_A_PAGE = 1_500
# Two minutes for a page of 250 to 300 words, read to learn from it; no source names a figure.
MINUTES_A_PAGE = 2
AT_ONCE_MOST = 8 * 60
REFLECTION_LEAST = 20
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
JPEG = "image/jpeg"
COVER_BYTES = 10_000_000
PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class BookFile:
    slug: str
    title: str
    authors: str
    media_type: str
    pages: int
    content: bytes
    cover: bytes
    cover_type: str
    digest: str


def read_book(name: str, raw: bytes) -> BookFile | FileProblem:
    """The book in a file, or what is wrong with it."""
    if len(raw) > MOST_BYTES:
        return FileProblem(name, 0, _("Larger than 60 megabytes."))
    try:
        if raw.startswith(b"%PDF-"):
            found = _pdf(raw)
        elif raw.startswith(b"PK"):
            found = _epub(raw)
        else:
            return FileProblem(name, 0, _("Neither PDF nor EPUB."))
    except _Broken as broken:
        return FileProblem(name, 0, str(broken))
    title, authors, pages, cover = found
    if not 1 <= pages <= PAGES_MOST:
        return FileProblem(name, 0, _("It has no pages, or more than 5,000."))
    slug = slugify(Path(name).stem)[:120]
    if not slug:
        return FileProblem(name, 0, _("No address can be made of the file's name. Rename it."))
    media_type = "application/pdf" if raw.startswith(b"%PDF-") else "application/epub+zip"
    kind = next((kind for mark, kind in PICTURES.items() if cover.startswith(mark)), "")
    digest = hashlib.sha256(raw).hexdigest()
    words = (title or Path(name).stem.replace("-", " ").replace("_", " "))[:200], authors[:200]
    return BookFile(slug, *words, media_type, pages, raw, cover if kind else b"", kind, digest)


def cover_of(raw: bytes) -> bytes | None:
    """A cover as it is kept: a JPEG no wider than it is shown; None where ``raw`` is no picture."""
    if len(raw) > COVER_BYTES:
        return None
    try:
        with Image.open(BytesIO(raw), formats=("PNG", "JPEG", "WEBP")) as picture:
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((COVER_WIDTH, 2 * COVER_WIDTH))
            made = BytesIO()
            upright.save(made, "JPEG", quality=80)
            return made.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


class _Broken(Exception):
    pass


type _Found = tuple[str, str, int, bytes]


def _pdf(raw: bytes) -> _Found:
    try:
        book = pypdfium2.PdfDocument(raw)
        meta, pages = book.get_metadata_dict(), len(book)
        cover = BytesIO()
        if pages:
            first = book[0]
            picture = first.render(scale=COVER_WIDTH / max(1.0, first.get_width())).to_pil().convert("RGB")
            picture.crop((0, 0, picture.width, min(picture.height, 2 * COVER_WIDTH))).save(cover, "JPEG", quality=80)
    except pypdfium2.PdfiumError as wrong:
        raise _Broken(_("This PDF cannot be opened; perhaps it has a password.")) from wrong
    return _line(meta.get("Title", "")), _line(meta.get("Author", "")), pages, cover.getvalue()


def _epub(raw: bytes) -> _Found:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as book:
            entries = book.infolist()
            if len(entries) > MOST_ENTRIES or sum(one.file_size for one in entries) > MOST_UNPACKED:
                raise _Broken(_("Unpacked it is too large for a book."))
            container = _xml(book.read("META-INF/container.xml"))
            rootfile = container.find(f".//{CONTAINER}")
            where = rootfile.get("full-path", "") if rootfile is not None else ""
            package = _xml(book.read(where))
            items = {one.get("id", ""): one.attrib for one in package.iter(f"{OPF}item")}
            spine = [items[one.get("idref", "")] for one in package.iter(f"{OPF}itemref")]
            folder = PurePosixPath(where).parent
            signs = sum(len(strip_tags(_text(book, folder, one["href"])).strip()) for one in spine)
            cover = _cover(book, folder, package, items)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError, UnicodeDecodeError, RuntimeError, OSError) as wrong:
        raise _Broken(_("This EPUB cannot be read; it is damaged or locked.")) from wrong
    title, author = (_line(package.findtext(f".//{DC}{name}") or "") for name in ("title", "creator"))
    return title, author, -(-signs // SIGNS_A_PAGE), cover


def _xml(raw: bytes) -> ElementTree.Element:
    """Without entities of its own, which no package of a book needs."""
    if b"<!ENTITY" in raw:
        raise _Broken(_("This EPUB declares entities of its own, which no book needs."))
    return ElementTree.fromstring(raw)


def _text(book: zipfile.ZipFile, folder: PurePosixPath, href: str) -> str:
    return book.read(str(folder / href)).decode("utf-8", "replace")


def _cover(
    book: zipfile.ZipFile, folder: PurePosixPath, package: ElementTree.Element, items: Mapping[str, Mapping[str, str]]
) -> bytes:
    """The picture the book calls its cover; none where it names none or it is missing."""
    named = next((one.get("content", "") for one in package.iter(f"{OPF}meta") if one.get("name") == "cover"), "")
    by_property = (one["href"] for one in items.values() if "cover-image" in one.get("properties", ""))
    href = next(by_property, "") or items.get(named, {}).get("href", "")
    try:
        return book.read(str(folder / href)) if href else b""
    except KeyError:
        return b""


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def fresh_pages(first: int, final: int, read: Iterable[tuple[int, int]]) -> int:
    """How many pages from ``first`` to ``final`` lie in none of the ranges ``read``, ends included."""
    left = set(range(first, final + 1))
    for begin, end in read:
        left -= set(range(begin, end + 1))
    return len(left)


def why_not_keep(body: Organisation, row: Ebook | None, slug: str, *, by: Actor) -> Refusal | None:
    """``slug`` is the address of the book that is meant; empty for a new one."""
    if not by.has("staff", at=body.pk):
        return Refusal("not-staff", _("Only the body's staff keep the shelf."))
    if row is not None and (not slug or row.body_id != body.pk):
        words = _("There is a book of this address already. Open it to give it a new file, or rename yours.")
        return Refusal("address", words, field="file")
    return None


def why_not_read_pages(
    book: Ebook,
    first: int,
    final: int,
    words: str,
    *,
    person_id: int,
    fresh: int,
    credited: int,
    is_said: bool,
    had_since: datetime | None,
    now: datetime,
    by: Actor,
) -> Refusal | None:
    """``had_since`` is when the person first had the book, ``credited`` are minutes any reading has given since then:
    nobody reads two books at a time. ``is_said``: they wrote the same words before.
    """
    if by.person_id != person_id:
        return Refusal("not-yours", _("Only you yourself can read for you."))
    if had_since is None:
        return Refusal("not-had", _("Download it first and read; having downloaded it is worth nothing yet."))
    if not 1 <= first <= final <= book.pages:
        words_ = _("From a page to a later one, between 1 and %(n)s.")
        return Refusal("pages", words_ % {"n": book.pages}, field="first")
    if not fresh:
        return Refusal("read-already", _("These pages are in your ledger already, and count once."), field="first")
    if fresh * MINUTES_A_PAGE > AT_ONCE_MOST:
        return Refusal("too-many", _("At most 240 pages at a time; nobody reads more in a day."), field="final")
    passed = int((now - had_since).total_seconds() // 60)
    if credited + fresh * MINUTES_A_PAGE > passed:
        words_ = _(
            "That takes about %(need)s minutes; of the time since you have had the book, %(left)s are not in your"
            " ledger for other reading. Read on in peace."
        )
        left = max(0, passed - credited)
        return Refusal("too-fast", words_ % {"need": fresh * MINUTES_A_PAGE, "left": left}, field="final")
    if len(words.strip()) < REFLECTION_LEAST:
        return Refusal("reflection", _("Write one whole sentence: what will you do differently?"), field="words")
    if is_said:
        words_ = _("You wrote this sentence before. What do you take from these pages?")
        return Refusal("said-before", words_, field="words")
    return None
