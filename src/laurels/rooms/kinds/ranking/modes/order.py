"""By hand: the Product Owner orders and says why."""

from collections.abc import Mapping
from typing import Any

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds.ranking.modes.rank import Rank, moved, why_not_move
from laurels.rooms.kinds.ranking.sizes import size_of
from laurels.rooms.kinds.ranking.state import Move, Settings, State
from laurels.rooms.kinds.scene import Card, Outcome, Scene

COLUMNS = ("size",)
VERBS: tuple[type, ...] = (Move,)


def why_not(act: Any, state: State, scene: Scene) -> Refusal | None:
    return why_not_move(act, state)


def apply(act: Any, state: State, scene: Scene) -> Outcome:
    return Outcome(moved(act, state), touched=("list",), deeds=(("move", act.card),))


def ranking(state: State, cards: Mapping[str, Card], settings: Settings) -> list[Rank]:
    return [Rank(id_, "top", (str(size_of(cards[id_], settings)),)) for id_ in state.items if id_ in cards]
