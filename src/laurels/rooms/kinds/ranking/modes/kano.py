"""Kano: two questions a person and item, how one feels with it and without it; what most answers say it is.

Source of the table: Noriaki Kano's evaluation of paired answers, as commonly published.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds.ranking.modes.rank import Rank
from laurels.rooms.kinds.ranking.state import FEELINGS, Answer, Settings, State
from laurels.rooms.kinds.scene import Card, Outcome, Scene

COLUMNS = ("class", "answers")
VERBS: tuple[type, ...] = (Answer,)
# Between equally many answers the one that customers would miss most.
CLASSES = ("basic", "performance", "exciter", "indifferent", "reverse", "unclear")
LETTERS = dict(zip("MOAIRQ", CLASSES, strict=True))
# Rows: with it (like, expect, neutral, bear, dislike); columns: without it, in the same order.
TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")


def why_not(act: Any, state: State, scene: Scene) -> Refusal | None:
    return None


def apply(act: Any, state: State, scene: Scene) -> Outcome:
    mine = state.answers.get(scene.by.id, {}) | {act.card: (act.has, act.lacks)}
    state = with_(state, answers=state.answers | {scene.by.id: mine})
    return Outcome(state, touched=("tally",), deeds=(("answer", act.card),))


def class_of(has: str, lacks: str) -> str:
    return LETTERS[TABLE[FEELINGS.index(has)][FEELINGS.index(lacks)]]  # type: ignore[arg-type]


def counted(state: State, id_: str) -> Counter[str]:
    """How many said what of an item."""
    return Counter(class_of(*mine[id_]) for mine in state.answers.values() if id_ in mine)


def verdict(found: Counter[str]) -> str:
    """What most said; empty when nobody did."""
    return max(CLASSES, key=lambda one: (found[one], -CLASSES.index(one))) if found else ""


def ranking(state: State, cards: Mapping[str, Card], settings: Settings) -> list[Rank]:
    found = {id_: counted(state, id_) for id_ in state.items if id_ in cards}
    ids = sorted(found, key=lambda id_: (_place(verdict(found[id_])), -max(found[id_].values(), default=0)))
    return [Rank(id_, verdict(found[id_]), (verdict(found[id_]), str(found[id_].total()))) for id_ in ids]


def _place(class_: str) -> int:
    return CLASSES.index(class_) if class_ else len(CLASSES)
