"""What came of a Lean Coffee, as plain data: for its page, its files, and next time."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from laurels.rooms.kinds.leancoffee.rules import counted, in_order
from laurels.rooms.kinds.leancoffee.state import State
from laurels.rooms.kinds.scene import Card, Stage


@dataclass(frozen=True, slots=True)
class Topic:
    """``by`` is empty where names are not shown; ``minutes`` are whole ones talked."""

    text: str
    votes: int
    minutes: int
    rounds: int
    by: str
    notes: tuple[str, ...]
    takeaways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """Nobody got to it; ``may_return``: whoever proposed it wants it offered next time."""

    text: str
    votes: int
    may_return: bool


@dataclass(frozen=True, slots=True)
class Action:
    text: str
    owner: str
    due: str
    topic: str


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's sentence at the end; ``name`` only if they agreed to be named."""

    text: str
    name: str


@dataclass(frozen=True, slots=True)
class Record:
    """``topics`` in the order they were talked about; ``takeaways`` are those that belong to none of them."""

    topics: tuple[Topic, ...]
    undiscussed: tuple[Open, ...]
    takeaways: tuple[str, ...]
    wrap_up: tuple[Said, ...]
    actions: tuple[Action, ...]
    named: tuple[str, ...]
    people: int


def record_of(stage: Stage) -> Record:
    state: State = stage.state
    votes = counted(state)
    talked = [id_ for id_ in (*state.discussed, state.topic) if id_ in stage.cards]
    rest = [id_ for id_ in in_order(state) if id_ not in talked and id_ in stage.cards]
    return Record(
        tuple(_topic(stage.cards[id_], votes, stage) for id_ in talked),
        tuple(Open(stage.cards[id_].text, votes[id_], id_ in state.again) for id_ in rest),
        tuple(card.text for card in _lines(state.takeaways, stage) if card.fields.get("topic") not in talked),
        tuple(Said(card.text, _name(card.by, stage)) for card in _lines(state.wrapups, stage)),
        tuple(_action(card, stage) for card in _lines(state.actions, stage)),
        tuple(sorted(stage.hands[id_].name for id_ in state.named if id_ in stage.hands)),
        len({card.by for card in stage.cards.values() if card.by} | {hand for hand, ids in state.votes.items() if ids}),
    )


def as_json(record: Record) -> dict[str, Any]:
    return asdict(record)


def _topic(card: Card, votes: Counter[str], stage: Stage) -> Topic:
    state: State = stage.state
    author = stage.hands.get(card.by or 0) if stage.plan.names == "everybody" else None
    return Topic(
        card.text,
        votes[card.id],
        round(state.spent.get(card.id, 0) / 60),
        state.talks.get(card.id, 1),
        author.name if author else "",
        tuple(each.text for each in _lines(state.notes, stage) if each.fields.get("topic") == card.id),
        tuple(each.text for each in _lines(state.takeaways, stage) if each.fields.get("topic") == card.id),
    )


def _action(card: Card, stage: Stage) -> Action:
    topic = stage.cards.get(str(card.fields.get("topic", "")))
    return Action(
        card.text, str(card.fields.get("owner", "")), str(card.fields.get("due", "")), topic.text if topic else ""
    )


def _name(hand: int | None, stage: Stage) -> str:
    known = stage.hands.get(hand or 0)
    return known.name if known and hand in stage.state.named else ""


def _lines(ids: Iterable[str], stage: Stage) -> list[Card]:
    return [stage.cards[id_] for id_ in ids if id_ in stage.cards]
