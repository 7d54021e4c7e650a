"""Letters are Markdown with a closed set of ``{placeholders}``; values are text, never markup."""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nh3
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from laurels.kernel.refusal import Refusal

LETTERS = Path(__file__).with_name("letters")
LANGUAGE_FALLBACK = "en"
SUBJECT_LENGTH = 250

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")
HEADING = re.compile(r"^#+ ", re.MULTILINE)
SAFE_LINK = re.compile(r"(https?://|mailto:)[^\s]+\Z")
HREF = re.compile(r'href="([^"]*)"')
TAGS = {"a", "p", "br", "strong", "em", "ul", "ol", "li", "h1", "h2", "h3", "blockquote", "hr", "code", "pre"}


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """``subject`` is one line; ``text`` is Markdown. Both may hold ``{placeholders}``."""

    subject: str
    text: str

    @property
    def placeholders(self) -> set[str]:
        return set(PLACEHOLDER.findall(self.subject + "\n" + self.text))


@dataclass(frozen=True, slots=True)
class Rendered:
    subject: str
    text: str
    html: str


def why_not_write(*, to: str, sender_name: str) -> Refusal | None:
    """An address or a name that could smuggle a second recipient or another header is refused."""
    if CONTROL.search(to) or not re.fullmatch(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+", to):
        return Refusal("address", _("“%(to)s” is not one e-mail address.") % {"to": CONTROL.sub(" ", to)}, "to")
    if CONTROL.search(sender_name):
        return Refusal("sender", _("A sender's name is one line."), "sender_name")
    return None


@cache
def builtin(key: str, language: str = LANGUAGE_FALLBACK) -> LetterTemplate:
    """The product's own words for a kind of letter, in English where the language has none. Raises LookupError."""
    for candidate in (language, language.partition("-")[0], LANGUAGE_FALLBACK):
        path = LETTERS / f"{key}.{candidate}.md"
        if re.fullmatch(r"[a-z0-9-]+", key) and path.is_file():
            return parse(path.read_text(encoding="utf-8"))
    raise LookupError(f"no letter called {key!r}")


def parse(source: str) -> LetterTemplate:
    """A letter file: ``Subject: …`` on the first line, an empty line, Markdown. Raises ValueError."""
    first, _newline, rest = source.lstrip("\ufeff").partition("\n")
    title, colon, subject = first.partition(":")
    if not colon or title.strip().lower() != "subject" or not subject.strip():
        raise ValueError("a letter begins with “Subject: …”")
    if rest.partition("\n")[0].strip():
        raise ValueError("an empty line stands between the subject and the text")
    template = LetterTemplate(subject.strip(), rest.strip() + "\n")
    check_braces(template)
    return template


def check_braces(template: LetterTemplate) -> None:
    """Raise ValueError when a brace is not part of a ``{placeholder}``."""
    for line in (template.subject + "\n" + template.text).splitlines():
        if re.search(r"[{}]", PLACEHOLDER.sub("", line)):
            raise ValueError(f"only {{small_letters}} may stand in braces: {line.strip()!r}")


def render(template: LetterTemplate, values: Mapping[str, str]) -> Rendered:
    """Fill the letter in. A placeholder without a value, a subject of two lines and an unsafe link raise ValueError."""
    check_braces(template)
    if unknown := template.placeholders - values.keys():
        raise ValueError(f"no value for {', '.join(sorted(unknown))}")
    subject = fill(template.subject, values).strip()
    if CONTROL.search(subject):
        raise ValueError("a subject is one line")
    if len(subject) > SUBJECT_LENGTH:
        subject = subject[: SUBJECT_LENGTH - 1] + "…"
    return Rendered(subject, plain_text(template.text, values), markup(template.text, values))


def fill(text: str, values: Mapping[str, str], escape: Callable[[str], str] = str) -> str:
    return PLACEHOLDER.sub(lambda match: escape(values[match[1]]), text)


def plain_text(text: str, values: Mapping[str, str]) -> str:
    """For readers without HTML: links become ``Label: address``, emphasis marks go."""
    plain = HEADING.sub("", EMPHASIS.sub(r"\2", LINK.sub(r"\1: \2", text)))
    return fill(plain, values)


def markup(text: str, values: Mapping[str, str]) -> str:
    """HTML in which values are text: tokens stand in for them until the Markdown is read, so they cannot be markup."""
    tokens = {name: f"zq{index}x{len(text)}qz" for index, name in enumerate(sorted(values))}
    markdown = MarkdownIt("commonmark", {"html": False})
    drawn = markdown.parse(fill(text, tokens))
    for place, token in enumerate(drawn):
        make_button(drawn[place - 1], token)
    source = nh3.clean(
        str(markdown.renderer.render(drawn, markdown.options, {})),
        tags=TAGS,
        attributes={"a": {"href", "class"}},
        link_rel=None,
    )
    for name, stand_in in tokens.items():
        source = source.replace(stand_in, html.escape(values[name]).replace("\n", "<br>"))
    for link in HREF.findall(source):
        if not SAFE_LINK.match(html.unescape(link)):
            raise ValueError(f"not a safe link: {link!r}")
    return source


def make_button(before: Token, inline: Token) -> None:
    """A link that is alone in its paragraph is the thing to do: draw it as a button."""
    inside = inline.children or []
    kinds = [child.type for child in inside]
    is_lone = len(kinds) > 2 and kinds[0] == "link_open" and kinds.index("link_close") == len(kinds) - 1
    if before.type == "paragraph_open" and is_lone:
        inside[0].attrSet("class", "button primary")
