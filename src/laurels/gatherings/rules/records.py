"""One record out of those of several tables."""

from collections.abc import Mapping, Sequence
from typing import Any

type Record = dict[str, Any]


def settled(main: Record, tables: Sequence[Record]) -> tuple[Record, list[Record]]:
    """The records of the room where all came in and of its tables, each thing once.

    Topics that went to a table stand there, with the votes they had before; what tables took along stands with them.
    """
    votes = {topic["text"]: topic["votes"] for topic in _topics(main)}
    # Back from the tables, authors say in the room of all whether theirs comes again.
    again = {topic["text"] for topic in main.get("undiscussed", ()) if topic["may_return"]}
    at_tables = [_with_wishes(_with_votes(record, votes), again) for record in tables]
    dealt = {topic["text"] for record in at_tables for topic in _topics(record)}
    taken = {words for record in at_tables for words in _taken_along(record)}
    if not tables:
        return main, []
    rest = {
        "undiscussed": [topic for topic in main["undiscussed"] if topic["text"] not in dealt],
        "takeaways": [words for words in main["takeaways"] if words not in taken],
    }
    return main | rest, at_tables


def _topics(record: Record) -> list[Mapping[str, Any]]:
    return [*record.get("topics", ()), *record.get("undiscussed", ())]


def _taken_along(record: Record) -> list[str]:
    return [
        *record.get("takeaways", ()),
        *(words for topic in record.get("topics", ()) for words in topic["takeaways"]),
    ]


def _with_votes(record: Record, votes: Mapping[str, int]) -> Record:
    lists = {name: record[name] for name in ("topics", "undiscussed") if name in record}
    return record | {
        name: [topic | {"votes": topic["votes"] + votes.get(topic["text"], 0)} for topic in topics]
        for name, topics in lists.items()
    }


def _with_wishes(record: Record, again: set[str]) -> Record:
    if "undiscussed" not in record:
        return record
    found = [topic | {"may_return": topic["may_return"] or topic["text"] in again} for topic in record["undiscussed"]]
    return record | {"undiscussed": found}
