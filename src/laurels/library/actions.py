"""The verbs of learning."""

from datetime import datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.library import facts, rules
from laurels.library.models import LessonDone
from laurels.people.models import Person
from laurels.programmes.models import Lesson


@transaction.atomic
def finish_lesson(lesson: Lesson, person: Person, *, by: Actor, now: datetime) -> LessonDone:
    """``person`` has read it; saying so twice changes nothing. Raises Refused."""
    person = Person.objects.lock(person.pk)
    require(rules.why_not_finish(person, by=by))
    done, is_new = LessonDone.objects.get_or_create(
        person=person, body_id=lesson.body_id, key=lesson.key, defaults={"at": now}
    )
    if is_new:
        record(f"learner:{person.pk}", facts.LessonFinished(person.pk, lesson.pk), by=by, at=now)
    return done
