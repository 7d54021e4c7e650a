"""How a robot takes part in feedback: it leaves notes, then answers, changes and decides."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.feedback.state import State
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.words import different_words, some_words


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """The first thing that is allowed now and still to be done."""
    doings = {"show": show, "note": note, "answer": answer, "decide": decide, "change": change}
    found = (do(stage, hand, luck) for verb, do in doings.items() if stage.allows(verb))
    return next((each for each in found if each is not None), None)


def show(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """Something, where the stand is still empty."""
    return None if any(stage.state.stand.values()) else ("show", {"text": some_words(luck)})


def note(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """One of each sort."""
    for sort, ids in stage.state.notes.items():
        if not any(stage.cards[id_].by == hand.id for id_ in ids if id_ in stage.cards):
            taken = {card.text for card in stage.cards.values()}
            return "note", {"text": different_words(luck, taken), "sort": sort}
    return None


def answer(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    state: State = stage.state
    waiting = [id_ for id_ in hung(stage) if id_ not in state.answers]
    return ("answer", {"card": waiting[0], "text": "Thank you. We will try it out."}) if waiting else None


def change(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """One each, of a note that has none."""
    state: State = stage.state
    made = [stage.cards[id_] for id_ in state.changes.values() if id_ in stage.cards]
    waiting = [id_ for id_ in hung(stage) if id_ not in state.changes]
    if not waiting or any(card.by == hand.id for card in made):
        return None
    return "change", {"card": waiting[0], "text": stage.cards[waiting[0]].text}


def decide(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    if stage.state.choice or not stage.settings.choices:
        return None
    return "decide", {"choice": luck.choice(stage.settings.choices).key, "text": "Three notes say the same."}


def hung(stage: Stage) -> list[str]:
    return [id_ for ids in stage.state.notes.values() for id_ in ids if id_ in stage.cards]
