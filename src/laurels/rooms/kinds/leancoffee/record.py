"""What came of a Lean Coffee, as plain data."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from laurels.rooms.kinds.leancoffee.state import State
from laurels.rooms.kinds.scene import Stage


@dataclass(frozen=True, slots=True)
class Record:
    topics: list[dict[str, Any]]
    undiscussed: list[dict[str, Any]]
    takeaways: list[str]
    wrap_up: list[dict[str, str]]
    actions: list[dict[str, str]]
    named: list[str]
    people: int


def record_of(stage: Stage) -> Record:
    state: State = stage.state
    votes = Counter(id_ for ids in state.votes.values() for id_ in ids)
    topics = [
        {"text": stage.cards[id_].text, "votes": votes[id_], "minutes": 0, "rounds": state.talks.get(id_, 1), "by": ""}
        | {"notes": [], "takeaways": []}
        for id_ in state.discussed
        if id_ in stage.cards
    ]
    rest = [id_ for id_ in state.topics if id_ not in state.discussed and id_ in stage.cards]
    undiscussed = [{"text": stage.cards[id_].text, "votes": votes[id_], "may_return": False} for id_ in rest]
    takeaways = [stage.cards[id_].text for id_ in state.takeaways if id_ in stage.cards]
    return Record(topics, undiscussed, takeaways, [], [], [], len(state.votes))


def as_json(record: Record) -> dict[str, Any]:
    return asdict(record)
