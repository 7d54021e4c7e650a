"""Articles as files: Markdown with front matter in YAML (``---``) or TOML (``+++``)."""

import hashlib
import posixpath
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import nh3
import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

FRONT = re.compile(r"\A\ufeff?(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<front>.*?)\r?\n(?P=mark)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
WORDS_A_MINUTE = 200
MOST_BYTES = 1_000_000
TAGS = nh3.ALLOWED_TAGS - {"form", "input", "button", "iframe", "object", "embed", "style"}
SCHEMES = {"http", "https", "mailto"}
PICTURE_BYTES = 5_000_000
PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif"}


@dataclass(frozen=True, slots=True)
class PictureFile:
    digest: str
    ending: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """``shown``: each path that names a picture, and the ``digest.ending`` it shows."""

    slug: str
    title: str
    dated: date
    summary: str
    topics: tuple[str, ...]
    text: str
    html: str
    minutes: int
    is_draft: bool
    digest: str
    path: str = ""
    pictures: tuple[PictureFile, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong with one file: its path in the folder, a line (0: the whole file), a sentence."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}" if self.line else f"{self.file}: {self.words}"


def no_picture(path: str) -> None:
    """For articles that come without a folder around them."""


def read_article(
    name: str, raw: bytes, picture: Callable[[str], bytes | None] = no_picture
) -> ArticleFile | FileProblem:
    """The file called ``name`` in its folder, or the first thing that is wrong with it."""
    if len(raw) > MOST_BYTES:
        return FileProblem(name, 0, _("Larger than a megabyte; that is no article."))
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError:
        return FileProblem(name, 0, _("This is not UTF-8. Save it as UTF-8 and import it again."))
    found = FRONT.match(whole)
    if found is None:
        return FileProblem(name, 1, _("The file must begin with front matter between two lines of ---."))
    try:
        front = yaml.safe_load(found["front"]) if found["mark"] == "---" else tomllib.loads(found["front"])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as wrong:
        return FileProblem(name, _line(wrong), _("The front matter cannot be read: %(why)s.") % {"why": _short(wrong)})
    if not isinstance(front, dict):
        return FileProblem(name, 2, _("The front matter must name things, such as title: My article."))
    return article_of(name, front, whole[found.end() :].strip() + "\n", picture)


def clean(text: str, point: Callable[[str, str], str] = lambda kind, address: address) -> str:
    """Markdown as HTML without anything that could run; links leave with no word about where they came from.

    ``point`` is given each address that stands in the Markdown, as ``image`` or ``link``, and says where it leads.
    """
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = markdown.parse(text)
    for token in (inner for one in tokens for inner in one.children or ()):
        if token.type == "image":
            token.attrSet("src", point("image", str(token.attrGet("src") or "")))
        elif token.type == "link_open":
            token.attrSet("href", point("link", str(token.attrGet("href") or "")))
    html = markdown.renderer.render(tokens, markdown.options, {})
    return nh3.clean(html, tags=set(TAGS), url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow")


class _Pointer:
    """Where the relative addresses of a file lead: pictures to their own address, other articles to theirs."""

    def __init__(self, name: str, picture: Callable[[str], bytes | None]) -> None:
        self.folder, self.picture = posixpath.dirname(name), picture
        self.pictures: dict[str, PictureFile] = {}
        self.shown: dict[str, str] = {}
        self.missing: list[str] = []

    def __call__(self, kind: str, address: str) -> str:
        if not address or address.startswith(("/", "#")) or urlsplit(address).scheme:
            return address
        path = posixpath.normpath(posixpath.join(self.folder, unquote(urlsplit(address).path)))
        if kind == "link":
            return f"/articles/{_slug(path)}" if path.endswith((".md", ".markdown")) else address
        return self._image(path)

    def _image(self, path: str) -> str:
        content = None if path.startswith("..") else self.picture(path)
        ending = next((end for mark, end in PICTURES.items() if content and content.startswith(mark)), "")
        if content and content[8:12] == b"WEBP":
            ending = "webp"
        if not content or not ending or len(content) > PICTURE_BYTES:
            self.missing.append(path)
            return ""
        found = PictureFile(hashlib.sha256(content).hexdigest(), ending, content)
        self.pictures[found.digest] = found
        self.shown[path] = f"{found.digest}.{ending}"
        return f"/articles/pictures/{found.digest}.{ending}"


def _slug(name: str) -> str:
    return slugify(Path(name).with_suffix("").as_posix().replace("/", "-"))[:120]


def article_of(
    name: str, front: dict[str, Any], text: str, picture: Callable[[str], bytes | None] = no_picture
) -> ArticleFile | FileProblem:
    """An article of its front matter and its text."""
    title, dated = str(front.get("title") or "").strip(), _day(front.get("date"))
    if not title or len(title) > 200:
        return FileProblem(name, 2, _("Give it a title of at most 200 signs, such as title: My article."))
    if dated is None:
        return FileProblem(name, 2, _("Give it a date, such as date: 2026-03-02."))
    if not text.strip():
        return FileProblem(name, 0, _("There is no text below the front matter."))
    slug = slugify(str(front["slug"]))[:120] if front.get("slug") else _slug(name)
    if not slug:
        return FileProblem(name, 2, _("No address can be made of the file's name. Add slug: my-article."))
    given = front.get("topics") or front.get("tags") or []
    topics = tuple(str(one).strip()[:60] for one in (given if isinstance(given, list) else str(given).split(",")))
    summary = str(front.get("summary") or front.get("description") or "").strip()[:400]
    minutes = _minutes(front.get("units"), text)
    if minutes is None:
        return FileProblem(name, 2, _("Units are hours, between 0.02 and 8, such as units: 0.25."))
    pointer, is_draft = _Pointer(name, picture), bool(front.get("draft", False))
    html = clean(text, pointer)
    parts = [slug, title, dated.isoformat(), summary, *topics, str(is_draft), str(minutes), html, text]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return ArticleFile(
        slug,
        title,
        dated,
        summary,
        topics,
        text,
        html,
        minutes,
        is_draft,
        digest,
        path=name[:400],
        pictures=tuple(pointer.pictures.values()),
        shown=tuple(pointer.shown.items()),
        missing=tuple(pointer.missing),
    )


def _minutes(units: object, text: str) -> int | None:
    """How long it takes to read: what its author says (an hour is a unit), else by its words. None for nonsense.

    What it is worth is what it takes: the time before somebody's eyes is the same figure.
    """
    if units is None or units == "":
        return max(1, round(len(text.split()) / WORDS_A_MINUTE))
    try:
        minutes = round(float(str(units)) * 60)
    except (ValueError, OverflowError):
        return None
    return minutes if 1 <= minutes <= 480 else None


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _line(wrong: Exception) -> int:
    mark = getattr(wrong, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 2
    found = re.search(r"line (\d+)", str(wrong))
    return int(found[1]) + 1 if found else 2


def _short(wrong: Exception) -> str:
    return str(getattr(wrong, "problem", "") or str(wrong)).splitlines()[0][:160]
