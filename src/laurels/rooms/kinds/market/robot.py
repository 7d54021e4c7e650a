"""How a robot plays the market: it moves what promises most up, tests, forecasts, lets the Sprint happen, and notes."""

from random import Random

from laurels.rooms.kinds import Turn
from laurels.rooms.kinds.market import game
from laurels.rooms.kinds.market.model.market import size_seen
from laurels.rooms.kinds.market.model.sight import promise
from laurels.rooms.kinds.market.state import State
from laurels.rooms.kinds.scene import Hand, Stage

NOTES = ("Small and wanted beats big and loud.", "A test is cheaper than a wrong Sprint.", "Urgent things do not wait.")


def turn(stage: Stage, hand: Hand, luck: Random) -> Turn | None:
    state: State = stage.state
    if game.is_over(state, stage.settings):
        mine = [id_ for id_ in state.notes if id_ in stage.cards and stage.cards[id_].by == hand.id]
        return ("note", {"text": luck.choice(NOTES)}) if stage.allows("note") and not mine else None
    if not stage.allows("run"):
        return None
    market, sprint = game.market_of(state, stage.settings), game.coming(state)
    open_ = game.open_items(state, market)
    by_promise = sorted(
        open_,
        key=lambda key: (
            -promise(market, key, sprint, is_tested=key in game.tested(state))
            / size_seen(market.items[key], market.terms)
        ),
    )
    if open_ and open_[0] != by_promise[0]:
        return "move", {"card": by_promise[0], "position": 1}
    if stage.allows("test") and not state.tests and len(open_) > 1 and open_[1] not in game.tested(state):
        return "test", {"card": open_[1]}
    if state.forecast is None:
        return "forecast", {"items": min(2, len(open_))}
    return "run", {}
