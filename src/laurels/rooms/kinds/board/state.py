"""What a board is set up with, what it holds, and what can be done on it."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.scene import Step

TOP = 10


class Zone(Struct, frozen=True, forbid_unknown_fields=True):
    """A named place for cards; ``most`` cards fit (0: any number)."""

    key: str
    title: str
    hint: str = ""
    most: int = 0


class Axis(Struct, frozen=True, forbid_unknown_fields=True):
    """From ``low`` (0) to ``high`` (10)."""

    title: str
    low: str
    high: str


class Axes(Struct, frozen=True, forbid_unknown_fields=True):
    x: Axis
    y: Axis


class Tone(Struct, frozen=True, forbid_unknown_fields=True):
    """A colour and what it means here; the meaning is always written beside it."""

    key: Literal["laurel", "saffron", "brick", "sky", "plum", "stone"]
    means: str


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """A card the exercise brings itself. ``belongs`` is where it stands when the solution is shown."""

    text: str
    belongs: str = ""
    why: str = ""


class Best(Struct, frozen=True, forbid_unknown_fields=True):
    """A place under which cards of a plane are offered, best first: ``high`` or ``low`` on each axis that matters."""

    place: str
    x: Literal["high", "low", ""] = ""
    y: Literal["high", "low", ""] = ""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Zones in order; with ``axes`` the first is the plane. New and brought cards land in ``tray`` (a zone's key).

    ``best`` names what of a plane later exercises may bring in, such as the riskiest assumptions.
    """

    zones: tuple[Zone, ...]
    axes: Axes | None = None
    best: tuple[Best, ...] = ()
    legend: tuple[Tone, ...] = ()
    given: tuple[Given, ...] = ()
    tray: str = ""
    sort: str = "card"
    card_most: int = 280


class BoardStep(Step, frozen=True, kw_only=True):
    """``votes`` each person has in this step, at most ``on_one`` of them on one card; ``results`` shows the count of
    the latest vote, ``solution`` where the given cards belong."""

    votes: int = 0
    on_one: int = 1
    results: bool = False
    solution: bool = False


class Spot(Struct, frozen=True):
    """A place on the two axes, 0–10 each."""

    x: int
    y: int


class State(Struct, frozen=True):
    """``zones``: card ids in order for each zone key. ``merged``: card id → ids under it. ``votes``: hand id → card
    ids, one entry a vote, for the step in which the vote began. ``known``: cards that nobody here wrote in secret."""

    zones: dict[str, list[str]]
    spots: dict[str, Spot] = {}
    tones: dict[str, str] = {}
    merged: dict[str, list[str]] = {}
    votes: dict[int, list[str]] = {}
    belongs: dict[str, str] = {}
    known: tuple[str, ...] = ()


class Write(Struct, frozen=True, tag_field="verb", tag="write"):
    """Put a new card into a zone, or on the plane at x, y."""

    text: str
    zone: str = ""
    x: int = 5
    y: int = 5
    tone: str = ""


class Place(Struct, frozen=True, tag_field="verb", tag="place"):
    """Move a card into a zone (at the end, or before another card), or on the plane to x, y."""

    card: str
    zone: str = ""
    before: str = ""
    x: int | None = None
    y: int | None = None


class Colour(Struct, frozen=True, tag_field="verb", tag="colour"):
    card: str
    tone: str = ""


class Merge(Struct, frozen=True, tag_field="verb", tag="merge"):
    """Lay a card under another that says the same; its votes come along."""

    card: str
    into: str


class Unmerge(Struct, frozen=True, tag_field="verb", tag="unmerge"):
    """Take a card out from under another again."""

    card: str


class Vote(Struct, frozen=True, tag_field="verb", tag="vote"):
    card: str


class Unvote(Struct, frozen=True, tag_field="verb", tag="unvote"):
    card: str


Act = Write | Edit | Withdraw | Place | Colour | Merge | Unmerge | Vote | Unvote
