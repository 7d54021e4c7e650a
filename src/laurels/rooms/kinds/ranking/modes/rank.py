"""An item in its place, and moving it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds.ranking.state import Move, Score, State
from laurels.rooms.kinds.scene import Outcome, Scene


@dataclass(frozen=True, slots=True)
class Rank:
    """``place`` is what later exercises ask for besides ``top``; ``figures`` stand under the mode's columns."""

    id: str
    place: str
    figures: tuple[str, ...] = ()


def why_not_move(act: Move, state: State) -> Refusal | None:
    if not act.position and not act.places:
        return Refusal("nowhere", _("Say where it goes: a number, or up or down."), "position")
    if act.position and not 1 <= act.position <= len(state.items):
        return Refusal("position", _("There are places 1 to %s. Choose one of them.") % len(state.items), "position")
    return None


def moved(act: Move, state: State) -> State:
    """The item at its new position; further up than the first is the first."""
    items = [id_ for id_ in state.items if id_ != act.card]
    now = state.items.index(act.card)
    to = act.position - 1 if act.position else now + act.places
    items.insert(max(0, min(to, len(items))), act.card)
    return with_(state, items=items)


def why_not_score(act: Score, columns: tuple[str, ...], scene: Scene) -> Refusal | None:
    scale = scene.settings.scale
    if len(act.column) != len(act.value) or not act.column or not set(act.column) <= set(columns):
        return Refusal("columns", _("These numbers do not belong here. Reload the page."))
    if not set(act.value) <= set(scale):
        return Refusal("scale", _("Use the numbers of the scale: %s.") % ", ".join(map(str, scale)), "value")
    return None


def scored(act: Score, state: State) -> Outcome:
    given = state.scores.get(act.card, {}) | dict(zip(act.column, act.value, strict=True))
    state = with_(state, scores=state.scores | {act.card: given})
    return Outcome(state, touched=("list",), deeds=(("score", act.card),))
