"""What a role play is set up with, what it holds, and what can be done in it."""

from msgspec import Struct

from laurels.rooms.kinds.cards import CARD_MOST, Edit, Withdraw
from laurels.rooms.kinds.scene import Step


class Role(Struct, frozen=True, forbid_unknown_fields=True):
    """``brief`` is for everybody, ``secret`` for whoever plays it. With ``notes`` they may write.

    When a group is too small, a role that is ``spare`` is left out; when it is too large, one with notes is doubled.
    """

    key: str
    title: str
    brief: str
    secret: str = ""
    notes: bool = False
    spare: bool = False


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    roles: tuple[Role, ...]
    secrets: tuple[str, ...] = ()
    card_most: int = CARD_MOST


class RoleplayStep(Step, frozen=True, kw_only=True):
    """``round`` from 1 is a turn of the roles; 0 is no turn. With ``shared`` the notes are read by all."""

    round: int = 0
    shared: bool = False


class State(Struct, frozen=True):
    """``groups`` are hands in the order in which roles go round. ``notes`` by hand; ``played``: rounds begun so far.

    ``done``: role → hands who said that they have played it. ``insights``: cards that all of the table read.
    """

    groups: list[list[int]] = []
    notes: dict[int, list[str]] = {}
    played: list[int] = []
    insights: list[str] = []
    done: dict[str, list[int]] = {}


class ComeIn(Struct, frozen=True, tag_field="verb", tag="come_in"):
    """Somebody who came late joins the smallest group."""


class Note(Struct, frozen=True, tag_field="verb", tag="note"):
    """Write down what was said; only the writer sees it until notes are shared."""

    text: str


class Done(Struct, frozen=True, tag_field="verb", tag="done"):
    """Say that one has played one's role of this round."""


class Insight(Struct, frozen=True, tag_field="verb", tag="insight"):
    """What the table learned, for everybody; it flows on."""

    text: str


Act = ComeIn | Note | Done | Insight | Edit | Withdraw
