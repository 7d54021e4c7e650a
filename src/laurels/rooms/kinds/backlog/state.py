"""What a backlog holds, and what can be done with its items."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST, Edit, Withdraw
from laurels.rooms.kinds.scene import Step

INVEST = ("independent", "negotiable", "valuable", "estimable", "small", "testable")
Reason = Literal["spike", "paths", "interfaces", "data", "rules"]


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    card_most: int = CARD_MOST
    criteria_most: int = 7


class BacklogStep(Step, frozen=True, kw_only=True):
    """A step of work on items; it has no keys of its own."""


class Check(Struct, frozen=True):
    """What a peer ticked, and what they remarked."""

    ticks: list[str]
    remark: str = ""


class State(Struct, frozen=True):
    """``items`` in order; ``checks``: item → hand id → check. ``children``: a split item → what it was split into."""

    items: list[str] = []
    checks: dict[str, dict[int, Check]] = {}
    children: dict[str, list[str]] = {}


class Item(Struct, frozen=True, tag_field="verb", tag="item"):
    """A new item with the outcome somebody wants and a first criterion."""

    text: str
    outcome: str
    criterion: str
    measure: str = ""


class Refine(Struct, frozen=True, tag_field="verb", tag="refine"):
    """Say the outcome and the measure of an item that lies here."""

    card: str
    outcome: str
    measure: str = ""


class AddCriterion(Struct, frozen=True, tag_field="verb", tag="criterion"):
    card: str
    text: str


class DropCriterion(Struct, frozen=True, tag_field="verb", tag="drop"):
    """Take a criterion away, by its words: numbers may have moved."""

    card: str
    text: str


class AddCheck(Struct, frozen=True, tag_field="verb", tag="check"):
    """A peer's INVEST check."""

    card: str
    tick: list[str] = []
    remark: str = ""


class Split(Struct, frozen=True, tag_field="verb", tag="child"):
    """A smaller item out of a big one; the reason is one of SPIDR."""

    card: str
    text: str
    reason: Reason
    criterion: str = ""


class Shift(Struct, frozen=True, tag_field="verb", tag="shift"):
    card: str
    way: Literal["up", "down"]


Act = Item | Refine | AddCriterion | DropCriterion | AddCheck | Split | Shift | Edit | Withdraw
