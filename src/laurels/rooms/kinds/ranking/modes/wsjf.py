"""Weighted shortest job first: cost of delay by size. (Business value + time criticality + risk or opportunity) ÷ size.

Each column is relative: one item in it has a 1. Source of the rule: the Scaled Agile Framework's published formula.
"""

from collections.abc import Mapping
from typing import Any

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds.ranking.modes.rank import Rank, moved, scored, why_not_move, why_not_score
from laurels.rooms.kinds.ranking.state import Move, Score, Settings, State
from laurels.rooms.kinds.scene import Card, Outcome, Scene

COLUMNS = ("value", "time", "risk", "size", "wsjf")
SCORED = COLUMNS[:4]
VERBS: tuple[type, ...] = (Score, Move)


def why_not(act: Any, state: State, scene: Scene) -> Refusal | None:
    return why_not_move(act, state) if isinstance(act, Move) else why_not_score(act, SCORED, scene)


def apply(act: Any, state: State, scene: Scene) -> Outcome:
    if isinstance(act, Move):
        return Outcome(moved(act, state), touched=("list",), deeds=(("move", act.card),))
    return scored(act, state)


def wsjf(scores: Mapping[str, int]) -> float | None:
    """None until all four numbers are there."""
    if not all(column in scores for column in SCORED):
        return None
    return (scores["value"] + scores["time"] + scores["risk"]) / scores["size"]


def ranking(state: State, cards: Mapping[str, Card], settings: Settings) -> list[Rank]:
    ids = [id_ for id_ in state.items if id_ in cards]
    ids.sort(key=lambda id_: -(wsjf(state.scores.get(id_, {})) or 0.0))
    return [Rank(id_, "top", _figures(state.scores.get(id_, {}))) for id_ in ids]


def _figures(scores: Mapping[str, int]) -> tuple[str, ...]:
    found = wsjf(scores)
    return (*(str(scores.get(column, "")) for column in SCORED), "" if found is None else f"{found:.1f}")
