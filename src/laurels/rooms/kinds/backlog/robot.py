"""How a robot takes part: it writes an item, checks somebody else's, and splits the first."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.backlog.state import INVEST
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.words import different_words, some_words


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    state, cards = stage.state, stage.cards
    lying = [cards[id_] for id_ in state.items if id_ in cards]
    mine = [card for card in lying if card.by == hand.id and not card.fields.get("parent")]
    words = different_words(luck, {card.text for card in cards.values()})
    if stage.allows("item") and not any(card.fields.get("outcome") for card in mine):
        return "item", {"text": words, "outcome": some_words(luck), "criterion": some_words(luck), "measure": "3 of 4"}
    others = [card for card in lying if card.by != hand.id and not state.checks.get(card.id)]
    if stage.allows("check") and others and not any(hand.id in given for given in state.checks.values()):
        return "check", {"card": others[-1].id, "tick": list(INVEST), "remark": some_words(luck)}
    made = [card for card in lying if card.by == hand.id and card.fields.get("parent")]
    whole = [card for card in lying if not card.fields.get("parent")]
    if stage.allows("child") and not made and whole:
        return "child", {"card": whole[0].id, "text": words, "reason": "paths", "criterion": some_words(luck)}
    return None
