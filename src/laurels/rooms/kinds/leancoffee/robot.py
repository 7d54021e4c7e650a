"""How a robot drinks coffee: it proposes, votes, starts what is next, shows its thumb, takes something along."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.leancoffee import rules
from laurels.rooms.kinds.leancoffee.state import State
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.words import different_words, some_words

TALKS = 2


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    state: State = stage.state
    topics = [stage.cards[id_] for id_ in state.topics if id_ in stage.cards]
    if stage.allows("propose") and not any(card.by == hand.id for card in topics):
        return "propose", {"text": different_words(luck, {card.text for card in topics})}
    if stage.allows("vote") and len(state.votes.get(hand.id, [])) < stage.settings.votes and topics:
        given = state.votes.get(hand.id, [])
        choice = [card.id for card in topics if given.count(card.id) < stage.settings.on_one]
        return ("vote", {"card": luck.choice(choice)}) if choice else None
    if stage.allows("discuss"):
        return talk(stage, hand, luck)
    return None


def talk(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    state: State = stage.state
    if state.is_asking:
        return None if hand.id in state.thumbs else ("thumb", {"way": luck.choice(("up", "side", "down"))})
    if state.topic:
        return "ask", {}
    mine = [id_ for id_ in state.takeaways if id_ in stage.cards and stage.cards[id_].by == hand.id]
    if stage.allows("takeaway") and not mine:
        return "takeaway", {"text": some_words(luck), "owner": ""}
    return ("discuss", {}) if len(state.discussed) < TALKS and rules.open_topics(state) else None
