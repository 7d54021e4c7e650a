"""What came of a gathering, as files."""

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.gatherings.models import Board, Gathering
from laurels.gatherings.queries.memory import records
from laurels.gatherings.queries.words import when_in_words
from laurels.kernel.refusal import Refusal, Refused
from laurels.kernel.tables import formula_safe
from laurels.library.rules.files import WORDS_A_MINUTE, ArticleFile, clean
from laurels.rooms.queries import coffee_record

HEADINGS = ("table", "what", "text", "votes", "minutes", "rounds", "owner", "due")


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a gathering or of a board: the record of each table by its number."""

    title: str
    when: str
    on: date
    tables: list[tuple[int, dict[str, Any]]]


def came_of(gathering: Gathering) -> Came:
    tables = [(table.number, record) for table, record in records(gathering)]
    return Came(gathering.title, when_in_words(gathering), gathering.on, tables)


def came_of_board(board: Board) -> Came:
    record, on = coffee_record(board.room), board.opened_at.date()
    return Came(board.room.name, date_format(on, "j F Y"), on, [(0, record)] if record else [])


def as_markdown(came: Came) -> str:
    """Headings and lists, to paste anywhere."""
    lines = [f"# {_line(came.title)}", "", came.when, ""]
    for number, record in came.tables:
        level = "##"
        if len(came.tables) > 1:
            lines += [f"## Table {number or 'of all'}", ""]
            level = "###"
        for topic in record["topics"]:
            lines += [f"{level} {_line(topic['text'])}", "", f"{topic['votes']} votes, {topic['minutes']} minutes", ""]
            lines += _list([*topic["notes"], *topic["takeaways"]])
        lines += _section(level, "We take along", [*record["takeaways"], *_wrap_up(record)])
        lines += _section(level, "To do", [_todo(one) for one in record["actions"]])
        lines += _section(level, "Not talked about", [one["text"] for one in record["undiscussed"]])
    return "\n".join(lines).rstrip() + "\n"


def as_json(came: Came) -> str:
    tables = [{"table": number, **record} for number, record in came.tables]
    found = {"title": came.title, "on": came.on.isoformat(), "when": came.when, "tables": tables}
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_csv(came: Came) -> str:
    """One line for each thing said; no cell is taken for a formula."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADINGS)
    for number, record in came.tables:
        for topic in record["topics"]:
            numbers = (topic["votes"], topic["minutes"], topic["rounds"])
            rows.writerow(_safe(number, "topic", topic["text"], *numbers, "", ""))
            for words in topic["notes"]:
                rows.writerow(_safe(number, "note", words, "", "", "", "", ""))
            for words in topic["takeaways"]:
                rows.writerow(_safe(number, "take-away", words, "", "", "", "", ""))
        for words in [*record["takeaways"], *_wrap_up(record)]:
            rows.writerow(_safe(number, "take-away", words, "", "", "", "", ""))
        for one in record["actions"]:
            rows.writerow(_safe(number, "action", one["text"], "", "", "", one["owner"], one["due"]))
        for one in record["undiscussed"]:
            rows.writerow(_safe(number, "not talked about", one["text"], one["votes"], "", "", "", ""))
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
