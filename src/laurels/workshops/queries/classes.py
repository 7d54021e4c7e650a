"""The desk: the workshops one runs, a class with its people, and lists on their way in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db.models import Q

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.payments.models import Order
from laurels.people.models import Address, Organisation, Person, Role
from laurels.workshops import rules
from laurels.workshops.models import AttendeeImport, Queue, Seat, SeatQuerySet, Workshop, WorkshopQuerySet
from laurels.workshops.queries.choices import Choices, choices_of
from laurels.workshops.queries.queue import waiting_at
from laurels.workshops.queries.words import dates_in_words, place_in_words
from laurels.workshops.rules import Running

PAGE = 50
ROSTER_PAGE = 200
LINES_SHOWN = 200


@dataclass(frozen=True, slots=True)
class DeskRow:
    workshop: Workshop
    dates: str
    seats_filled: int
    orders_due: int
    running: Running
    is_staff: bool


@dataclass(frozen=True, slots=True)
class Desk:
    rows: list[DeskRow]
    providers: list[Organisation]
    queues: list[Queue]
    next_after: str


@dataclass(frozen=True, slots=True)
class RosterRow:
    """``payment`` is ``paid``, ``due``, ``cancelled`` or empty where nothing is owed."""

    seat: Seat
    email: str
    payment: str


@dataclass(frozen=True, slots=True)
class DeskWorkshop:
    workshop: Workshop
    dates: str
    place: str
    trainers: list[Person]
    seats_filled: int
    rows: list[RosterRow]
    next_after: str
    is_staff: bool
    why_not_announce: Refusal | None
    why_not_confirm: Refusal | None
    why_not_start: Refusal | None
    why_not_hold: Refusal | None
    why_not_close: Refusal | None
    why_not_cancel: Refusal | None
    why_not_book: Refusal | None
    why_not_import: Refusal | None
    running: Running
    choices: Choices | None

    @property
    def is_class(self) -> bool:
        """Whether it has begun, so that there is attendance to note and something to decide."""
        return self.workshop.state in {Workshop.State.RUNNING, Workshop.State.HELD, Workshop.State.CLOSED}

    @property
    def can_change(self) -> bool:
        return self.workshop.state in rules.CHANGEABLE


@dataclass(frozen=True, slots=True)
class ImportPage:
    attendee_import: AttendeeImport
    good: int
    bad: list[dict[str, Any]]
    shown: list[dict[str, Any]]
    why_not_confirm: Refusal | None


def desk(*, after: str, by: Actor, now: datetime) -> Desk:
    """The workshops the actor runs, the latest first; ``after`` is the public id of the final one seen."""
    runs = _before(Workshop.objects.run_by(by), after).latest_first().with_seats_filled().with_orders_due()
    found = list(runs.select_related("course", "provider", "sale")[: PAGE + 1])
    rows = [_desk_row(workshop, by=by, now=now) for workshop in found[:PAGE]]
    providers = list(Organisation.objects.where(by, "staff").filter(is_provider=True))
    next_after = rows[-1].workshop.public_id if len(found) > PAGE else ""
    return Desk(rows, providers, waiting_at(providers) if providers else [], next_after)


def desk_workshop(workshop: Workshop, *, after: str, by: Actor, now: datetime) -> DeskWorkshop:
    """A class: its state with every verb's refusal, and its people by name."""
    seats = _by_name_after(workshop.seats, after).select_related("order__payment").prefetch_related("person__addresses")
    found = list(seats[: ROSTER_PAGE + 1])
    return DeskWorkshop(
        workshop=workshop,
        dates=dates_in_words(workshop),
        place=place_in_words(workshop),
        trainers=sorted(workshop.trainers.all(), key=lambda trainer: (trainer.name, trainer.pk)),
        seats_filled=workshop.count_filled(),
        rows=[_roster_row(seat) for seat in found[:ROSTER_PAGE]],
        next_after=found[ROSTER_PAGE - 1].public_id if len(found) > ROSTER_PAGE else "",
        is_staff=by.has("staff", at=workshop.provider_id),
        why_not_announce=rules.why_not_announce(workshop, by=by, now=now),
        why_not_confirm=rules.why_not_confirm(workshop, by=by),
        why_not_start=rules.why_not_start(workshop, by=by, now=now),
        why_not_hold=rules.why_not_hold(workshop, by=by, now=now),
        why_not_close=rules.why_not_close(workshop, by=by),
        why_not_cancel=rules.why_not_cancel(workshop, by=by),
        why_not_book=rules.why_not_book_somebody(workshop, by=by, now=now),
        why_not_import=rules.why_not_import(workshop, by=by),
        running=rules.running(workshop, workshop.count_filled(), today=workshop.day_of(now)),
        choices=choices_of(workshop) if workshop.state == Workshop.State.CANCELLED else None,
    )


