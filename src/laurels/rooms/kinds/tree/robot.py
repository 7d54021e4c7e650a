"""How a robot takes part in a tree: it grows a branch of its own, joins what is loose, and votes."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.tree import rules
from laurels.rooms.kinds.words import different_words


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """The first thing that is allowed now and still to be done."""
    doings = {"grow": grow, "move": join, "vote": vote}
    found = (do(stage, hand, luck) for verb, do in doings.items() if stage.allows(verb))
    return next((each for each in found if each is not None), None)


def grow(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """One card of its own on each level, below its own card where it has one."""
    for number in range(levels_now(stage)):
        above = [""] if number == 0 else seen_on(number - 1, stage, hand)
        if above and has_room(number, stage) and not own_on(number, stage, hand):
            own = [id_ for id_ in above if id_ in own_on(number - 1, stage, hand)]
            words = different_words(luck, {card.text for card in stage.cards.values()})
            return "grow", {"text": words, "parent": luck.choice(own or above)}
    return None


def levels_now(stage: Stage) -> int:
    """Before the silence a team agrees on the root alone."""
    is_before = not stage.is_hidden and any(step.hidden for step in stage.plan.steps[stage.step :])
    return 1 if is_before else len(stage.settings.levels)


def join(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """What came along and hangs on nothing yet."""
    for id_ in rules.loose(stage.state):
        above = seen_on(stage.state.levels[id_] - 1, stage, hand)
        if above and id_ in stage.cards:
            return "move", {"card": id_, "parent": luck.choice(above)}
    return None


def vote(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    step, state, given = stage.now_step, stage.state, stage.state.votes.get(hand.id, [])
    for number in range(len(stage.settings.levels)):
        spent = [id_ for id_ in given if not step.each_level or state.levels[id_] == number]
        choice = [id_ for id_ in seen_on(number, stage, hand) if given.count(id_) < step.on_one]
        if choice and rules.is_votable(number, stage.settings, step) and len(spent) < step.votes:
            return "vote", {"card": luck.choice(choice)}
    return None


def seen_on(number: int, stage: Stage, hand: Hand) -> list[str]:
    state = stage.state
    ids = [id_ for id_ in state.order if id_ in stage.cards and state.levels[id_] == number]
    return [id_ for id_ in ids if id_ not in state.secret or stage.cards[id_].by == hand.id]


def own_on(number: int, stage: Stage, hand: Hand) -> list[str]:
    key = stage.settings.levels[number].key
    ids = seen_on(number, stage, hand) if number >= 0 else []
    return [id_ for id_ in ids if stage.cards[id_].by == hand.id and stage.cards[id_].sort == key]


def has_room(number: int, stage: Stage) -> bool:
    most = stage.settings.levels[number].most
    return not most or list(stage.state.levels.values()).count(number) < most
