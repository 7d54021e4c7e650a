"""The exercises there are: those of the bodies' packs and a trainer's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import nh3
from django.db.models import Q
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from laurels.kernel.actor import Actor
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Block, Curriculum, Exercise, Objective
from laurels.programmes.rules import zipped


def exercises_of(curriculum: Curriculum) -> dict[int, list[Exercise]]:
    """Block pk → its exercises in order, each in the newest version of today: two queries."""
    blocks = {block.pk: block.exercises for block in curriculum.blocks.in_order()}
    keys = {key for names in blocks.values() for key in names}
    here = Exercise.objects.filter(body__schemes__courses__curricula=curriculum, key__in=keys)
    known = {exercise.key: exercise for exercise in here.newest()}
    return {pk: [known[key] for key in names if key in known] for pk, names in blocks.items()}


def exercise_named(body: Organisation, key: str) -> Exercise | None:
    """The newest version of a body's exercise."""
    return Exercise.objects.filter(body=body, key=key).newest().first()


def exercises_for(actor: Actor) -> list[Exercise]:
    """Everything a trainer may use, newest versions, by title: their own and what the bodies' packs bring."""
    return list(Exercise.objects.visible_to(actor).newest().by_title().select_related("body"))


def kinds_of_exercises(actor: Actor) -> dict[str, str]:
    """Key → kind of all that the actor may use; where a key stands twice, the trainer's own counts."""
    rows = Exercise.objects.visible_to(actor).newest().order_by("trainer_id").values_list("trainer_id", "key", "kind")
    ordered = sorted(rows, key=lambda row: row[0] is not None)
    return {key: kind for _trainer, key, kind in ordered}


def objective_codes() -> set[str] | None:
    """The codes that courses here use; None while there is no course."""
    return set(Objective.objects.order_by().values_list("code", flat=True).distinct()) or None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The trainer's own exercises and the bodies', narrowed by words and kind."""

    own: list[Exercise]
    bodies: list[Exercise]
    kinds: list[str]
    words: str
    kind: str

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.kind)


def shelf(actor: Actor, words: str = "", kind: str = "") -> Shelf:
    rows = list(Exercise.objects.visible_to(actor).newest().by_title().select_related("body").defer("text"))
    found = [row for row in rows if kind in {"", row.kind} and _is_about(row, words.casefold().split())]
    return Shelf(
        own=[row for row in found if row.is_own],
        bodies=[row for row in found if not row.is_own],
        kinds=sorted({row.kind for row in rows}),
        words=words,
        kind=kind,
    )


def _is_about(exercise: Exercise, words: list[str]) -> bool:
    text = " ".join([exercise.key, exercise.title, exercise.kind, exercise.plan["about"], *exercise.objectives])
    return all(word in text.casefold() for word in words)


@dataclass(frozen=True, slots=True)
class ExercisePage:
    exercise: Exercise
    newer: Exercise | None
    objectives: list[tuple[str, str]]
    counts: list[str]
    blocks: list[Block]

    @property
    def about(self) -> SafeString:
        """The Markdown for the trainer as HTML."""
        drawn: str = MarkdownIt("commonmark", {"html": False}).render(self.exercise.plan["about"])
        return mark_safe(nh3.clean(drawn))

    @property
    def is_every_line_needed(self) -> bool:
        return "all" in self.exercise.plan["taking_part"]


def exercise_page(exercise: Exercise) -> ExercisePage:
    """One exercise, readable: four queries at most, however long it is."""
    rule = exercise.plan["taking_part"]
    return ExercisePage(
        exercise=exercise,
        newer=newer_exercise(exercise),
        objectives=_objectives(exercise.objectives),
        counts=[_in_words(line) for line in rule.get("all", rule.get("any", []))],
        blocks=_blocks(exercise),
    )


def newer_exercise(exercise: Exercise) -> Exercise | None:
    """The newest version, where this is an older one."""
    owner = Q(body=exercise.body_id) if exercise.body_id else Q(trainer=exercise.trainer_id)
    newest = Exercise.objects.filter(owner, key=exercise.key).newest().first()
    return newest if newest and newest.pk != exercise.pk else None


def free_key(exercise: Exercise, actor: Actor) -> str:
    """A key for a copy that the trainer does not use yet: the same, else with a number."""
    taken = set(Exercise.objects.own_of(actor.person_id).newest().order_by().values_list("key", flat=True))
    numbered = (f"{exercise.key[:56]}-{number}" for number in range(2, len(taken) + 3))
    return next(key for key in (exercise.key, *numbered) if key not in taken)


def _objectives(codes: list[str]) -> list[tuple[str, str]]:
    texts = dict(Objective.objects.filter(code__in=codes).in_order().values_list("code", "text"))
    return [(code, texts.get(code, "")) for code in codes]


def _in_words(line: Mapping[str, Any]) -> str:
    values = {"deed": line["deed"], "times": line["times"]}
    if isinstance(line["times"], str):
        return str(_("“%(deed)s”: as many as “%(times)s” says") % values)
    return str(_("“%(deed)s”: %(times)s different") % values)


def _blocks(exercise: Exercise) -> list[Block]:
    """Where it stands in the newest agendas of its body."""
    if exercise.body_id is None:
        return []
    newest = Curriculum.objects.filter(course__scheme__body=exercise.body_id).newest()
    blocks = Block.objects.filter(curriculum__in=newest, is_break=False).select_related("curriculum__course")
    return [block for block in blocks.in_order() if exercise.key in block.exercises]


def exercise_file(exercise: Exercise) -> bytes:
    """The exercise's TOML, as it was typed."""
    return exercise.text.encode()


def own_pack(person: Person) -> tuple[str, bytes]:
    """(file name, zip file) of the trainer's own exercises, itself a pack that can be loaded elsewhere."""
    texts = {each.key: each.text for each in Exercise.objects.own_of(person.pk).newest().by_title()}
    slug = slugify(person.name)[:60].strip("-") or "exercises"
    name = str(_("Exercises of %(person)s") % {"person": person})[:120]
    return f"{slug}.zip", zipped(slug, name, person.email, texts)
