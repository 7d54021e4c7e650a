"""What every kind of exercise is told and what it answers. Plain Python: kinds know no database and no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct


class Step(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A phase of an exercise. A kind may add keys of its own in a subclass.

    ``allow`` names the verbs people may use; ``hidden`` keeps what is written from everybody else until a step that is
    not hidden; with ``visitors`` people of other teams take part on this canvas, with ``home`` false only they do.
    """

    title: str
    minutes: int = 0
    say: str = ""
    allow: tuple[str, ...] = ()
    hidden: bool = False
    visitors: bool = False
    home: bool = True


class Need(Struct, frozen=True, forbid_unknown_fields=True):
    """``times`` different things of one deed; a word names a total that the kind counts, such as ``rounds``."""

    deed: str
    times: int | str = 1


class TakingPart(Struct, frozen=True, forbid_unknown_fields=True):
    """What counts as taking part, in words for people (``says``) and as needs: each of ``all``, or one of ``any``."""

    says: str
    all: tuple[Need, ...] = ()
    any: tuple[Need, ...] = ()


class Brings(Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """Objects that flow in from an earlier exercise of the same team when this one begins.

    With ``unless`` they do only where that exercise was not held, which would have passed them on.
    """

    source: str
    place: str = ""
    into: str = ""
    unless: str = ""
    most: int | None = None


class Plan(Struct, frozen=True, kw_only=True, rename={"steps": "step"}):
    """An exercise as its pack describes it, with ``settings`` and ``steps`` read by its kind."""

    key: str
    title: str
    kind: str
    minutes: int
    settings: Any
    steps: tuple[Any, ...]
    taking_part: TakingPart
    per: Literal["team", "class"] = "team"
    objectives: tuple[str, ...] = ()
    about: str = ""
    names: Literal["nobody", "everybody"] = "nobody"
    continues: str = ""
    brings: tuple[Brings, ...] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody in the room as an exercise sees them; ``name`` is for display only."""

    id: int
    name: str = ""
    team: int | None = None
    is_trainer: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An object people made: a sticky note, a persona, an item. ``fields`` are what its ``sort`` adds to the text.

    ``by`` is the participant who made it, ``origin`` the card it was made from.
    """

    id: str
    text: str
    sort: str = "card"
    fields: Mapping[str, Any] = field(default_factory=dict)
    by: int | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A card that later exercises may bring in, under the ``place`` it has here; offers come best first."""

    card: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What an act meets: the plan, the step, who acts, when, ids for new cards, and the team's cards."""

    plan: Plan
    step: int
    by: Hand
    at: datetime
    fresh: tuple[str, ...] = ()
    cards: Mapping[str, Card] = field(default_factory=dict)
    seed: int = 0

    @property
    def settings(self) -> Any:
        return self.plan.settings

    @property
    def now_step(self) -> Any:
        return self.plan.steps[self.step]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act changed. ``touched`` names the parts that look different; ``deeds`` count for taking part."""

    state: Any
    cards: tuple[Card, ...] = ()
    gone: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    deeds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What a canvas does by itself at ``at`` (seconds since 1970): an act of the kind, or None: on to the next step."""

    at: int
    act: Any = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A canvas at one moment, for drawing. ``cards`` lacks moderated ones; ``prefix`` begins all its ids."""

    prefix: str
    plan: Plan
    step: int
    state: Any
    cards: Mapping[str, Card]
    hands: Mapping[int, Hand]
    acts: str = ""
    sheets: str = ""
    at: datetime | None = None
    seed: int = 0
    team: str = ""
    others: Mapping[str, Any] = field(default_factory=dict)

    @property
    def settings(self) -> Any:
        return self.plan.settings

    @property
    def now_step(self) -> Any:
        return self.plan.steps[self.step]

    @property
    def is_hidden(self) -> bool:
        return bool(self.now_step.hidden)

    @property
    def is_closed(self) -> bool:
        """What is written or voted on now is for nobody else yet, also not as a file."""
        return self.is_hidden or (self.allows("vote") and not getattr(self.now_step, "results", True))

    def allows(self, verb: str) -> bool:
        return verb in self.now_step.allow


@dataclass(frozen=True, slots=True)
class Eyes:
    """For whom shared parts are drawn. Nobody's own view: those are ``own`` and ``sheet``."""

    is_presenter: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A template with one root element and what it draws."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the product case a team takes home: a heading, then paragraphs, lists and tables."""

    title: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    sections: tuple["Section", ...] = ()
