"""Relative weighting: an item's share of all value against its shares of all cost and risk.

Value is the benefit of having it and the penalty of lacking it. Source of the rule: Karl Wiegers, weights of one.
"""

from collections.abc import Mapping
from typing import Any

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds.ranking.modes.rank import Rank, moved, scored, why_not_move, why_not_score
from laurels.rooms.kinds.ranking.state import Move, Score, Settings, State
from laurels.rooms.kinds.scene import Card, Outcome, Scene

COLUMNS = ("benefit", "penalty", "cost", "risk", "value_share", "cost_share", "priority")
SCORED = COLUMNS[:4]
VERBS: tuple[type, ...] = (Score, Move)


def why_not(act: Any, state: State, scene: Scene) -> Refusal | None:
    return why_not_move(act, state) if isinstance(act, Move) else why_not_score(act, SCORED, scene)


def apply(act: Any, state: State, scene: Scene) -> Outcome:
    if isinstance(act, Move):
        return Outcome(moved(act, state), touched=("list",), deeds=(("move", act.card),))
    return scored(act, state)


def shares(state: State, ids: list[str]) -> dict[str, tuple[float, float, float]]:
    """Item → share of value, shares of cost and risk together, priority; only items with all four numbers count."""
    whole = {id_: state.scores[id_] for id_ in ids if set(SCORED) <= set(state.scores.get(id_, {}))}
    value = sum(one["benefit"] + one["penalty"] for one in whole.values())
    cost, risk = (sum(one[column] for one in whole.values()) for column in ("cost", "risk"))
    found = {}
    for id_, one in whole.items():
        good, bad = (one["benefit"] + one["penalty"]) / value, one["cost"] / cost + one["risk"] / risk
        found[id_] = (good, bad, good / bad)
    return found


def ranking(state: State, cards: Mapping[str, Card], settings: Settings) -> list[Rank]:
    ids = [id_ for id_ in state.items if id_ in cards]
    found = shares(state, ids)
    ids.sort(key=lambda id_: -found[id_][2] if id_ in found else 0.0)
    return [Rank(id_, "top", _figures(state.scores.get(id_, {}), found.get(id_))) for id_ in ids]


def _figures(scores: Mapping[str, int], share: tuple[float, float, float] | None) -> tuple[str, ...]:
    given = tuple(str(scores.get(column, "")) for column in SCORED)
    if share is None:
        return (*given, "", "", "")
    return (*given, f"{share[0]:.0%}", f"{share[1]:.0%}", f"{share[2]:.2f}")
