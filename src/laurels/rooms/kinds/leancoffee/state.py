"""What a Lean Coffee is set up with, what it holds, and what can be done in it."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST, Edit, Withdraw
from laurels.rooms.kinds.scene import Step

Thumb = Literal["up", "side", "down"]


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """``votes`` each person has, at most ``on_one`` on one topic; one's own may get some where ``own_topics`` is true.

    A topic is talked about for ``timebox`` minutes (or one of ``timeboxes``, if chosen), and for each of ``extensions``
    minutes again (the last of them again and again) while more thumbs are up than down, ``rounds_most`` times in all.
    At the bell everybody is asked, for ``poll_seconds``; with 0 somebody asks and counts by hand.

    ``led_by``: who takes up topics, asks and goes on. Where the clock leads, anybody may, and after ``pause_seconds``
    it happens by itself. ``table_size``: more people than that are better dealt to tables; 0 where there are none.
    """

    votes: int = 2
    on_one: int = 2
    own_topics: bool = True
    timebox: int = 5
    timeboxes: tuple[int, ...] = ()
    extensions: tuple[int, ...] = (3, 2)
    rounds_most: int = 3
    poll_seconds: int = 20
    pause_seconds: int = 8
    led_by: Literal["host", "anybody", "clock"] = "anybody"
    topics_most: int = 200
    table_size: int = 0
    card_most: int = CARD_MOST


class CoffeeStep(Step, frozen=True, kw_only=True):
    """With ``results`` votes are counted and topics stand in their order."""

    results: bool = False


class State(Struct, frozen=True):
    """``topics`` in the order they were proposed, with their ``authors``; ``under``: topic → topics that say the same,
    and ``carried``: merged topic → whose votes came along, how many.

    ``topic`` is talked about since ``began_at`` until ``ends_at`` (seconds since 1970), for the ``talks[topic]``-th
    time; ``spent`` are seconds talked. ``thumbs`` are hidden by hand while ``is_asking`` since ``asked_at``. Where the
    clock leads, the next topic begins at ``next_at``. ``prefers``: what the host put first among equals. ``queue``: who
    wants to speak; ``table``: who is there. ``more``: how many topics somebody may still add during the talk;
    ``more_all``: everybody one, but those in ``more_used``. ``again``: topics to be offered next time; ``named``: who
    agreed to be named.
    """

    topics: list[str] = []
    authors: dict[str, int] = {}
    under: dict[str, list[str]] = {}
    carried: dict[str, dict[int, int]] = {}
    votes: dict[int, list[str]] = {}
    prefers: list[str] = []
    topic: str = ""
    began_at: int = 0
    ends_at: int = 0
    next_at: int = 0
    talks: dict[str, int] = {}
    spent: dict[str, int] = {}
    is_asking: bool = False
    asked_at: int = 0
    thumbs: dict[int, Thumb] = {}
    said: dict[str, int] = {}
    discussed: list[str] = []
    notes: list[str] = []
    takeaways: list[str] = []
    actions: list[str] = []
    wrapups: list[str] = []
    queue: list[int] = []
    table: list[int] = []
    more: dict[int, int] = {}
    more_all: bool = False
    more_used: list[int] = []
    again: list[str] = []
    named: list[int] = []


class Propose(Struct, frozen=True, tag_field="verb", tag="propose"):
    text: str


class Merge(Struct, frozen=True, tag_field="verb", tag="merge"):
    """Lay a topic under another that says the same; its votes come along."""

    card: str
    into: str


class Split(Struct, frozen=True, tag_field="verb", tag="split"):
    """A merged topic stands by itself again; the votes it brought go back with it."""

    card: str


class Vote(Struct, frozen=True, tag_field="verb", tag="vote"):
    card: str


class Unvote(Struct, frozen=True, tag_field="verb", tag="unvote"):
    card: str


class Discuss(Struct, frozen=True, tag_field="verb", tag="discuss"):
    """Talk about a topic now, for so many minutes; without one, about the next in order, for the usual time."""

    card: str = ""
    minutes: int = 0


class Prefer(Struct, frozen=True, tag_field="verb", tag="prefer"):
    """Put a topic first among those with as many votes."""

    card: str


class Reopen(Struct, frozen=True, tag_field="verb", tag="reopen"):
    """Let one person (or with 0 everybody) propose one more topic during the talk."""

    who: int = 0


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


class Note(Struct, frozen=True, tag_field="verb", tag="note"):
    """A line on the topic that is talked about."""

    text: str


class Action(Struct, frozen=True, tag_field="verb", tag="action"):
    """Something that somebody does until a day (``2026-12-24``, or empty)."""

    text: str
    owner: str = ""
    due: str = ""


class WrapUp(Struct, frozen=True, tag_field="verb", tag="wrapup"):
    """One's sentence at the end."""

    text: str


class Again(Struct, frozen=True, tag_field="verb", tag="again"):
    """Offer one's own topic next time, or not after all."""

    card: str


class NameMe(Struct, frozen=True, tag_field="verb", tag="name"):
    """Name me in the summary, or not after all."""


class Heard(Struct, frozen=True, tag_field="verb", tag="heard"):
    """Somebody in the queue has spoken."""

    who: int


class Speak(Struct, frozen=True, tag_field="verb", tag="speak"):
    """Wait for one's turn to speak, or not any more."""


Act = (
    Propose
    | Edit
    | Withdraw
    | Merge
    | Split
    | Vote
    | Unvote
    | Prefer
    | Discuss
    | Ask
    | ShowThumb
    | Close
    | Next
    | Reopen
    | Note
    | TakeAway
    | Action
    | WrapUp
    | Again
    | NameMe
    | Speak
    | Heard
)
