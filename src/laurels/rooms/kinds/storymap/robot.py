"""How a robot takes part in a story map: steps first, then tasks where few stand, then slices from the top."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.storymap.state import State
from laurels.rooms.kinds.words import different_words

STEPS_TOGETHER = 6
TASKS_EACH = 3


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """The first thing that is allowed now and still to be done."""
    doings = {"step": add_step, "task": add_task, "place": place}
    found = (do(stage, hand, luck) for verb, do in doings.items() if stage.allows(verb))
    return next((each for each in found if each is not None), None)


def add_step(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    if len(stage.state.backbone) >= STEPS_TOGETHER:
        return None
    return "step", {"text": new_words(stage, luck)}


def add_task(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """Under the step that has the fewest, until this hand has written its share."""
    tasks: dict[str, list[str]] = stage.state.tasks
    mine = [id_ for ids in tasks.values() for id_ in ids if id_ in stage.cards and stage.cards[id_].by == hand.id]
    if not tasks or len(mine) >= TASKS_EACH:
        return None
    return "task", {"text": new_words(stage, luck), "step": min(stage.state.backbone, key=lambda id_: len(tasks[id_]))}


def place(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """What waits beside the map; then, where slices are drawn, a way through on top; in later steps all the rest."""
    state: State = stage.state
    waiting = [id_ for id_ in state.loose if id_ in stage.cards]
    if waiting and state.backbone:
        return "place", {"card": waiting[0], "step": luck.choice(state.backbone)}
    return cut(stage, luck) if stage.now_step.sliced else None


def cut(stage: Stage, luck: Random) -> Turn | None:
    state, (top, *lower) = stage.state, [each.key for each in stage.settings.slices]
    open_ = {step: [id_ for id_ in ids if id_ in stage.cards] for step, ids in state.tasks.items()}
    uncut = {step: [id_ for id_ in ids if id_ not in state.slices] for step, ids in open_.items()}
    for step, ids in open_.items():
        if uncut[step] and not any(state.slices.get(id_) == top for id_ in ids):
            return "place", {"card": uncut[step][0], "slice": top}
    left = [id_ for ids in uncut.values() for id_ in ids]
    is_first = not any(step.sliced for step in stage.plan.steps[: stage.step])
    return None if is_first or not (left and lower) else ("place", {"card": left[0], "slice": luck.choice(lower)})


def new_words(stage: Stage, luck: Random) -> str:
    return different_words(luck, {card.text for card in stage.cards.values()})
