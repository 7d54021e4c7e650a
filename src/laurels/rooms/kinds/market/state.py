"""What a Sprint market is set up with, what it holds, and what can be done in it. The model is in ``model``."""

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST
from laurels.rooms.kinds.scene import Step


class Customers(Struct, frozen=True, forbid_unknown_fields=True):
    """A segment: its share of the market, and whether it is the one that shouts."""

    key: str
    title: str
    weight: float
    is_loudest: bool = False


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """``own`` items fill a backlog up to ``least``; ``wishes`` are what customers may ask for after a review."""

    segments: tuple[Customers, ...]
    own: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    least: int = 8
    most: int = 16
    sprints: int = 4
    card_most: int = CARD_MOST


class MarketStep(Step, frozen=True, kw_only=True):
    """A step of a market; it has no keys of its own."""


class Entry(Struct, frozen=True):
    """An item as the team brought it: what it is called, its size, what earlier work proved of it."""

    key: str
    title: str
    estimate: float | None = None
    evidence: list[str] = []


class Planned(Struct, frozen=True):
    """What the team chose for one Sprint."""

    order: list[str]
    tests: list[str]
    forecast: int


class Curve(Struct, frozen=True):
    """What some way to order has earned by the end of each Sprint."""

    name: str
    totals: list[float]


class Final(Struct, frozen=True):
    """Worked out once, when the last Sprint is over. ``chance``: a tenth less, the mean, a tenth more, by Sprint."""

    best: list[int]
    best_done: dict[str, int]
    bound: int
    is_exact: bool
    naive: list[Curve]
    chance: list[tuple[float, float, float]]


class State(Struct, frozen=True):
    """``order`` is the team's now; ``tests`` and ``forecast`` are for the coming Sprint, ``plans`` were played."""

    seed: str
    entries: list[Entry] = []
    order: list[str] = []
    tests: list[str] = []
    forecast: int | None = None
    plans: list[Planned] = []
    final: Final | None = None
    notes: list[str] = []


class Move(Struct, frozen=True, tag_field="verb", tag="move"):
    """Move an item to a position (from 1), or some places up (negative) or down."""

    card: str
    position: int = 0
    places: int = 0


class Try(Struct, frozen=True, tag_field="verb", tag="test"):
    """Spend capacity of the coming Sprint on a test that shows an item's value sharper, at once."""

    card: str


class Forecast(Struct, frozen=True, tag_field="verb", tag="forecast"):
    """How many items the team expects to deliver in the coming Sprint."""

    items: int


class Run(Struct, frozen=True, tag_field="verb", tag="run"):
    """Let the Sprint happen, and hear what customers say."""


class Note(Struct, frozen=True, tag_field="verb", tag="note"):
    """What the team learned."""

    text: str


Act = Move | Try | Forecast | Run | Note
