"""Buy a feature: prices by size, money for a part of the list only; dear items are bought together."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from msgspec.structs import replace as with_

from laurels.kernel.refusal import Refusal
from laurels.rooms.kinds.ranking.modes.rank import Rank
from laurels.rooms.kinds.ranking.sizes import size_of, sizes
from laurels.rooms.kinds.ranking.state import Bid, Settings, State, Unbid
from laurels.rooms.kinds.scene import Card, Outcome, Scene

COLUMNS = ("price", "pooled")
VERBS: tuple[type, ...] = (Bid, Unbid)


def price_of(card: Card, settings: Settings) -> int:
    return size_of(card, settings) * settings.price


def pooled(state: State, id_: str) -> int:
    return sum(state.bids.get(id_, {}).values())


def left_of(state: State, hand: int) -> int:
    """What somebody still has in their wallet; who comes late has as much as the others had."""
    return state.purse - sum(bids.get(hand, 0) for bids in state.bids.values())


def purse(items: list[str], cards: Mapping[str, Card], settings: Settings, hands: int) -> int:
    """Everybody's money, so that all together afford a part of the list; full tens, at least one price of a point."""
    whole = sizes(items, cards, settings) * settings.price * settings.affords / 100 / max(1, hands)
    return max(settings.price, round(whole / 10) * 10)


def why_not(act: Any, state: State, scene: Scene) -> Refusal | None:
    if act.card in state.bought:
        return Refusal("bought", _("This is bought already. Put your money on something else."))
    if isinstance(act, Unbid):
        return None
    left = left_of(state, scene.by.id)
    if act.amount < 1:
        return Refusal("amount", _("Put at least 1 on it."), "amount")
    if act.amount > left:
        return Refusal("money", _("You have %s left. Put less on it, or take some back elsewhere.") % left, "amount")
    return None


def apply(act: Any, state: State, scene: Scene) -> Outcome:
    bids = state.bids.get(act.card, {})
    if isinstance(act, Unbid):
        rest = {hand: amount for hand, amount in bids.items() if hand != scene.by.id}
        return Outcome(with_(state, bids=state.bids | {act.card: rest}), touched=("list",))
    price = price_of(scene.cards[act.card], scene.settings)
    amount = min(act.amount, price - pooled(state, act.card))
    bids = bids | {scene.by.id: bids.get(scene.by.id, 0) + amount}
    state = with_(state, bids=state.bids | {act.card: bids})
    is_paid = pooled(state, act.card) >= price
    state = with_(state, bought=[*state.bought, act.card]) if is_paid else state
    return Outcome(state, touched=("list", "own") if is_paid else ("list",), deeds=(("bid", act.card),))


def ranking(state: State, cards: Mapping[str, Card], settings: Settings) -> list[Rank]:
    """What was bought first comes first; then what most money lies on."""
    open_ = sorted((id_ for id_ in state.items if id_ not in state.bought), key=lambda id_: -pooled(state, id_))
    ids = [id_ for id_ in [*state.bought, *open_] if id_ in cards]
    return [
        Rank(
            id_,
            "bought" if id_ in state.bought else "open",
            (str(price_of(cards[id_], settings)), str(pooled(state, id_))),
        )
        for id_ in ids
    ]
