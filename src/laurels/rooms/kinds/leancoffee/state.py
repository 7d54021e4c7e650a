"""What a Lean Coffee is set up with, what it holds, and what can be done in it."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST, Edit, Withdraw
from laurels.rooms.kinds.scene import Step

Thumb = Literal["up", "side", "down"]


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """``votes`` each person has, at most ``on_one`` on one topic. A topic is talked about for ``timebox`` minutes, and
    for each of ``extensions`` minutes again while more thumbs are up than down."""

    votes: int = 2
    on_one: int = 2
    timebox: int = 5
    extensions: tuple[int, ...] = (3, 2)
    topics_most: int = 60
    card_most: int = CARD_MOST


class CoffeeStep(Step, frozen=True, kw_only=True):
    """With ``results`` votes are counted and topics stand in their order."""

    results: bool = False


class State(Struct, frozen=True):
    """``topics`` in the order they were proposed; ``under``: topic → topics that say the same.

    ``topic`` is talked about until ``ends_at`` (seconds since 1970), for the ``talks[topic]``-th time. ``thumbs`` are
    hidden by hand while ``is_asking``. ``queue``: who wants to speak; ``table``: who is there.
    """

    topics: list[str] = []
    under: dict[str, list[str]] = {}
    votes: dict[int, list[str]] = {}
    topic: str = ""
    ends_at: int = 0
    talks: dict[str, int] = {}
    is_asking: bool = False
    thumbs: dict[int, Thumb] = {}
    said: dict[str, int] = {}
    discussed: list[str] = []
    takeaways: list[str] = []
    queue: list[int] = []
    table: list[int] = []


class Propose(Struct, frozen=True, tag_field="verb", tag="propose"):
    text: str


class Merge(Struct, frozen=True, tag_field="verb", tag="merge"):
    """Lay a topic under another that says the same; its votes come along."""

    card: str
    into: str


class Vote(Struct, frozen=True, tag_field="verb", tag="vote"):
    card: str


class Unvote(Struct, frozen=True, tag_field="verb", tag="unvote"):
    card: str


class Discuss(Struct, frozen=True, tag_field="verb", tag="discuss"):
    """Talk about a topic now; without one, about the one with most votes that was not talked about."""

    card: str = ""


class Ask(Struct, frozen=True, tag_field="verb", tag="ask"):
    """Ask the room whether to go on with the topic."""


class ShowThumb(Struct, frozen=True, tag_field="verb", tag="thumb"):
    way: Thumb


class Close(Struct, frozen=True, tag_field="verb", tag="close"):
    """Count the thumbs though somebody has not shown one."""


class Next(Struct, frozen=True, tag_field="verb", tag="next"):
    """The topic is done."""


class TakeAway(Struct, frozen=True, tag_field="verb", tag="takeaway"):
    """What is taken along or done next, and by whom."""

    text: str
    owner: str = ""


class Speak(Struct, frozen=True, tag_field="verb", tag="speak"):
    """Wait for one's turn to speak, or not any more."""


Act = Propose | Edit | Withdraw | Merge | Vote | Unvote | Discuss | Ask | ShowThumb | Close | Next | TakeAway | Speak
