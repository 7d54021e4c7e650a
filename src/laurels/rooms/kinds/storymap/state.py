"""What a story map is set up with, what it holds, and what can be done on it."""

from typing import Literal

from msgspec import Struct

from laurels.rooms.kinds.cards import Edit, Withdraw
from laurels.rooms.kinds.scene import Step


class Slice(Struct, frozen=True, forbid_unknown_fields=True):
    """What is released together; the first is the walking skeleton."""

    key: str
    title: str
    hint: str = ""


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """Slices from top to bottom. New tasks land in the last one."""

    slices: tuple[Slice, ...]
    card_most: int = 200


class StoryStep(Step, frozen=True, kw_only=True):
    """``sliced`` draws the slices apart; without it tasks stand in one list under their step."""

    sliced: bool = False


class State(Struct, frozen=True):
    """``backbone``: step ids from left to right. ``tasks``: step id → task ids, top-down. ``slices``: task id → slice
    key. ``loose``: tasks that came along and belong to no step yet."""

    backbone: list[str] = []
    tasks: dict[str, list[str]] = {}
    slices: dict[str, str] = {}
    loose: list[str] = []


class AddStep(Struct, frozen=True, tag_field="verb", tag="step"):
    """A further step at the right end of the backbone."""

    text: str


class AddTask(Struct, frozen=True, tag_field="verb", tag="task"):
    text: str
    step: str


class Place(Struct, frozen=True, tag_field="verb", tag="place"):
    """Put a task under a step, into a slice, before another task ("" is the end); what is not named stays."""

    card: str
    step: str = ""
    slice: str = ""
    before: str | None = None


class Shift(Struct, frozen=True, tag_field="verb", tag="shift"):
    """One place on: ``back`` is left for a step and up for a task."""

    card: str
    way: Literal["back", "on"]


Act = AddStep | AddTask | Edit | Withdraw | Place | Shift
