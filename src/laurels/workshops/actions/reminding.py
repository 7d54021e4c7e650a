"""Reminders before class: one for each reason, to everybody who had a seat when it was due."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused, require
from laurels.mail.models import Letter
from laurels.people.models import Organisation
from laurels.workshops import facts, rules
from laurels.workshops.actions.telling import write_to_seat
from laurels.workshops.models import Reminder, ReminderPlan, Seat, SeatQuerySet, Workshop
from laurels.workshops.queries.telling import reminder_plan

LETTERS = {
    Reminder.Kind.PREPARE: "workshop-prepare",
    Reminder.Kind.JOINING: "workshop-joining",
    Reminder.Kind.EVE: "workshop-reminder",
}
LONGEST = timedelta(days=62)


@transaction.atomic
def plan_reminders(
    provider: Organisation,
    *,
    prepare_days: int | None,
    joining_days: int | None,
    eve_days: int | None,
    by: Actor,
    now: datetime,
) -> ReminderPlan:
    """How many days ahead the provider's people are reminded; None: not at all. Raises Refused."""
    Organisation.objects.lock(provider.pk)
    days = {"prepare_days": prepare_days, "joining_days": joining_days, "eve_days": eve_days}
    require(rules.why_not_plan_reminders(provider, days, by=by))
    plan, _is_new = ReminderPlan.objects.update_or_create(provider=provider, defaults=days)
    record(provider.topic, facts.RemindersPlanned(provider.pk), by=by, at=now)
    return plan


def remind(*, by: Actor, now: datetime) -> int:
    """Every reminder that is due, and how many they were. Each by itself: broken off, the next run goes on."""
    coming = Workshop.objects.upcoming(now).filter(starts_on__lte=(now + LONGEST).date()).soonest_first()
    found = list(coming.select_related("provider__reminder_plan"))
    return sum(_remind_class(workshop, by=by, now=now) for workshop in found)


def _remind_class(workshop: Workshop, *, by: Actor, now: datetime) -> int:
    point = rules.due_point(workshop, reminder_plan(workshop), now)
    if point is None:
        return 0
    kind, due_at = point
    seats = _to_remind(workshop, kind).filter(taken_at__lt=due_at).order_by("pk")
    return sum(_remind(pk, kind, by=by, now=now) for pk in seats.values_list("pk", flat=True))


def _to_remind(workshop: Workshop, kind: Reminder.Kind) -> SeatQuerySet:
    told = Reminder.objects.filter(seat=OuterRef("pk"), kind=kind, for_day=workshop.starts_on)
    return workshop.seats.filter(~Exists(told), state=Seat.State.TAKEN)


@transaction.atomic
def _remind(seat_id: int, kind: Reminder.Kind, *, by: Actor, now: datetime) -> bool:
    """False where somebody else was quicker, or the seat was given back meanwhile."""
    seat = Seat.objects.lock(seat_id)
    workshop = Workshop.objects.select_related("course__scheme__body", "provider", "joining").get(pk=seat.workshop_id)
    if not _to_remind(workshop, kind).filter(pk=seat.pk).exists():
        return False
    seat.workshop = workshop
    letter = _letter(seat, kind, by=by, now=now)
    reminder = Reminder.objects.create(seat=seat, kind=kind, for_day=workshop.starts_on, letter=letter, at=now)
    record(workshop.topic, facts.SeatReminded(workshop.pk, seat.pk, reminder.pk), by=by, at=now)
    return True


def _letter(seat: Seat, kind: Reminder.Kind, *, by: Actor, now: datetime) -> Letter | None:
    """None for whoever cannot be reached; that must not keep the others from theirs."""
    more = {}
    if kind is Reminder.Kind.PREPARE:
        more["link"] = f"{settings.PUBLIC_URL}/journey/{seat.public_id}/ready"
    try:
        return write_to_seat(LETTERS[kind], seat, more, has_dates=kind is Reminder.Kind.JOINING, by=by, now=now)
    except Refused:
        return None
