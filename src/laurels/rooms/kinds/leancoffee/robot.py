"""How somebody takes part in a Lean Coffee: proposes, votes, talks a little, shows a thumb, takes something along."""

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
    is_early = not stage.now_step.results
    if is_early and stage.allows("propose") and not any(card.by == hand.id for card in topics):
        return "propose", {"text": different_words(luck, {card.text for card in topics})}
    if stage.allows("vote") and len(state.votes.get(hand.id, [])) < stage.settings.votes and topics:
        given = state.votes.get(hand.id, [])
        free = [card.id for card in topics if stage.settings.own_topics or card.by != hand.id]
        choice = [id_ for id_ in free if given.count(id_) < stage.settings.on_one]
        return ("vote", {"card": luck.choice(choice)}) if choice else None
    if stage.allows("discuss"):
        return talk(stage, hand, luck)
    if stage.allows("wrapup") and not _has(state.wrapups, stage, hand):
        return "wrapup", {"text": some_words(luck)}
    return None


def talk(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    state: State = stage.state
    leads = stage.settings.led_by != "host" or hand.is_trainer
    if state.is_asking:
        return None if hand.id in state.thumbs else ("thumb", {"way": luck.choice(("up", "side", "down"))})
    if state.topic:
        if stage.allows("note") and not _has(state.notes, stage, hand):
            return "note", {"text": some_words(luck)}
        return ("ask", {}) if leads else None
    if stage.allows("takeaway") and not _has(state.takeaways, stage, hand):
        return "takeaway", {"text": some_words(luck), "owner": ""}
    return ("discuss", {}) if leads and len(state.discussed) < TALKS and rules.open_topics(state) else None


def _has(ids: list[str], stage: Stage, hand: Hand) -> bool:
    """Whether one of these lines is theirs."""
    return any(id_ in stage.cards and stage.cards[id_].by == hand.id for id_ in ids)