def import_page(attendee_import: AttendeeImport, *, by: Actor) -> ImportPage:
    """What was understood of a list. Every bad line is here; of the good ones only the first are shown."""
    lines: Sequence[dict[str, Any]] = attendee_import.lines
    good = [line for line in lines if not line["refusal"]]
    workshop = attendee_import.workshop
    refusal = rules.why_not_import(workshop, by=by) or rules.why_not_seat_so_many(workshop, len(good))
    bad = [line for line in lines if line["refusal"]]
    return ImportPage(attendee_import, len(good), bad, good[:LINES_SHOWN], refusal)


def possible_trainers(providers: Iterable[Organisation]) -> list[Person]:
    """Everybody who holds the trainer role at one of the providers, by name."""
    roles = Role.objects.filter(organisation__in=providers, kind=Role.Kind.TRAINER)
    return list(Person.objects.filter(pk__in=roles.values("person")).order_by("name", "pk"))


def seated_emails(workshop: Workshop) -> set[str]:
    """Every address of everybody who has a seat."""
    people = workshop.seats.filled().values("person")
    return set(Address.objects.filter(person__in=people).values_list("email", flat=True))


def seats_of_import(attendee_import: AttendeeImport) -> list[Seat]:
    """The seats, as they are today, of the people on the good lines, in the order of the lines."""
    workshop = attendee_import.workshop
    people = dict(Address.objects.filter(person__seats__workshop=workshop).values_list("email", "person_id"))
    seats = {seat.person_id: seat for seat in workshop.seats.filled()}
    listed = (people.get(line["email"]) for line in attendee_import.lines if not line["refusal"])
    return [seats[person] for person in dict.fromkeys(listed) if person in seats]


def _desk_row(workshop: Workshop, *, by: Actor, now: datetime) -> DeskRow:
    orders_due: int = cast(Any, workshop).orders_due
    filled = workshop.count_filled()
    how = rules.running(workshop, filled, today=workshop.day_of(now))
    return DeskRow(
        workshop, dates_in_words(workshop), filled, orders_due, how, by.has("staff", at=workshop.provider_id)
    )


def _roster_row(seat: Seat) -> RosterRow:
    order = seat.order
    return RosterRow(seat, seat.person.email, _payment(seat, order) if order else "")


def _payment(seat: Seat, order: Order) -> str:
    """``paid``, ``back`` (some or all of it goes back), ``kept`` (given up, and the terms keep it), ``cancelled``,
    ``due``, or nothing where the seat's money has gone on with another seat.
    """
    if seat.state in (Seat.State.TRANSFERRED, Seat.State.SUBSTITUTED):
        return ""
    if not order.is_paid:
        return "cancelled" if order.cancelled_at else "due"
    if seat.is_given_up or order.credited_minor == order.amount_minor:
        return "back" if order.refunded_minor else "kept"
    return "paid"


def _before(workshops: WorkshopQuerySet, public_id: str) -> WorkshopQuerySet:
    final = workshops.filter(public_id=public_id).first() if public_id else None
    if final is None:
        return workshops
    return workshops.filter(Q(starts_on__lt=final.starts_on) | Q(starts_on=final.starts_on, pk__lt=final.pk))


def _by_name_after(seats: SeatQuerySet, public_id: str) -> SeatQuerySet:
    final = seats.filter(public_id=public_id).first() if public_id else None
    later = Q(name__gt=final.name) | Q(name=final.name, pk__gt=final.pk) if final else Q()
    return seats.filter(later).by_name()
