"""How a robot plays its roles: it notes when that is its part, says that it is done, and writes what it learned."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.roleplay import rules
from laurels.rooms.kinds.roleplay.look import insights
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.words import different_words, some_words


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    state = stage.state
    if stage.now_step.round and rules.group_of(hand.id, state) is None:
        return ("come_in", {}) if stage.allows("come_in") else None
    role = rules.role_of(hand.id, stage.now_step.round, state, stage.settings)
    if role and role.notes and stage.allows("note") and len(state.notes.get(hand.id, [])) < stage.now_step.round:
        return "note", {"text": f"They said: {some_words(luck).lower()}"}
    if role and stage.allows("done") and hand.id not in state.done.get(role.key, []):
        return "done", {}
    mine = [card for card in insights(stage) if card.by == hand.id]
    if stage.allows("insight") and not mine:
        return "insight", {"text": different_words(luck, {card.text for card in insights(stage)})}
    return None
