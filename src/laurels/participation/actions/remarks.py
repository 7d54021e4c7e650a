from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record, record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.participation import facts, rules
from laurels.participation.models import HeldExercise, Remark, RemarkAnswer
from laurels.participation.queries import trainers_of
from laurels.workshops.models import Seat, Workshop


@transaction.atomic
def remark(seat: Seat, exercise: HeldExercise | None, text: str, *, by: Actor, now: datetime) -> Remark:
    """The learner's "that is not right" on an exercise, or on their minutes.

    One is open at a time: while nobody has answered, newer words replace the older, and the same words change nothing.
    """
    workshop = Workshop.objects.lock(seat.workshop_id)
    seat = Seat.objects.select_related("workshop").get(pk=seat.pk)
    text = " ".join(text.split())
    found = seat.remarks.open().filter(exercise=exercise).first()
    if found is not None and found.text == text and by.person_id == seat.person_id:
        return found
    require(rules.why_not_remark(seat, exercise, text, by=by))
    found = found or Remark(seat=seat, exercise=exercise)
    found.text, found.made_at = text, now
    found.save()
    record(workshop.topic, facts.RemarkMade(workshop.pk, seat.pk, found.pk), by=by, at=now)
    return found


@transaction.atomic
def answer_remark(remark: Remark, text: str, *, by: Actor, now: datetime) -> RemarkAnswer:
    """Say what was done about it, or why it stands; a remark is answered once, and the first answer stays."""
    workshop = Workshop.objects.lock(remark.seat.workshop_id)
    text = text.strip()
    require(rules.why_not_answer(workshop, text, trainers=trainers_of(workshop), by=by))
    if (answer := RemarkAnswer.objects.filter(remark=remark).first()) is not None:
        return answer
    return answer_open(workshop, [remark], text, by=by, now=now)[0]


def answer_open(
    workshop: Workshop, remarks: Sequence[Remark], text: str, *, by: Actor, now: datetime
) -> list[RemarkAnswer]:
    """Close open remarks within the open transaction, under the workshop's lock."""
    answers = [RemarkAnswer(remark=remark, text=text, by_id=by.person_id, at=now) for remark in remarks]
    stored = RemarkAnswer.objects.bulk_create(answers)
    if stored:
        told = [facts.RemarkAnswered(workshop.pk, remark.pk) for remark in remarks]
        record_all(workshop.topic, told, by=by, at=now)
    return stored
