"""A pack as it was read: everything typed, everything checked, nothing of a database."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any


@dataclass(frozen=True, slots=True)
class PackBody:
    slug: str
    name: str
    zone: str
    email: str
    about: str


@dataclass(frozen=True, slots=True)
class PackScheme:
    code: str
    name: str
    track: str
    level: str
    description: str
    criteria: str
    never_expires: bool
    prerequisites: dict[str, Any] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.code.lower().replace(" ", "-")


@dataclass(frozen=True, slots=True)
class PackPolicy:
    """``parameters`` holds plain values by name, ``sources`` where each was read and how sure it is."""

    key: str
    title: str
    about: str
    is_reference: bool
    in_force_from: date
    in_force_until: date | None
    parameters: dict[str, Any]
    sources: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class PackObjective:
    code: str
    category: str
    text: str
    bloom: str


@dataclass(frozen=True, slots=True)
class PackBlock:
    key: str
    day: int
    position: int
    starts: time
    minutes: int
    title: str
    product: str
    objectives: tuple[str, ...]
    is_break: bool
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackCourse:
    """``digest`` covers what is taught (minutes, objectives, blocks), not the title or summary."""

    slug: str
    title: str
    summary: str
    scheme: str
    minimum_minutes: int
    objectives: tuple[PackObjective, ...]
    blocks: tuple[PackBlock, ...]
    digest: str

    @property
    def net_minutes(self) -> int:
        """The minutes that count: all blocks without the breaks."""
        return sum(block.minutes for block in self.blocks if not block.is_break)


@dataclass(frozen=True, slots=True)
class PackLetter:
    key: str
    language: str
    subject: str
    text: str
    placeholders: frozenset[str]
    digest: str


@dataclass(frozen=True, slots=True)
class PackLicence:
    dated: date
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class PackConduct:
    """How people treat one another: the code of conduct in one dated version."""

    dated: date
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class PackLayout:
    """One sheet of words and colours, used for the certificates of ``schemes``."""

    schemes: tuple[str, ...]
    parameters: dict[str, Any]
    digest: str


@dataclass(frozen=True, slots=True)
class PackExercise:
    """``plan`` is the whole exercise in a settled form and ``digest`` of it; ``text`` is its TOML, comments and all."""

    key: str
    title: str
    kind: str
    minutes: int
    objectives: tuple[str, ...]
    plan: dict[str, Any]
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class PackLesson:
    """``practice`` is ``{ask, kind, answers, cards: [{words, answer, why}]}``; ``minutes`` is its reading time."""

    key: str
    position: int
    title: str
    summary: str
    text: str
    practice: dict[str, Any]
    minutes: int
    digest: str


def columns_of_exercise(exercise: PackExercise) -> dict[str, Any]:
    """What a row of the exercise holds, whoever owns it."""
    return {
        "key": exercise.key,
        "title": exercise.title,
        "kind": exercise.kind,
        "minutes": exercise.minutes,
        "objectives": list(exercise.objectives),
        "plan": exercise.plan,
        "text": exercise.text,
        "digest": exercise.digest,
    }


@dataclass(frozen=True, slots=True)
class TrainerPack:
    """A trainer's own exercises, on their way from one installation to another."""

    key: str
    name: str
    email: str
    exercises: tuple[PackExercise, ...]

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Pack:
    """``contents`` names every part with the digest of its words; ``digest`` changes when any part does."""

    key: str
    name: str
    body: PackBody
    schemes: tuple[PackScheme, ...]
    policies: tuple[PackPolicy, ...]
    courses: tuple[PackCourse, ...]
    exercises: tuple[PackExercise, ...]
    letters: tuple[PackLetter, ...]
    licences: tuple[PackLicence, ...]
    conduct: tuple[PackConduct, ...]
    layouts: tuple[PackLayout, ...]
    lessons: tuple[PackLesson, ...]
    contents: dict[str, str]
    digest: str

    def __str__(self) -> str:
        return self.key
