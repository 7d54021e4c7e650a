"""What may be done on a story map, and what it changes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds import cards
from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.scene import Card, Hand, Outcome, Plan, Scene
from laurels.rooms.kinds.storymap.state import Act, AddStep, AddTask, Place, Settings, Shift, State


def check(plan: Plan) -> list[tuple[str, str]]:
    keys = [each.key for each in plan.settings.slices]
    found = [] if keys else [("settings.slices", _("A story map needs at least one slice."))]
    found += [("settings.slices", _("The slice “%s” stands here twice.") % key) for key in keys if keys.count(key) > 1]
    found += [
        (f"step.{number}.hidden", _("A story map is made in the open. Take “hidden” out."))
        for number, step in enumerate(plan.steps)
        if step.hidden
    ]
    wrong = [brought.into for brought in plan.brings if brought.into not in {"", "steps", "tasks"}]
    found += [("brings", _("“%s” is no place of a story map. Use steps or tasks.") % into) for into in wrong]
    return list(dict.fromkeys(found))


def begin(plan: Plan, brought: Sequence[tuple[Card, str]], seed: int) -> State:
    """Brought ``steps`` make the backbone; brought ``tasks`` wait beside the map."""
    backbone = [card.id for card, into in brought if into == "steps"]
    loose = [card.id for card, into in brought if into != "steps"]
    return State(backbone=backbone, tasks={id_: [] for id_ in backbone}, loose=loose)


def enter(state: State, scene: Scene, hands: Sequence[Hand]) -> Outcome:
    return Outcome(state, touched=("canvas",))


# Why not


def why_not(act: Act, state: State, scene: Scene) -> Refusal | None:
    most = scene.settings.card_most
    match act:
        case AddStep(text=text):
            return cards.why_not_words(text, most=most)
        case AddTask(text=text, step=step):
            return cards.why_not_words(text, most=most) or why_not_step(step, state)
        case Edit(card=card, text=text):
            return cards.why_not_change(card, scene) or cards.why_not_words(text, most=most)
        case Withdraw(card=card):
            return cards.why_not_change(card, scene) or why_not_here(card, state) or why_not_without(card, state)
        case Place():
            return why_not_place(act, state, scene)
        case Shift(card=card):
            return cards.why_not_this_card(card, scene) or why_not_here(card, state)


def why_not_step(step: str, state: State) -> Refusal | None:
    if step not in state.tasks:
        return Refusal("no-step", _("There is no such step on the map. Choose another one."), "step")
    return None


def why_not_here(card: str, state: State) -> Refusal | None:
    if card not in state.tasks and card not in state.loose and step_of(state, card) is None:
        return Refusal("elsewhere", _("This card does not lie on the map. Reload the page."))
    return None


def why_not_without(card: str, state: State) -> Refusal | None:
    if state.tasks.get(card):
        return Refusal("tasks", _("Tasks stand under this step. Move them to another step first, then withdraw it."))
    return None


def why_not_place(act: Place, state: State, scene: Scene) -> Refusal | None:
    if refusal := cards.why_not_this_card(act.card, scene) or why_not_here(act.card, state):
        return refusal
    if act.card in state.tasks:
        return Refusal("step", _("This is a step of the backbone. Move it left or right."))
    if act.slice and act.slice not in {each.key for each in scene.settings.slices}:
        return Refusal("slice", _("There is no such slice. Choose one of the list."), "slice")
    if act.step or act.card in state.loose:
        return why_not_step(act.step, state)
    return None


# What changes


def apply(act: Act, state: State, scene: Scene) -> Outcome:
    match act:
        case AddStep(text=text):
            card = cards.new_card(scene, text, sort="step")
            state = with_(state, backbone=[*state.backbone, card.id], tasks=state.tasks | {card.id: []})
            deeds = (("card", card.id), ("step", card.id))
            return Outcome(state, cards=(card,), touched=("canvas",), deeds=deeds)
        case AddTask(text=text, step=step):
            card = cards.new_card(scene, text, sort="task")
            state = with_(state, tasks=state.tasks | {step: [*state.tasks[step], card.id]})
            deeds = (("card", card.id), ("task", card.id))
            return Outcome(state, cards=(card,), touched=(f"card:{card.id}",), deeds=deeds)
        case Edit(card=card_id, text=text):
            changed = cards.reworded(scene.cards[card_id], text)
            return Outcome(state, cards=(changed,), touched=("canvas",), deeds=(("edit", card_id),))
        case Withdraw(card=card_id):
            return Outcome(_without(state, card_id), gone=(card_id,), touched=("canvas",))
        case Place():
            return place(act, state)
        case Shift(card=card_id, way=way):
            return shift(card_id, -1 if way == "back" else 1, state, scene.settings)


def place(act: Place, state: State) -> Outcome:
    deeds = [("move", act.card)]
    origin = step_of(state, act.card) or ""
    step = act.step or origin
    if step != origin or act.before is not None:
        tasks = {key: [id_ for id_ in ids if id_ != act.card] for key, ids in state.tasks.items()}
        loose = [id_ for id_ in state.loose if id_ != act.card]
        at = tasks[step].index(act.before) if act.before in tasks[step] else len(tasks[step])
        state = with_(state, tasks=tasks | {step: [*tasks[step][:at], act.card, *tasks[step][at:]]}, loose=loose)
    if act.slice:
        state = with_(state, slices=state.slices | {act.card: act.slice})
        deeds.append(("slice", act.card))
    return Outcome(state, touched=("canvas",), deeds=tuple(deeds))


def shift(card: str, by: int, state: State, settings: Settings) -> Outcome:
    """Changes places with the next one; at the end nothing happens. A task stays in its step and slice."""
    if card in state.tasks:
        state = with_(state, backbone=_swapped(state.backbone, card, state.backbone, by))
    elif step := step_of(state, card):
        ids = state.tasks[step]
        beside = [id_ for id_ in ids if slice_of(state, id_, settings) == slice_of(state, card, settings)]
        state = with_(state, tasks=state.tasks | {step: _swapped(ids, card, beside, by)})
    return Outcome(state, touched=("canvas",), deeds=(("move", card),))


def total(name: str, state: State) -> int:
    """``steps`` and ``tasks``: how many there are."""
    return {"steps": len(state.backbone), "tasks": sum(map(len, state.tasks.values()))}.get(name, 1)


# Where things are


def step_of(state: State, task: str) -> str | None:
    return next((step for step, ids in state.tasks.items() if task in ids), None)


def slice_of(state: State, task: str, settings: Settings) -> str:
    """The task's slice; the last one while nobody has chosen."""
    key = state.slices.get(task)
    return key if key and key in {each.key for each in settings.slices} else settings.slices[-1].key


def _swapped(ids: list[str], one: str, among: list[str], by: int) -> list[str]:
    at = among.index(one) + by
    if not 0 <= at < len(among):
        return ids
    changes = {one: among[at], among[at]: one}
    return [changes.get(id_, id_) for id_ in ids]


def _without(state: State, card: str) -> State:
    return State(
        backbone=[id_ for id_ in state.backbone if id_ != card],
        tasks={step: [id_ for id_ in ids if id_ != card] for step, ids in state.tasks.items() if step != card},
        slices={id_: key for id_, key in state.slices.items() if id_ != card},
        loose=[id_ for id_ in state.loose if id_ != card],
    )
