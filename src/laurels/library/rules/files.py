"""Articles as files: Markdown with front matter in YAML (``---``) or TOML (``+++``)."""

import hashlib
import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, slots=True)
class ArticleFile:
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


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong with one file: its path in the folder, a line (0: the whole file), a sentence."""

    file: str
    line: int
    words: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}" if self.line else f"{self.file}: {self.words}"


def read_article(name: str, raw: bytes) -> ArticleFile | FileProblem:
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
    return _article(name, front, whole[found.end() :].strip() + "\n")


def clean(text: str) -> str:
    """Markdown as HTML without anything that could run; links leave with no word about where they came from."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return nh3.clean(html, tags=set(TAGS), url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow")


def _article(name: str, front: dict[str, Any], text: str) -> ArticleFile | FileProblem:
    title, dated = str(front.get("title") or "").strip(), _day(front.get("date"))
    if not title or len(title) > 200:
        return FileProblem(name, 2, _("Give it a title of at most 200 signs, such as title: My article."))
    if dated is None:
        return FileProblem(name, 2, _("Give it a date, such as date: 2026-03-02."))
    if not text.strip():
        return FileProblem(name, 0, _("There is no text below the front matter."))
    slug = slugify(str(front.get("slug") or Path(name).with_suffix("").as_posix().replace("/", "-")))[:120]
    if not slug:
        return FileProblem(name, 2, _("No address can be made of the file's name. Add slug: my-article."))
    given = front.get("topics") or front.get("tags") or []
    topics = tuple(str(one).strip()[:60] for one in (given if isinstance(given, list) else str(given).split(",")))
    summary = str(front.get("summary") or front.get("description") or "").strip()[:400]
    is_draft, minutes = bool(front.get("draft", False)), max(1, round(len(text.split()) / WORDS_A_MINUTE))
    parts = [slug, title, dated.isoformat(), summary, *topics, str(is_draft), text]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return ArticleFile(slug, title, dated, summary, topics, text, clean(text), minutes, is_draft, digest)


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
