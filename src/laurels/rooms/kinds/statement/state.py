"""What a statement is set up with, what it holds, and what can be done with it."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST, Withdraw
from laurels.rooms.kinds.scene import Step

ONLY = "one"


class Slot(Struct, frozen=True, forbid_unknown_fields=True):
    """A gap to fill. ``words`` fit at most (0: as many as the letters allow); a number or date may have to be
    ``more_than`` what stands in another slot, so that a range has two ends. Without ``needed`` it may stay empty."""

    key: str
    label: str
    hint: str = ""
    sort: Literal["text", "choice", "number", "date"] = "text"
    choices: tuple[str, ...] = ()
    words: int = 0
    letters: int = CARD_MOST
    more_than: str = ""
    needed: bool = True


class Form(Struct, frozen=True, forbid_unknown_fields=True):
    """One of several statements on a canvas, such as the first persona."""

    key: str
    title: str


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """``sentence`` shows the slots as running words, each as ``{key}``. On later canvases a statement is a card of this
    ``sort``, called by the slot ``named_by``, or by its sentence, or by its first words."""

    slots: tuple[Slot, ...]
    statements: tuple[Form, ...] = ()
    sentence: str = ""
    named_by: str = ""
    sort: str = "statement"
    proposals_most: int = 8


class StatementStep(Step, frozen=True, kw_only=True):
    """``votes`` each person has for drafts and versions; ``results`` shows the count of the latest vote."""

    votes: int = 0
    results: bool = False


class State(Struct, frozen=True):
    """``statements``: the card of each statement that has words, by the statement's key. ``revisions``: how often a
    slot (``statement.slot``) changed. ``proposals``: cards with other words for a slot. ``drafts``: hand id → the card
    of their draft, by statement. ``versions``: saved cards by statement. ``votes``: hand id → card ids.
    ``brought``: (card, where it goes) of what flowed in."""

    statements: dict[str, str] = {}
    revisions: dict[str, int] = {}
    proposals: dict[str, list[str]] = {}
    drafts: dict[int, dict[str, str]] = {}
    versions: dict[str, list[str]] = {}
    votes: dict[int, list[str]] = {}
    brought: list[tuple[str, str]] = []


class Write(Struct, frozen=True, tag_field="verb", tag="write"):
    """Fill or change one slot. ``seen`` is the slot's revision it was typed against: when somebody was quicker, the
    words are kept beside the slot as a proposal."""

    statement: str
    slot: str
    text: str
    seen: int = 0


class Draft(Struct, frozen=True, tag_field="verb", tag="draft"):
    """One's own wording of a statement: ``text`` for each ``slot``, in the same order; empty ones are left out."""

    statement: str
    slot: list[str]
    text: list[str]


class Take(Struct, frozen=True, tag_field="verb", tag="take"):
    """Make the words of a draft, proposal or version the shared ones: of one slot, or of all that it fills."""

    card: str
    slot: str = ""


class Save(Struct, frozen=True, tag_field="verb", tag="save"):
    """Keep the statement as it is now as the next version."""

    statement: str


class Vote(Struct, frozen=True, tag_field="verb", tag="vote"):
    card: str


class Unvote(Struct, frozen=True, tag_field="verb", tag="unvote"):
    card: str


Act = Write | Draft | Take | Save | Withdraw | Vote | Unvote
