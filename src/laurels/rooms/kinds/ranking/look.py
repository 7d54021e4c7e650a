"""What of a ranking is drawn, and for whom."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.rooms.kinds.ranking.modes import MODES, buy, kano, moscow, relative, wsjf
from laurels.rooms.kinds.ranking.modes.rank import Rank
from laurels.rooms.kinds.ranking.state import FEELINGS, Settings, State
from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage

WORDS = {
    "size": gettext_lazy("Size"),
    "value": gettext_lazy("Business value"),
    "time": gettext_lazy("Time criticality"),
    "risk": gettext_lazy("Risk and opportunity"),
    "wsjf": gettext_lazy("WSJF"),
    "benefit": gettext_lazy("Benefit of having it"),
    "penalty": gettext_lazy("Penalty of lacking it"),
    "cost": gettext_lazy("Cost"),
    "value_share": gettext_lazy("Share of value"),
    "cost_share": gettext_lazy("Shares of cost and risk"),
    "priority": gettext_lazy("Priority"),
    "class": gettext_lazy("What it is"),
    "answers": gettext_lazy("Answers"),
    "price": gettext_lazy("Price"),
    "pooled": gettext_lazy("On it"),
    "must": gettext_lazy("Must"),
    "should": gettext_lazy("Should"),
    "could": gettext_lazy("Could"),
    "wont": gettext_lazy("Won't this time"),
    "": gettext_lazy("Not sorted yet"),
    "basic": gettext_lazy("Basic: missed when it lacks"),
    "performance": gettext_lazy("Performance: the more the better"),
    "exciter": gettext_lazy("Exciter: nobody asks, many love it"),
    "indifferent": gettext_lazy("Indifferent"),
    "reverse": gettext_lazy("Better without"),
    "unclear": gettext_lazy("Answers do not fit together"),
    "bought": gettext_lazy("Bought"),
    "open": gettext_lazy("Not bought"),
    "like": gettext_lazy("I like it"),
    "expect": gettext_lazy("I expect it"),
    "neutral": gettext_lazy("I do not care"),
    "bear": gettext_lazy("I can live with it"),
    "dislike": gettext_lazy("I dislike it"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An item as it stands in the list: ``figures`` are (column in words, figure)."""

    card: Card
    number: int
    place: str
    figures: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    counts: tuple[tuple[str, int], ...] = ()
    is_bought: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Heap:
    """Rows under a heading; without one where the mode has one list only."""

    title: str
    rows: tuple[Row, ...]


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    match name:
        case "canvas":
            return Part("ranking/parts/canvas.html", {**_list(stage), **_tally(stage)})
        case "list":
            return Part("ranking/parts/list.html", _list(stage))
        case "tally":
            return Part("ranking/parts/tally.html", _tally(stage))
    return None


