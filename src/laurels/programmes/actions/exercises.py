"""A trainer's own exercises: copied, changed, withdrawn, and brought from elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.models import Person
from laurels.programmes import facts, queries, rules
from laurels.programmes.models import Exercise
from laurels.programmes.rules import PackExercise, TrainerPack, columns_of_exercise


@dataclass(frozen=True, slots=True)
class LoadedExercises:
    """``changes`` names the exercises that are new or changed, for people."""

    pack: TrainerPack
    trainer: Person
    changes: tuple[str, ...]

    @property
    def is_changed(self) -> bool:
        return bool(self.changes)


@transaction.atomic
def copy_exercise(exercise: Exercise, *, key: str, by: Actor, now: datetime) -> Exercise:
    """An exercise of the actor's own that begins as ``exercise`` is. Raises Refused."""
    own = Exercise.objects.own_of(_take_turns(by.person_id))
    text = rules.renamed(exercise.text, key)
    copied = own.newest().filter(key=key).first()
    if copied and copied.text == text:
        return copied
    require(rules.why_not_copy(exercise, key, [key] if copied else [], by=by))
    draft = rules.read_draft(key, text, codes=None, others=None)
    copy = _write(draft, by.person_id, now=now)
    record(_topic(copy), facts.ExerciseCopied(copy.pk, exercise.pk), by=by, at=now)
    return copy


@transaction.atomic
def change_exercise(own: Exercise, text: str, *, by: Actor, now: datetime) -> Exercise:
    """A new version with the whole exercise as TOML. Raises ``PackProblems`` with the lines, or Refused."""
    trainer = _take_turns(own.trainer_id)
    newest = Exercise.objects.own_of(trainer).newest().filter(key=own.key).first()
    if newest and newest.text == text.replace("\r\n", "\n"):
        return newest
    require(rules.why_not_change(own, newest, by=by))
    codes, others = queries.objective_codes(), queries.kinds_of_exercises(by)
    draft = rules.read_draft(own.key, text, codes=codes, others=others)
    changed = _write(draft, trainer, now=now)
    record(_topic(changed), facts.ExerciseChanged(changed.pk), by=by, at=now)
    return changed


@transaction.atomic
def withdraw_exercise(own: Exercise, *, by: Actor, now: datetime) -> Exercise:
    """Nobody finds it any more; rooms that use it keep what they have. Raises Refused."""
    newest = Exercise.objects.own_of(_take_turns(own.trainer_id)).versions(own.key).first()
    if newest and newest.withdrawn_at:
        return newest
    require(rules.why_not_withdraw(own, by=by))
    newest = newest or own
    newest.withdrawn_at = now
    newest.save(update_fields=["withdrawn_at"])
    record(_topic(newest), facts.ExerciseWithdrawn(newest.pk), by=by, at=now)
    return newest


@transaction.atomic
def load_exercises(pack: TrainerPack, *, by: Actor, now: datetime) -> LoadedExercises:
    """Make the trainer's own exercises what their pack says; what is not in it stays. Raises Refused."""
    person = Person.objects.with_email(pack.email).first()
    if person:
        _take_turns(person.pk)
    require(rules.why_not_bring(pack, person, by=by))
    assert person is not None
    present = {each.key: each.digest for each in Exercise.objects.own_of(person.pk).newest()}
    brought = [
        _write(exercise, person.pk, now=now)
        for exercise in pack.exercises
        if present.get(exercise.key) != exercise.digest
    ]
    for exercise in brought:
        record(_topic(exercise), facts.ExerciseBrought(exercise.pk), by=by, at=now)
    return LoadedExercises(pack, person, tuple(f"exercise {exercise}" for exercise in brought))


def _take_turns(person_id: int | None) -> int | None:
    """The trainer, whose other changes wait until this one is done."""
    return Person.objects.lock(person_id).pk if person_id else None


def _write(exercise: PackExercise, trainer_id: int | None, *, now: datetime) -> Exercise:
    latest = Exercise.objects.own_of(trainer_id).versions(exercise.key).first()
    version = latest.version + 1 if latest else 1
    return Exercise.objects.create(
        trainer_id=trainer_id, version=version, loaded_at=now, **columns_of_exercise(exercise)
    )


def _topic(exercise: Exercise) -> str:
    return f"person:{exercise.trainer_id}"
