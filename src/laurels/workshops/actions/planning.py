"""A workshop on paper: drafted, and changed until it begins."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import require
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Course
from laurels.programmes.queries import latest_curriculum
from laurels.workshops import facts, rules
from laurels.workshops.actions.offers import feed_queue
from laurels.workshops.models import Workshop


@transaction.atomic
def draft(
    provider: Organisation,
    course: Course,
    *,
    mode: str,
    place: str,
    zone: str,
    language: str,
    starts_on: date,
    ends_on: date,
    capacity: int,
    price: Money,
    trainers: Sequence[Person],
    other_remarks: str = "",
    by: Actor,
    now: datetime,
) -> Workshop:
    """A new workshop with today's curriculum, seen by its provider alone until it is announced. Raises Refused."""
    workshop = Workshop(
        provider=provider,
        course=course,
        curriculum=latest_curriculum(course),
        mode=mode,
        place=place,
        zone=zone,
        language=language,
        starts_on=starts_on,
        ends_on=ends_on,
        capacity=capacity,
        price_minor=price.minor,
        currency=price.currency,
        other_remarks=other_remarks,
        created_at=now,
    )
    require(rules.why_not_draft(workshop, by=by))
    workshop.save()
    workshop.trainers.set(trainers)
    record(workshop.topic, facts.WorkshopDrafted(workshop.pk), by=by, at=now)
    return workshop


@transaction.atomic
def change(
    workshop: Workshop,
    *,
    mode: str,
    place: str,
    zone: str,
    language: str,
    starts_on: date,
    ends_on: date,
    capacity: int,
    price: Money,
    trainers: Sequence[Person],
    other_remarks: str = "",
    by: Actor,
    now: datetime,
) -> Workshop:
    """Other dates, place, seats, price or trainers; whoever has booked keeps their price. Raises Refused."""
    workshop = Workshop.objects.lock(workshop.pk)
    before = _values(workshop)
    workshop.mode, workshop.place, workshop.zone, workshop.language = mode, place, zone, language
    workshop.starts_on, workshop.ends_on, workshop.capacity = starts_on, ends_on, capacity
    workshop.price_minor, workshop.currency, workshop.other_remarks = price.minor, price.currency, other_remarks
    require(rules.why_not_change(workshop, trainers, by=by, now=now))
    is_same_team = {trainer.pk for trainer in trainers} == set(workshop.trainers.values_list("pk", flat=True))
    if is_same_team and _values(workshop) == before:
        return workshop
    workshop.save()
    workshop.trainers.set(trainers)
    record(workshop.topic, facts.WorkshopChanged(workshop.pk), by=by, at=now)
    feed_queue(workshop, by=by, now=now)
    return workshop


def _values(workshop: Workshop) -> list[object]:
    return [getattr(workshop, field.attname) for field in workshop._meta.concrete_fields]