def own(stage: Stage, hand: Hand) -> Part:
    state, settings = stage.state, stage.settings
    mine = state.answers.get(hand.id, {})
    items = [stage.cards[id_] for id_ in state.items if id_ in stage.cards]
    context: dict[str, Any] = {"can_add": stage.allows("add")}
    if settings.mode == "kano" and stage.allows("answer"):
        feelings = [(each, WORDS[each]) for each in FEELINGS]
        context |= {"questions": [(card, mine.get(card.id, ("", ""))) for card in items], "feelings": feelings}
        context["answered"] = sum(card.id in mine for card in items)
    if settings.mode == "buy" and stage.allows("bid"):
        context |= {"purse": state.purse, "left": buy.left_of(state, hand.id), "wares": _wares(stage, hand)}
    return Part("ranking/parts/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    row = next((row for heap in heaps(stage) for row in heap.rows if row.card.id == card_id), None)
    if row is None:
        return None
    state, settings = stage.state, stage.settings
    columns = {"wsjf": wsjf.SCORED, "relative": relative.SCORED}.get(settings.mode, ())
    scores = state.scores.get(card_id, {})
    context = {
        "row": row,
        "is_mine": row.card.by == hand.id or hand.is_trainer,
        "columns": [(column, WORDS[column], scores.get(column)) for column in columns] if stage.allows("score") else [],
        "lists": [(key, WORDS[key]) for key in moscow.LISTS] if stage.allows("sort") else [],
        "now_in": state.lists.get(card_id, ""),
        "may": {verb: stage.allows(verb) for verb in ("edit", "withdraw", "move", "explain")},
        "places": len(state.items),
        "at": state.items.index(card_id) + 1,
    }
    return Part("ranking/parts/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """Best first: everything as ``top``, and each under the place its mode gives it."""
    ranked = _ranking(stage)
    return [Offer(rank.id, "top") for rank in ranked] + [
        Offer(rank.id, rank.place) for rank in ranked if rank.place not in {"top", ""}
    ]


def outline(stage: Stage) -> list[Section]:
    mode = MODES[stage.settings.mode]
    head = (_("Item"), *(str(WORDS[column]) for column in mode.COLUMNS), _("Why"))
    rows = tuple(_outlined(row) for heap in heaps(stage, is_over=True) for row in heap.rows)
    return [Section(stage.plan.title, columns=head, rows=rows)]


def _outlined(row: Row) -> tuple[str, ...]:
    return (row.card.text, *(figure for _title, figure in row.figures), " ".join(row.reasons))


def heaps(stage: Stage, *, is_over: bool = False) -> list[Heap]:
    """The list as people see it: by hand as it lies, by scores where they sort, in lists where there are some."""
    settings: Settings = stage.settings
    rows = _rows(stage, is_over=is_over)
    keys: tuple[str, ...]
    if settings.mode == "moscow":
        keys = (*moscow.LISTS, "")
    elif settings.mode == "kano" and (is_over or stage.now_step.results):
        keys = (*kano.CLASSES, "")
    elif settings.mode == "buy":
        keys = ("bought", "open")
    else:
        return [Heap("", tuple(rows))]
    found = [Heap(str(WORDS[key]), tuple(row for row in rows if row.place == key)) for key in keys]
    return [heap for heap in found if heap.rows or settings.mode == "moscow"]


def _rows(stage: Stage, *, is_over: bool) -> list[Row]:
    state, settings = stage.state, stage.settings
    ranked = {rank.id: rank for rank in _ranking(stage)}
    is_open = settings.mode == "kano" and not (is_over or stage.now_step.results)
    by_hand = settings.mode in {"order", "wsjf", "relative"} or is_open
    ids = [id_ for id_ in (state.items if by_hand else ranked) if id_ in ranked]
    return [_row(ranked[id_], nth, len(ids), stage, is_open=is_open) for nth, id_ in enumerate(ids, start=1)]


def _row(rank: Rank, number: int, count: int, stage: Stage, *, is_open: bool) -> Row:
    state: State = stage.state
    columns = [str(WORDS[column]) for column in MODES[stage.settings.mode].COLUMNS]
    figures = [str(WORDS.get(figure, figure)) if figure else "" for figure in rank.figures]
    found = Counter() if is_open else kano.counted(state, rank.id)
    return Row(
        card=stage.cards[rank.id],
        number=number,
        place="" if is_open else rank.place,
        figures=() if is_open else tuple(zip(columns, figures, strict=True)),
        reasons=tuple(state.reasons.get(rank.id, ())),
        counts=tuple((str(WORDS[one]), found[one]) for one in kano.CLASSES if found[one]),
        is_bought=rank.id in state.bought,
        is_last=number == count,
    )


def _ranking(stage: Stage) -> list[Rank]:
    found: list[Rank] = MODES[stage.settings.mode].ranking(stage.state, stage.cards, stage.settings)
    return found


def _list(stage: Stage) -> dict[str, Any]:
    return {"heaps": heaps(stage), "may_move": stage.allows("move"), "hints": _hints(stage), "is_sorted": _sorts(stage)}


def _sorts(stage: Stage) -> bool:
    return bool(stage.settings.mode in {"buy", "moscow"})


def _hints(stage: Stage) -> list[str]:
    """Columns of relative numbers in which nothing has a 1: then they are not relative yet."""
    columns = {"wsjf": wsjf.SCORED, "relative": relative.SCORED}.get(stage.settings.mode, ())
    scores = [stage.state.scores.get(id_, {}) for id_ in stage.state.items]
    found = []
    for column in columns:
        given = [one[column] for one in scores if column in one]
        if len(given) > 1 and 1 not in given:
            found.append(_("“%s” has no 1 yet: give the smallest one a 1.") % WORDS[column])
    return found


def _tally(stage: Stage) -> dict[str, Any]:
    is_asked = stage.settings.mode == "kano" and not stage.now_step.results
    return {"is_asked": is_asked, "people": sum(bool(mine) for mine in stage.state.answers.values())}


def _wares(stage: Stage, hand: Hand) -> list[tuple[Card, int, int, int]]:
    """Item, what is missing to its price, what this person put on it, the most they can add."""
    state, settings = stage.state, stage.settings
    left, found = buy.left_of(state, hand.id), []
    for id_ in state.items:
        if id_ in stage.cards and id_ not in state.bought:
            missing = buy.price_of(stage.cards[id_], settings) - buy.pooled(state, id_)
            found.append((stage.cards[id_], missing, state.bids.get(id_, {}).get(hand.id, 0), min(missing, left)))
    return found
