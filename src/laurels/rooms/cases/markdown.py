"""A case as Markdown that any editor reads. People's words are text: none becomes a heading, a link or HTML."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from laurels.rooms.cases.case import Case, Item
from laurels.rooms.kinds.scene import Section

SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")


def write(case: Case) -> str:
    return "\n".join(_lines(case)).strip() + "\n"


def text(words: str) -> str:
    """Words of people, on one line, with every sign that Markdown reads taken as a sign."""
    return SIGNS.sub(r"\\\1", " ".join(words.split()))


def _lines(case: Case) -> Iterator[str]:
    yield f"# {text(case.team or case.course)}"
    yield ""
    yield f"{text(case.course)}, {case.begins:%-d %B} – {case.ends:%-d %B %Y}"
    for day, made in case.days:
        yield ""
        yield f"## {_('Day %s') % day if day else _('Besides')}"
        for one in made:
            for section in one.sections:
                yield from _section(section, 3)
    if case.backlog:
        yield ""
        yield f"## {_('Backlog')}"
        yield ""
        for item in case.backlog:
            yield from _item(item)


def _section(section: Section, level: int) -> Iterator[str]:
    yield ""
    yield f"{'#' * min(level, 6)} {text(section.title)}"
    yield ""
    for words in section.words:
        yield text(words)
        yield ""
    for point in section.points:
        yield f"- {text(point)}"
    if section.rows:
        yield _row(section.columns)
        yield _row(["---"] * len(section.columns), is_plain=True)
        for row in section.rows:
            yield _row(row)
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _row(cells: tuple[str, ...] | list[str], *, is_plain: bool = False) -> str:
    return "| " + " | ".join(cells if is_plain else map(text, cells)) + " |"


def _item(item: Item) -> Iterator[str]:
    size = f" ({text(item.size)})" if item.size else ""
    yield f"{item.rank}. **{text(item.text)}**{size}"
    named = [(_("Outcome"), item.outcome), (_("Seen by"), item.measure), (_("Out of"), item.parent)]
    named += [(_("Accepted when"), line) for line in item.criteria] + [(_("Why here"), why) for why in item.reasons]
    for name, words in named:
        if words:
            yield f"   - {name}: {text(words)}"
