"""How a robot ranks: it adds what lacks, moves with reasons, scores, sorts, answers, spends its money."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.ranking.modes import buy, moscow, relative, wsjf
from laurels.rooms.kinds.ranking.sizes import sizes
from laurels.rooms.kinds.ranking.state import FEELINGS, State
from laurels.rooms.kinds.scene import Hand, Stage
from laurels.rooms.kinds.words import different_words

ENOUGH = 4
REASONS = (
    "Everything else rests on it.",
    "It teaches us most for its size.",
    "Customers lose money every week without it.",
    "It can wait: nobody asked yet.",
)


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """The first thing that is allowed now and still to be done."""
    doings = {"add": add, "answer": answer, "score": score, "sort": sort, "bid": bid, "move": move, "explain": explain}
    found = (do(stage, hand, luck) for verb, do in doings.items() if stage.allows(verb))
    return next((each for each in found if each is not None), None)


def add(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    items = [id_ for id_ in stage.state.items if id_ in stage.cards]
    if len(items) >= ENOUGH:
        return None
    return "add", {"text": different_words(luck, {stage.cards[id_].text for id_ in items})}


def answer(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    mine = stage.state.answers.get(hand.id, {})
    open_ = [id_ for id_ in stage.state.items if id_ in stage.cards and id_ not in mine]
    if not open_:
        return None
    return "answer", {"card": open_[0], "has": luck.choice(FEELINGS[:3]), "lacks": luck.choice(FEELINGS[2:])}


def score(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """One item each, and then whatever nobody scored."""
    state: State = stage.state
    columns = wsjf.SCORED if stage.settings.mode == "wsjf" else relative.SCORED
    items = [id_ for id_ in state.items if id_ in stage.cards]
    mine = items[hand.id % len(items)] if items else ""
    open_ = [id_ for id_ in [mine, *items] if id_ and id_ not in state.scores]
    return _scored(open_[0], columns, stage, luck) if open_ else None


def _scored(id_: str, columns: tuple[str, ...], stage: Stage, luck: Random) -> Turn:
    return "score", {"card": id_, "column": columns, "value": [luck.choice(stage.settings.scale) for _each in columns]}


def sort(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    state, settings = stage.state, stage.settings
    open_ = [id_ for id_ in state.items if id_ in stage.cards and id_ not in state.lists]
    if not open_:
        return None
    musts = [id_ for id_ in state.items if state.lists.get(id_) == "must"]
    asked = sizes([*musts, open_[0]], stage.cards, settings) * 100
    is_room = asked <= settings.must_most * sizes(state.items, stage.cards, settings)
    return "sort", {"card": open_[0], "into": luck.choice(moscow.LISTS if is_room else moscow.LISTS[1:])}


def bid(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """All the money, item after item, dear ones together with others."""
    left = buy.left_of(stage.state, hand.id)
    open_ = [id_ for id_ in stage.state.items if id_ in stage.cards and id_ not in stage.state.bought]
    if left < 1 or not open_:
        return None
    return "bid", {"card": luck.choice(open_), "amount": min(left, luck.choice((10, 20, 30)))}


def move(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    """Each robot moves one item to the place of its number, once, and says why."""
    items = [id_ for id_ in stage.state.items if id_ in stage.cards]
    if not items or _has_explained(stage, hand):
        return None
    position = 1 + hand.id % len(items)
    return "move", {"card": luck.choice(items), "position": position, "reason": reason_of(hand)}


def explain(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    items = [id_ for id_ in stage.state.items if id_ in stage.cards]
    if not items or _has_explained(stage, hand):
        return None
    return "explain", {"card": luck.choice(items), "reason": reason_of(hand)}


def reason_of(hand: Hand) -> str:
    """Each robot's own words, so that it knows whether it has said them."""
    return f"{REASONS[hand.id % len(REASONS)]} (Reason {hand.id}.)"


def _has_explained(stage: Stage, hand: Hand) -> bool:
    return any(reason_of(hand) in said for said in stage.state.reasons.values())
