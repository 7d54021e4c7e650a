"""What a tree is set up with, what it holds, and what can be done on it."""

from msgspec import Struct

from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.scene import Step


class Level(Struct, frozen=True, forbid_unknown_fields=True):
    """What the cards of one depth are; ``most`` of them fit (0: any number). ``one`` names a single one of them."""

    key: str
    title: str
    one: str
    hint: str = ""
    most: int = 0


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """The levels from the root outwards. A card of one level hangs on a card of the level before."""

    levels: tuple[Level, ...]
    card_most: int = 200


class TreeStep(Step, frozen=True, kw_only=True):
    """``votes`` each person has (on each level, with ``each_level``), at most ``on_one`` of them on one card of the
    levels ``vote_on`` (none named: all); ``results`` shows the count of the latest vote."""

    votes: int = 0
    on_one: int = 1
    each_level: bool = False
    vote_on: tuple[str, ...] = ()
    results: bool = False


class State(Struct, frozen=True):
    """``order``: all card ids. ``levels``: card id → number of its level. ``parents``: card id → the card it hangs on,
    "" for roots and for cards that came along and hang on nothing yet. ``secret``: written in a hidden step, not yet
    shown. ``votes``: hand id → card ids, one entry a vote."""

    order: list[str] = []
    levels: dict[str, int] = {}
    parents: dict[str, str] = {}
    secret: list[str] = []
    votes: dict[int, list[str]] = {}


class Grow(Struct, frozen=True, tag_field="verb", tag="grow"):
    """Hang a new card on ``parent``; on none, it is a root."""

    text: str
    parent: str = ""


class Move(Struct, frozen=True, tag_field="verb", tag="move"):
    """Hang a card, with its branch, on another one."""

    card: str
    parent: str


class Vote(Struct, frozen=True, tag_field="verb", tag="vote"):
    card: str


class Unvote(Struct, frozen=True, tag_field="verb", tag="unvote"):
    card: str


Act = Grow | Edit | Withdraw | Move | Vote | Unvote
