"""What came of a gathering, as files."""

import csv
import hashlib
import io
from typing import Any

from django.utils.translation import gettext as _

from laurels.gatherings.models import Gathering
from laurels.gatherings.queries.memory import records
from laurels.gatherings.queries.words import when_in_words
from laurels.kernel.refusal import Refusal, Refused
from laurels.kernel.tables import formula_safe
from laurels.library.rules.files import WORDS_A_MINUTE, ArticleFile, clean

HEADINGS = ("table", "what", "text", "votes", "minutes", "rounds", "owner", "due")


def as_markdown(gathering: Gathering) -> str:
    """Headings and lists, to paste anywhere."""
    lines = [f"# {_line(gathering.title)}", "", when_in_words(gathering), ""]
    found = records(gathering)
    for table, record in found:
        level = "##"
        if len(found) > 1:
            lines += [f"## Table {table.number or 'of all'}", ""]
            level = "###"
        for topic in record["topics"]:
            lines += [f"{level} {_line(topic['text'])}", "", f"{topic['votes']} votes, {topic['minutes']} minutes", ""]
            lines += _list([*topic["notes"], *topic["takeaways"]])
        lines += _section(level, "We take along", [*record["takeaways"], *_wrap_up(record)])
        lines += _section(level, "To do", [_todo(one) for one in record["actions"]])
        lines += _section(level, "Not talked about", [one["text"] for one in record["undiscussed"]])
    return "\n".join(lines).rstrip() + "\n"


def as_csv(gathering: Gathering) -> str:
    """One line for each thing said; no cell is taken for a formula."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADINGS)
    for table, record in records(gathering):
        for topic in record["topics"]:
            numbers = (topic["votes"], topic["minutes"], topic["rounds"])
            rows.writerow(_safe(table.number, "topic", topic["text"], *numbers, "", ""))
            for words in topic["notes"]:
                rows.writerow(_safe(table.number, "note", words, "", "", "", "", ""))
            for words in topic["takeaways"]:
                rows.writerow(_safe(table.number, "take-away", words, "", "", "", "", ""))
        for words in [*record["takeaways"], *_wrap_up(record)]:
            rows.writerow(_safe(table.number, "take-away", words, "", "", "", "", ""))
        for one in record["actions"]:
            rows.writerow(_safe(table.number, "action", one["text"], "", "", "", one["owner"], one["due"]))
        for one in record["undiscussed"]:
            rows.writerow(_safe(table.number, "not talked about", one["text"], one["votes"], "", "", "", ""))
    return out.getvalue()


def topic_as_article(gathering: Gathering, table: int, topic: int) -> ArticleFile:
    """A topic with what was said on it, as the draft of an article. Raises Refused when there is no such topic."""
    found = gathering.tables.filter(number=table).first()
    topics = found.record.get("topics", []) if found else []
    if topic >= len(topics):
        raise Refused(Refusal("no-topic", _("There is no such topic.")))
    said = topics[topic]
    lines = [_("From “%(title)s”, %(day)s.") % {"title": _line(gathering.title), "day": gathering.on}, ""]
    lines += [_line(said["text"]), "", *_list([*said["notes"], *said["takeaways"]])]
    text, title = "\n".join(lines), " ".join(said["text"].split())[:120]
    return ArticleFile(
        slug=f"coffee-{gathering.on}-{gathering.pk}-{table}-{topic}",
        title=title,
        dated=gathering.on,
        summary="",
        topics=("lean-coffee",),
        text=text,
        html=clean(text),
        minutes=max(1, round(len(text.split()) / WORDS_A_MINUTE)),
        is_draft=True,
        digest=hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(),
    )


def _safe(*cells: object) -> list[str]:
    return formula_safe(map(str, cells))


def _wrap_up(record: dict[str, Any]) -> list[str]:
    return [f"{one['text']} ({one['name']})" if one["name"] else one["text"] for one in record["wrap_up"]]


def _todo(one: dict[str, str]) -> str:
    return " · ".join(part for part in (one["text"], one["owner"], one["due"]) if part)


def _section(level: str, title: str, lines: list[str]) -> list[str]:
    return [f"{level} {title}", "", *_list(lines)] if lines else []


def _list(lines: list[str]) -> list[str]:
    return [*(f"- {_line(one)}" for one in lines), ""] if lines else []


def _line(text: str) -> str:
    """Words that cannot become a heading, a list or a link of their own."""
    plain = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in plain)
