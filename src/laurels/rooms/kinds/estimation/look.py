"""What of an estimation is drawn, and for whom."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from laurels.rooms.kinds.estimation import rules
from laurels.rooms.kinds.estimation.state import UNSURE, Settings, State
from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage


@dataclass(frozen=True, slots=True)
class Column:
    """Items of one size; ``size`` is empty for those that have none yet."""

    size: str
    title: str
    rows: tuple["Row", ...]


@dataclass(frozen=True, slots=True)
class Row:
    card: Card
    size: str
    moves: int
    is_jumpy: bool
    why: str


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    match name:
        case "canvas":
            return Part("estimation/parts/canvas.html", {**_list(stage), **_table(stage)})
        case "list":
            return Part("estimation/parts/list.html", _list(stage))
        case "table":
            return Part("estimation/parts/table.html", _table(stage))
    return None


def own(stage: Stage, hand: Hand) -> Part:
    """What this person says in the round, which nobody else sees; whether it is their turn."""
    state: State = stage.state
    context = {
        "can_add": stage.allows("add"),
        "is_round": bool(_on_table(stage)) and stage.allows("estimate") and not state.is_shown,
        "choices": (*stage.settings.sizes, *UNSURE),
        "mine": state.said.get(hand.id, ""),
        "next": _next(stage) if stage.allows("place") else None,
        "is_turn": stage.allows("place") and hand.id in state.table and rules.is_turn_of(hand.id, state),
    }
    return Part("estimation/parts/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    row = next((row for column in columns(stage) for row in column.rows if row.card.id == card_id), None)
    if row is None:
        return None
    context = {
        "row": row,
        "is_mine": row.card.by == hand.id or hand.is_trainer,
        "may": {verb: stage.allows(verb) for verb in ("edit", "withdraw", "choose")},
        "may_place": stage.allows("place") and stage.settings.mode == "magic",
    }
    return Part("estimation/parts/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """Items in their order; those with a size also as ``sized``."""
    ids = [id_ for id_ in stage.state.items if id_ in stage.cards]
    known = [id_ for id_ in ids if id_ in stage.state.sizes]
    return [Offer(id_, "sized") for id_ in known] + [Offer(id_, "top") for id_ in ids]


def outline(stage: Stage) -> list[Section]:
    rows = tuple((row.card.text, row.size, row.why) for column in columns(stage) for row in column.rows)
    return [Section(stage.plan.title, columns=(_("Item"), _("Size"), _("Why")), rows=rows)]


def columns(stage: Stage) -> list[Column]:
    """The smallest size first; what has none yet at the beginning."""
    state: State = stage.state
    ids = [id_ for id_ in state.items if id_ in stage.cards]
    found = [Column("", _("No size yet"), tuple(_row(id_, stage) for id_ in ids if id_ not in state.sizes))]
    for size in stage.settings.sizes:
        found.append(Column(size, size, tuple(_row(id_, stage) for id_ in ids if state.sizes.get(id_) == size)))
    return found if stage.settings.mode == "magic" else [column for column in found if column.rows]


def _row(id_: str, stage: Stage) -> Row:
    state, settings = stage.state, stage.settings
    moves = state.moves.get(id_, 0)
    is_jumpy = bool(stage.now_step.jumpy) and moves >= settings.jumps
    return Row(stage.cards[id_], state.sizes.get(id_, ""), moves, is_jumpy, state.whys.get(id_, ""))


def _list(stage: Stage) -> dict[str, Any]:
    return {"columns": columns(stage), "is_jumpy": stage.now_step.jumpy}


def _on_table(stage: Stage) -> Card | None:
    return stage.cards.get(stage.state.card)


def _next(stage: Stage) -> Card | None:
    """The first item of the stack."""
    state: State = stage.state
    return next((stage.cards[id_] for id_ in state.items if id_ in stage.cards and id_ not in state.sizes), None)


def _table(stage: Stage) -> dict[str, Any]:
    """The item that is estimated: how many have spoken; what they said once all is shown, never who."""
    state, settings = stage.state, stage.settings
    card = _on_table(stage)
    said = spread(state, settings) if state.is_shown else []
    return {
        "is_poker": settings.mode == "poker",
        "card": card,
        "count": len(state.said),
        "people": max(len(state.table), len(state.said)),
        "is_shown": state.is_shown,
        "round": rules.number_of_round(state) if card else 0,
        "said": said,
        "extremes": _extremes([size for size, _count in said if size not in UNSURE]),
        "may": {verb: stage.allows(verb) for verb in ("reveal", "again", "agree", "choose")},
        "stack": [stage.cards[id_] for id_ in state.items if id_ in stage.cards and id_ not in state.sizes],
        "sizes": settings.sizes,
    }


def spread(state: State, settings: Settings) -> list[tuple[str, int]]:
    """Size and how many said it, the smallest first."""
    said = list(state.said.values())
    return [(size, said.count(size)) for size in (*settings.sizes, *UNSURE) if size in said]


def _extremes(sizes: list[str]) -> tuple[str, str] | None:
    return (sizes[0], sizes[-1]) if len(sizes) > 1 else None
