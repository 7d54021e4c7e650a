"""What a feedback wall is set up with, what it holds, and what can be done on it."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST, Edit, Withdraw
from laurels.rooms.kinds.scene import Step


class Sort(Struct, frozen=True, forbid_unknown_fields=True):
    """A sort of note, such as keep, change or learn."""

    key: str
    title: str
    hint: str = ""
    tone: Literal["laurel", "saffron", "brick", "sky", "plum", "stone"] = "stone"


class Shelf(Struct, frozen=True, forbid_unknown_fields=True):
    """A named part of the stand; brought cards land there by ``into``."""

    key: str
    title: str


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """Something the team may decide after reading."""

    key: str
    title: str
    hint: str = ""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """``change_sort`` is the sort of card that a note becomes when the team takes it along."""

    sorts: tuple[Sort, ...]
    shelves: tuple[Shelf, ...] = (Shelf("", "What we show"),)
    choices: tuple[Choice, ...] = ()
    card_most: int = CARD_MOST
    change_sort: str = "change"


class FeedbackStep(Step, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """``ask`` is what guests are asked to look for."""

    ask: str = ""


class State(Struct, frozen=True):
    """Card ids only. ``stand`` by shelf, ``notes`` by sort; ``answers`` and ``changes``: note → the card made of it;
    ``written``: what was put on the stand here, not brought."""

    stand: dict[str, list[str]]
    notes: dict[str, list[str]]
    written: tuple[str, ...] = ()
    answers: dict[str, str] = {}
    changes: dict[str, str] = {}
    choice: str = ""
    reason: str = ""


class Show(Struct, frozen=True, tag_field="verb", tag="show"):
    """Put words on the stand."""

    text: str
    shelf: str = ""


class Note(Struct, frozen=True, tag_field="verb", tag="note"):
    """Leave a note at the stand."""

    text: str
    sort: str


class Move(Struct, frozen=True, tag_field="verb", tag="sort"):
    """Lay a note with another sort."""

    card: str
    sort: str


class Answer(Struct, frozen=True, tag_field="verb", tag="answer"):
    """Answer a note, or give another answer."""

    card: str
    text: str


class Change(Struct, frozen=True, tag_field="verb", tag="change"):
    """Turn a note into a change that flows on."""

    card: str
    text: str


class Decide(Struct, frozen=True, tag_field="verb", tag="decide"):
    """Say what the team does now, and why."""

    choice: str
    text: str


Act = Show | Note | Edit | Withdraw | Move | Answer | Change | Decide
