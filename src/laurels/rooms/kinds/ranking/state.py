"""What a ranking is set up with, what it holds, and what can be done in it."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST, Edit, Withdraw
from laurels.rooms.kinds.scene import Step

Feeling = Literal["like", "expect", "neutral", "bear", "dislike"]
FEELINGS: tuple[Feeling, ...] = ("like", "expect", "neutral", "bear", "dislike")
REASON_MOST = 200


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """``mode`` is how items are ranked; the rest is for one mode each.

    ``scale``: numbers to score with (wsjf, relative). ``size``: of an item that nobody sized. ``must_most``: the share
    of all sizes that may be musts, in per cent (moscow). ``price``: of one point of size, and ``affords``: the share of
    the whole list that all wallets together can pay, in per cent (buy).
    """

    mode: Literal["order", "wsjf", "relative", "moscow", "kano", "buy"]
    scale: tuple[int, ...] = (1, 2, 3, 5, 8, 13, 20)
    size: int = 3
    must_most: int = 60
    price: int = 10
    affords: int = 40
    items_most: int = 30
    card_most: int = CARD_MOST


class RankingStep(Step, frozen=True, kw_only=True):
    """``results`` shows what everybody answered; ``sorts`` puts the items into the order of their scores at its
    beginning."""

    results: bool = False
    sorts: bool = False


class State(Struct, frozen=True):
    """``items`` in order; what else is known of them by card id. ``answers`` and ``bids`` go by hand id.

    ``purse`` is what everybody may spend in all; ``bought`` are items whose price was paid, in that order.
    """

    items: list[str] = []
    reasons: dict[str, list[str]] = {}
    scores: dict[str, dict[str, int]] = {}
    lists: dict[str, str] = {}
    answers: dict[int, dict[str, tuple[Feeling, Feeling]]] = {}
    bids: dict[str, dict[int, int]] = {}
    bought: list[str] = []
    purse: int = 0


class Add(Struct, frozen=True, tag_field="verb", tag="add"):
    """Put another item at the end."""

    text: str


class Move(Struct, frozen=True, tag_field="verb", tag="move"):
    """To a position (from 1), or some places up (negative) or down; perhaps with the reason."""

    card: str
    position: int = 0
    places: int = 0
    reason: str = ""


class Explain(Struct, frozen=True, tag_field="verb", tag="explain"):
    """Say why an item stands where it stands."""

    card: str
    reason: str


class Score(Struct, frozen=True, tag_field="verb", tag="score"):
    """Numbers for an item, column by column."""

    card: str
    column: list[str]
    value: list[int]


class Sort(Struct, frozen=True, tag_field="verb", tag="sort"):
    """Put an item into a list: must, should, could or wont."""

    card: str
    into: str


class Answer(Struct, frozen=True, tag_field="verb", tag="answer"):
    """How one feels if the product has this, and if it lacks it."""

    card: str
    has: Feeling
    lacks: Feeling


class Bid(Struct, frozen=True, tag_field="verb", tag="bid"):
    """Put money on an item; together with others' it may be enough."""

    card: str
    amount: int


class Unbid(Struct, frozen=True, tag_field="verb", tag="unbid"):
    """Take one's money back, as long as the item is not bought."""

    card: str


Act = Add | Edit | Withdraw | Move | Explain | Score | Sort | Answer | Bid | Unbid
