"""A list of attendees: read and shown, then written whole or thrown away."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from laurels.journal.actions import record_all
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.people.actions import meet_all
from laurels.people.models import Person
from laurels.workshops import facts, queries, rules
from laurels.workshops.models import AttendeeImport, Seat, Workshop
from laurels.workshops.rules import ImportLine

BATCH = 1000


@transaction.atomic
def read_import(workshop: Workshop, file_name: str, content: bytes, *, by: Actor, now: datetime) -> AttendeeImport:
    """Read a CSV or XLSX file and keep what was understood, a message per line; nobody gets a seat yet.

    Raises Refused for a file that is no such list.
    """
    require(rules.why_not_import(workshop, by=by))
    lines = _without_seated(workshop, rules.parse_attendees(file_name, content))
    return AttendeeImport.objects.create(
        workshop=workshop, file_name=file_name[:200], lines=[asdict(line) for line in lines], uploaded_at=now
    )


@transaction.atomic
def confirm_import(attendee_import: AttendeeImport, *, by: Actor, now: datetime) -> list[Seat]:
    """Give everybody on the good lines a seat, all or nobody; confirming again gives the same seats. Raises Refused.

    No orders are placed: people on a list have settled with the provider elsewhere.
    """
    workshop = Workshop.objects.lock(attendee_import.workshop_id)
    attendee_import = AttendeeImport.objects.lock(attendee_import.pk)
    require(rules.why_not_import(workshop, by=by))
    if attendee_import.confirmed_at is not None:
        return queries.seats_of_import(attendee_import)
    lines = _good_lines(attendee_import)
    people = meet_all({line["email"]: line["name"] for line in lines}, by=by, now=now)
    seats = _seats_to_take(workshop, lines, people, now=now)
    require(rules.why_not_seat_so_many(workshop, len(seats)))
    Seat.objects.bulk_create(seats, batch_size=BATCH)
    attendee_import.confirmed_at = now
    attendee_import.save(update_fields=["confirmed_at"])
    happened: list[Any] = [facts.SeatTaken(workshop.pk, seat.pk) for seat in seats]
    happened.append(facts.AttendeesImported(workshop.pk, attendee_import.pk, len(seats)))
    record_all(workshop.topic, happened, by=by, at=now)
    return queries.seats_of_import(attendee_import)


@transaction.atomic
def discard_import(attendee_import: AttendeeImport, *, by: Actor, now: datetime) -> None:
    """Forget a list that was not confirmed; a confirmed one stays. Asking twice is no harm. Raises Refused."""
    present = AttendeeImport.objects.select_for_update().filter(pk=attendee_import.pk, confirmed_at=None).first()
    if present is None:
        return
    require(rules.why_not_import(present.workshop, by=by))
    present.delete()


def _without_seated(workshop: Workshop, lines: Sequence[ImportLine]) -> list[ImportLine]:
    seated = queries.seated_emails(workshop)
    message = _("This person has a seat already.")
    return [replace(line, refusal=message) if not line.refusal and line.email in seated else line for line in lines]


def _good_lines(attendee_import: AttendeeImport) -> list[dict[str, Any]]:
    return [line for line in attendee_import.lines if not line["refusal"]]


def _seats_to_take(
    workshop: Workshop, lines: Sequence[dict[str, Any]], people: dict[str, Person], *, now: datetime
) -> list[Seat]:
    """One seat for each person without one, even if two of their addresses are on the list."""
    seated = set(workshop.seats.filled().values_list("person_id", flat=True))
    seats = []
    for line in lines:
        person = people[line["email"]]
        if person.pk not in seated:
            seated.add(person.pk)
            name, company = line["name"], line["company"]
            seats.append(Seat(workshop=workshop, person=person, name=name, company=company, taken_at=now))
    return seats
