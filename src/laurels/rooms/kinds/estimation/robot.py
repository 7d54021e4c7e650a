"""How a robot estimates: it places the next item and moves some, or says its size in each round."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.estimation import rules
from laurels.rooms.kinds.estimation.state import State
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.words import different_words

ENOUGH, MOVES, ROUNDS = 3, 3, 2


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    items = [id_ for id_ in stage.state.items if id_ in stage.cards]
    if stage.allows("add") and len(items) < ENOUGH:
        return "add", {"text": different_words(luck, {stage.cards[id_].text for id_ in items})}
    if stage.settings.mode == "magic":
        return place(stage, hand, luck, items) if stage.allows("place") else None
    return play_round(stage, hand, luck, items) if stage.allows("estimate") else None


def place(stage: Stage, hand: Hand, luck: Random, items: list[str]) -> Turn | None:
    """First the stack, one after the other; then as long as the table has not moved enough."""
    state: State = stage.state
    people, moves = max(1, len(state.table)), sum(state.moves.values())
    open_ = [id_ for id_ in items if id_ not in state.sizes]
    if not items or not rules.is_turn_of(hand.id, state) or (not open_ and moves >= people * MOVES):
        return None
    card = open_[0] if open_ else luck.choice(items)
    sizes = [size for size in stage.settings.sizes if size != state.sizes.get(card)]
    return "place", {"card": card, "size": luck.choice(sizes)}


def play_round(stage: Stage, hand: Hand, luck: Random, items: list[str]) -> Turn | None:
    state: State = stage.state
    open_ = [id_ for id_ in items if id_ not in state.sizes]
    if not state.card:
        return ("choose", {"card": open_[0]}) if open_ and stage.allows("choose") else None
    if not state.is_shown:
        return None if hand.id in state.said else ("estimate", {"size": luck.choice(stage.settings.sizes)})
    if rules.number_of_round(state) < ROUNDS and len(set(state.said.values())) > 1 and stage.allows("again"):
        return "again", {}
    middle = sorted(map(stage.settings.sizes.index, state.said.values()))[len(state.said) // 2]
    return "agree", {"size": stage.settings.sizes[middle], "why": "We know most of it already."}
