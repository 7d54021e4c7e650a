"""What of a story map is drawn."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from laurels.rooms.kinds.scene import Card, Eyes, Hand, Offer, Part, Section, Stage
from laurels.rooms.kinds.storymap import rules
from laurels.rooms.kinds.storymap.state import Slice, State


@dataclass(frozen=True, slots=True)
class Task:
    card: Card
    cell: str
    after: str
    author: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The tasks of one step in one slice; ``slice`` is None while slices are not drawn."""

    id: str
    slice: Slice | None
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A step of the backbone; ``card`` is None when it was moderated."""

    id: str
    card: Card | None
    cells: tuple[Cell, ...]


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    what, _colon, key = name.partition(":")
    if what == "canvas":
        context = {"columns": _columns(stage, eyes), "loose": _loose(stage), "may_place": stage.allows("place")}
        return Part("storymap/parts/canvas.html", context)
    if what == "card":
        tasks = [task for column in _columns(stage, eyes) for cell in column.cells for task in cell.tasks]
        task = next((each for each in tasks if each.card.id == key), None)
        return Part("storymap/parts/card.html", {"task": task}) if task else None
    return None


def own(stage: Stage, hand: Hand) -> Part:
    steps = [stage.cards[id_] for id_ in stage.state.backbone if id_ in stage.cards]
    may = {verb: stage.allows(verb) for verb in ("step", "task")}
    return Part("storymap/parts/own.html", {"steps": steps, "may": may})


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    """Everything this person can do with one card, without dragging."""
    state: State = stage.state
    if card_id not in stage.cards or rules.why_not_here(card_id, state):
        return None
    card = stage.cards[card_id]
    context = {
        "card": card,
        "is_step": card_id in state.tasks,
        "is_loose": card_id in state.loose,
        "has_tasks": bool(state.tasks.get(card_id)),
        "step": rules.step_of(state, card_id),
        "slice": rules.slice_of(state, card_id, stage.settings),
        "steps": [stage.cards[id_] for id_ in state.backbone if id_ in stage.cards],
        "is_mine": card.by == hand.id or hand.is_trainer,
        "may": {verb: stage.allows(verb) for verb in ("task", "edit", "withdraw", "place", "shift")},
    }
    return Part("storymap/parts/sheet.html", context)


def offers(stage: Stage) -> list[Offer]:
    """Tasks slice by slice, in each from left to right; ``top`` offers all of them, ``steps`` the backbone."""
    state: State = stage.state
    lying = [id_ for step in state.backbone for id_ in state.tasks[step] if id_ in stage.cards]
    found = [
        Offer(id_, each.key)
        for each in stage.settings.slices
        for id_ in lying
        if rules.slice_of(state, id_, stage.settings) == each.key
    ]
    steps = [Offer(id_, "steps") for id_ in state.backbone if id_ in stage.cards]
    return found + [Offer(offer.card, "top") for offer in found] + steps


def outline(stage: Stage) -> list[Section]:
    """A table: a row for each slice, a column for each step."""
    state, settings = stage.state, stage.settings
    steps = [id_ for id_ in state.backbone if id_ in stage.cards]
    rows = tuple((each.title, *(_words(step, each, stage) for step in steps)) for each in settings.slices)
    columns = (_("Slice"), *(stage.cards[id_].text for id_ in steps))
    return [Section(stage.plan.title, columns=columns, rows=rows)]


def _words(step: str, slice_: Slice, stage: Stage) -> str:
    return "; ".join(stage.cards[id_].text for id_ in _in_cell(step, slice_, stage))


def _columns(stage: Stage, eyes: Eyes) -> list[Column]:
    slices = stage.settings.slices if stage.now_step.sliced else (None,)
    columns = [
        Column(step, stage.cards.get(step), tuple(_cell(step, each, stage, eyes) for each in slices))
        for step in stage.state.backbone
    ]
    return [column for column in columns if column.card or any(cell.tasks for cell in column.cells)]


def _cell(step: str, slice_: Slice | None, stage: Stage, eyes: Eyes) -> Cell:
    key = f"cell-{step}-{slice_.key if slice_ else 'all'}"
    ids = _in_cell(step, slice_, stage)
    after = ["", *ids]
    tasks = (Task(stage.cards[id_], key, after[nth], _author(id_, stage, eyes)) for nth, id_ in enumerate(ids))
    return Cell(key, slice_, tuple(tasks))


def _in_cell(step: str, slice_: Slice | None, stage: Stage) -> list[str]:
    ids = [id_ for id_ in stage.state.tasks[step] if id_ in stage.cards]
    return [id_ for id_ in ids if not slice_ or rules.slice_of(stage.state, id_, stage.settings) == slice_.key]


def _author(card_id: str, stage: Stage, eyes: Eyes) -> str:
    if stage.plan.names != "everybody" or eyes.is_presenter:
        return ""
    author = stage.hands.get(stage.cards[card_id].by or 0)
    return author.name if author else ""


def _loose(stage: Stage) -> list[Card]:
    return [stage.cards[id_] for id_ in stage.state.loose if id_ in stage.cards]
