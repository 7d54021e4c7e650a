"""The desk's page about the way in and the reminders of one class: what is told when, and who got what."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.safestring import SafeString

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.mail.models import Letter
from laurels.mail.queries import LetterLine, delivery_log
from laurels.workshops import rules
from laurels.workshops.models import Reminder, ReminderPlan, Seat, Workshop
from laurels.workshops.queries.telling import joining_drawn, joining_of, reminder_plan
from laurels.workshops.queries.words import dates_in_words

MOST_SEATS = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """``when`` is by the clock of the workshop; ``has_passed`` says that nobody hears it any more or all have."""

    label: str
    when: str
    has_passed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder of one seat. No letter: they could not be reached, or it is not kept any more."""

    kind: str
    letter: LetterLine | None


@dataclass(frozen=True, slots=True)
class Reminded:
    seat: Seat
    told: list[Told]


@dataclass(frozen=True, slots=True)
class JoiningPage:
    workshop: Workshop
    dates: str
    text: str
    drawn: SafeString
    plan: ReminderPlan
    planned: list[Planned]
    seats: list[Reminded]
    is_staff: bool
    why_not: Refusal | None


def joining_page(workshop: Workshop, *, by: Actor, now: datetime) -> JoiningPage:
    """``workshop`` comes with its provider's plan and its instructions. Four queries however many seats."""
    plan = reminder_plan(workshop)
    return JoiningPage(
        workshop=workshop,
        dates=dates_in_words(workshop),
        text=joining_of(workshop),
        drawn=joining_drawn(workshop),
        plan=plan,
        planned=[_planned(workshop, point, now) for point in rules.points(workshop, plan)],
        seats=_reminded(workshop),
        is_staff=by.has("staff", at=workshop.provider_id),
        why_not=rules.why_not_tell_joining(workshop, by=by),
    )


def _planned(workshop: Workshop, point: tuple[Reminder.Kind, datetime], now: datetime) -> Planned:
    kind, at = point
    there = at.astimezone(ZoneInfo(workshop.zone))
    return Planned(str(kind.label), f"{date_format(there, 'l j F Y, H:i')} ({workshop.zone})", at <= now)


def _reminded(workshop: Workshop) -> list[Reminded]:
    seats = list(workshop.seats.filled().by_name()[:MOST_SEATS])
    reminders = list(Reminder.objects.filter(seat__in=seats).order_by("at", "pk"))
    letters = dict.fromkeys(one.letter_id for one in reminders if one.letter_id)
    rows = Letter.objects.filter(pk__in=letters).order_by("pk")
    lines = dict(zip(sorted(letters), delivery_log(rows), strict=True))
    told: dict[int, list[Told]] = {seat.pk: [] for seat in seats}
    for one in reminders:
        told[one.seat_id].append(Told(str(Reminder.Kind(one.kind).label), lines.get(one.letter_id or 0)))
    return [Reminded(seat, told[seat.pk]) for seat in seats]
