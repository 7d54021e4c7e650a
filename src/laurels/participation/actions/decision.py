from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.journal.actions import record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal, Refused, require
from laurels.participation import facts, rules
from laurels.participation.models import Attestation
from laurels.participation.queries import participants, trainers_of
from laurels.participation.queries.decisions import counted_blocks, was_there_throughout
from laurels.participation.rules import Participant
from laurels.workshops.models import Seat, Workshop


@dataclass(frozen=True, slots=True)
class Choice:
    decision: str
    reason: str = ""


def attest(seat: Seat, decision: str, *, reason: str = "", by: Actor, now: datetime) -> Attestation:
    """The trainer's decision on one person. A new decision is a new row; the same again returns the standing one."""
    attest_all(seat.workshop, {seat.pk: Choice(decision, reason)}, by=by, now=now)
    return Attestation.objects.filter(seat=seat).latest("pk")


@transaction.atomic
def attest_all(workshop: Workshop, choices: Mapping[int, Choice], *, by: Actor, now: datetime) -> list[Attestation]:
    """``attest`` for many seats, all or nothing; returns the new decisions (what stands already so makes none)."""
    workshop = Workshop.objects.lock(workshop.pk)
    require(rules.why_not_decide(workshop, trainers=trainers_of(workshop), by=by))
    people = participants(workshop, seats=choices.keys())
    if len(people) != len(choices):
        raise Refused(Refusal("no-such-seat", _("That person has no seat in this workshop.")))
    return _attest(workshop, [(someone, _clean(choices[someone.seat_id])) for someone in people], by, now)


@transaction.atomic
def attest_throughout(workshop: Workshop, *, by: Actor, now: datetime) -> list[Attestation]:
    """Decide eligible for everybody undecided who was in every block from start to end and missed no exercise."""
    workshop = Workshop.objects.lock(workshop.pk)
    require(rules.why_not_decide(workshop, trainers=trainers_of(workshop), by=by))
    blocks = counted_blocks(workshop)
    people = [one for one in participants(workshop) if not one.decision and was_there_throughout(one, blocks)]
    return _attest(workshop, [(someone, Choice(Attestation.Decision.ELIGIBLE)) for someone in people], by, now)


def _attest(
    workshop: Workshop, choices: Sequence[tuple[Participant, Choice]], by: Actor, now: datetime
) -> list[Attestation]:
    minimum = workshop.curriculum.minimum_minutes
    new = [(someone, choice) for someone, choice in choices if not _stands(someone, choice)]
    for someone, choice in new:
        require(rules.why_not_attest(someone, choice.decision, choice.reason, minimum=minimum))
    rows = [_row(someone, choice, by, now) for someone, choice in new]
    attestations = Attestation.objects.bulk_create(rows, batch_size=2000)
    if attestations:
        told = [facts.SeatAttested(workshop.pk, row.seat_id, row.pk) for row in attestations]
        record_all(workshop.topic, told, by=by, at=now)
    return attestations


def _clean(choice: Choice) -> Choice:
    return Choice(choice.decision, choice.reason.strip())


def _stands(someone: Participant, choice: Choice) -> bool:
    """Whether the newest decision says just this, and was taken on today's minutes after any return."""
    is_same = (someone.decision, someone.reason) == (choice.decision, choice.reason)
    is_returned = someone.returned_line_id is not None and someone.returned_attestation_id == someone.attestation_id
    return is_same and not someone.is_decision_outdated and not is_returned


def _row(someone: Participant, choice: Choice, by: Actor, now: datetime) -> Attestation:
    return Attestation(
        seat_id=someone.seat_id,
        decision=choice.decision,
        reason=choice.reason,
        minutes_present=someone.minutes_present,
        exercises_missed=[covered.key for covered in someone.missed],
        decided_by_id=by.person_id,
        decided_at=now,
    )
