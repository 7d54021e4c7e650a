"""Must, should, could, won't this time; what must be is limited, or everything would be."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds.ranking.modes.rank import Rank
from laurels.rooms.kinds.ranking.sizes import size_of, sizes
from laurels.rooms.kinds.ranking.state import Settings, Sort, State
from laurels.rooms.kinds.scene import Card, Outcome, Scene

COLUMNS = ("size",)
VERBS: tuple[type, ...] = (Sort,)
LISTS = ("must", "should", "could", "wont")


def why_not(act: Any, state: State, scene: Scene) -> Refusal | None:
    if act.into not in LISTS:
        return Refusal("list", _("Choose one of the four lists."), "into")
    if act.into != "must" or state.lists.get(act.card) == "must":
        return None
    musts = [id_ for id_ in state.items if state.lists.get(id_) == "must"]
    allowed, all_of_it = scene.settings.must_most, sizes(state.items, scene.cards, scene.settings)
    if sizes([*musts, act.card], scene.cards, scene.settings) * 100 > allowed * all_of_it:
        message = _("The musts would be more than %s %% of all the work. Take another one out first, or choose should.")
        return Refusal("musts", message % allowed, "into")
    return None


def apply(act: Any, state: State, scene: Scene) -> Outcome:
    lists = state.lists | {act.card: act.into}
    return Outcome(with_(state, lists=lists), touched=("list",), deeds=(("sort", act.card),))


def ranking(state: State, cards: Mapping[str, Card], settings: Settings) -> list[Rank]:
    ids = [id_ for id_ in state.items if id_ in cards]
    ids.sort(key=lambda id_: LISTS.index(state.lists[id_]) if id_ in state.lists else len(LISTS))
    return [Rank(id_, state.lists.get(id_, ""), (str(size_of(cards[id_], settings)),)) for id_ in ids]
