from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.journal.actions import record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.participation import facts, rules
from laurels.participation.actions.attendance import Place
from laurels.participation.actions.remarks import answer_open
from laurels.participation.actions.room import in_entries, write_levels
from laurels.participation.models import Coverage, HeldExercise, Remark
from laurels.participation.queries import signed_versions, trainers_of
from laurels.participation.queries.participants import on_seats
from laurels.workshops.models import Seat, Workshop


@dataclass(frozen=True, slots=True)
class KeptLevel:
    """A cell left as it is because somebody else, or the room, said ``level`` after the page was shown."""

    seat: Seat
    exercise: HeldExercise
    level: str


@dataclass(frozen=True, slots=True)
class Correcting:
    changed: dict[Place, str]
    kept: list[KeptLevel]


def correct_coverage(
    seat: Seat, exercise: HeldExercise, level: str, *, reason: str, by: Actor, now: datetime
) -> Coverage:
    """The trainer's word on how somebody took part, with a sentence; the same again returns what stands."""
    correct_coverages(seat.workshop, {(seat.pk, exercise.pk): level}, reason=reason, by=by, now=now)
    return Coverage.objects.get(seat=seat, exercise=exercise)


@transaction.atomic
def correct_coverages(
    workshop: Workshop,
    levels: Mapping[Place, str],
    *,
    reason: str,
    seen: Mapping[Place, str] | None = None,
    by: Actor,
    now: datetime,
) -> Correcting:
    """``correct_coverage`` for many (seat, exercise) with one sentence, all or nothing.

    With ``seen`` (the levels the writer was shown), a cell that changed meanwhile keeps the newer level and is
    reported. A correction answers what the learner has remarked on it.
    """
    workshop = Workshop.objects.lock(workshop.pk)
    require(rules.why_not_correct(workshop, trainers=trainers_of(workshop), by=by))
    reason = reason.strip()
    seats, exercises = _places(workshop, levels)
    current = _current(workshop, seats)
    new = {place: level for place, level in levels.items() if current.get(place) != _word(level, reason)}
    stale = {place for place in new if seen is not None and _level(current, place) != seen.get(place)}
    changed = {place: level for place, level in new.items() if place not in stale}
    _require_writable(workshop, changed, seats, reason)
    write_levels(changed, Coverage.Source.TRAINER, reason, by, now)
    if changed:
        told = [facts.CoverageCorrected(workshop.pk, cells) for cells in in_entries(changed)]
        record_all(workshop.topic, told, by=by, at=now)
        answer_open(workshop, _remarks_on(changed), reason, by=by, now=now)
    kept = [
        KeptLevel(seats[seat], exercises[exercise], _level(current, (seat, exercise)))
        for seat, exercise in sorted(stale)
    ]
    return Correcting(changed, kept)


def _word(level: str, reason: str) -> tuple[str, str, str]:
    return (level, Coverage.Source.TRAINER, reason)


def _level(current: Mapping[Place, tuple[str, str, str]], place: Place) -> str:
    """Whom nothing names had no part in it."""
    return current[place][0] if place in current else Coverage.Level.NONE


def _places(workshop: Workshop, levels: Mapping[Place, str]) -> tuple[dict[int, Seat], dict[int, HeldExercise]]:
    wanted = {seat for seat, _exercise in levels}
    seats = {seat.pk: seat for seat in workshop.seats.filled() if seat.pk in wanted}
    exercises = {exercise.pk: exercise for exercise in workshop.held_exercises.in_order()}
    if wanted - seats.keys() or {exercise for _seat, exercise in levels} - exercises.keys():
        raise Refused(Refusal("no-such-place", _("That person or exercise does not belong to this workshop.")))
    return seats, exercises


def _current(workshop: Workshop, seats: Collection[int]) -> dict[Place, tuple[str, str, str]]:
    rows = Coverage.objects.filter(**on_seats(workshop, seats))
    rows_of = rows.values_list("seat_id", "exercise_id", "level", "source", "reason")
    return {(seat, exercise): (level, source, reason) for seat, exercise, level, source, reason in rows_of}


def _require_writable(workshop: Workshop, changed: Mapping[Place, str], seats: Mapping[int, Seat], reason: str) -> None:
    signed = signed_versions(workshop, {seat for seat, _exercise in changed})
    for (seat, _exercise), level in changed.items():
        require(rules.why_not_note_for(seats[seat].name, signed.get(seat)))
        require(rules.why_not_this_correction(level, reason))


def _remarks_on(changed: Mapping[Place, str]) -> list[Remark]:
    open_ones = Remark.objects.open().filter(exercise__in={exercise for _seat, exercise in changed})
    return [remark for remark in open_ones.oldest_first() if (remark.seat_id, remark.exercise_id) in changed]
