"""What an estimation is set up with, what it holds, and what can be done in it."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST, Edit, Withdraw
from laurels.rooms.kinds.scene import Step

# What may be said in a round besides a size: it cannot be told yet, and let us have a break.
UNSURE = ("?", "☕")
WHY_MOST = 200


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """``magic``: everybody places and moves; ``poker``: one item at a time in hidden rounds.

    An item that was moved ``jumps`` times is talked about. With ``turns`` people place one after the other.
    """

    mode: Literal["magic", "poker"]
    sizes: tuple[str, ...] = ("XS", "S", "M", "L", "XL")
    jumps: int = 3
    turns: bool = False
    items_most: int = 30
    card_most: int = CARD_MOST


class EstimationStep(Step, frozen=True, kw_only=True):
    """With ``jumpy`` the items that were moved most are shown."""

    jumpy: bool = False


class Round(Struct, frozen=True):
    """A round that was shown: what was said, smallest first, without who."""

    card: str
    number: int
    said: list[str]


class State(Struct, frozen=True):
    """``items`` in order, ``sizes`` by card. ``moves``: how often each was placed; ``table``: who is there, in turn.

    In poker ``card`` is on the table, ``said`` is hidden by hand until ``is_shown``; ``rounds`` are the shown ones.
    """

    items: list[str] = []
    sizes: dict[str, str] = {}
    moves: dict[str, int] = {}
    table: list[int] = []
    card: str = ""
    said: dict[int, str] = {}
    is_shown: bool = False
    rounds: list[Round] = []
    whys: dict[str, str] = {}


class Add(Struct, frozen=True, tag_field="verb", tag="add"):
    text: str


class Place(Struct, frozen=True, tag_field="verb", tag="place"):
    """Put an item under a size, or move it to another."""

    card: str
    size: str


class Choose(Struct, frozen=True, tag_field="verb", tag="choose"):
    """Put an item on the table; a new round begins."""

    card: str


class Estimate(Struct, frozen=True, tag_field="verb", tag="estimate"):
    """Say one's size; it stays hidden, and may be changed, until all are shown."""

    size: str


class Reveal(Struct, frozen=True, tag_field="verb", tag="reveal"):
    """Show what was said, though somebody has not said anything."""


class Again(Struct, frozen=True, tag_field="verb", tag="again"):
    """Another round on the same item."""


class Agree(Struct, frozen=True, tag_field="verb", tag="agree"):
    """Write the size down, perhaps with the reason, and take the item off the table."""

    size: str
    why: str = ""


Act = Add | Edit | Withdraw | Place | Choose | Estimate | Reveal | Again | Agree
