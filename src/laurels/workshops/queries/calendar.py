"""A workshop as a calendar file (RFC 5545): one event per day, in the workshop's own zone."""

from datetime import datetime
from urllib.parse import urlparse

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vText

from laurels.journal.models import Entry
from laurels.workshops import facts
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.queries.words import Day, days_of, place_in_words

CHANGES = (facts.WorkshopChanged, facts.WorkshopCancelled)


def calendar_file(workshop: Workshop) -> bytes:
    """The workshop's days; a later file of the same workshop replaces an earlier one (same UID, higher SEQUENCE)."""
    link = settings.PUBLIC_URL + reverse("workshop", args=[workshop.public_id])
    return _file(workshop, link, is_off=workshop.state == Workshop.State.CANCELLED, steps=0)


def seat_calendar_file(seat: Seat) -> bytes:
    """``calendar_file`` for whoever has the seat: once it is given back, the events are cancelled."""
    workshop = seat.workshop
    link = settings.PUBLIC_URL + reverse("seat", args=[seat.public_id])
    is_given_back = seat.is_given_up
    is_off = is_given_back or workshop.state == Workshop.State.CANCELLED
    # Whoever gives a seat back and books again must get a higher number than the one that cancelled.
    earlier = workshop.all_seats.filter(person=seat.person_id, state__in=Seat.GIVEN_UP, pk__lt=seat.pk).count()
    return _file(workshop, link, is_off=is_off, steps=2 * earlier + is_given_back)


def _file(workshop: Workshop, link: str, *, is_off: bool, steps: int) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Laurels//Workshops//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    changes = Entry.objects.about(workshop.topic).filter(fact__in=_names()).order_by("-seq")
    changed = list(changes.values_list("at", flat=True))
    stamp = changed[0] if changed else workshop.announced_at or workshop.created_at
    blocks = workshop.curriculum.blocks.in_order()
    for number, day in enumerate(days_of(workshop, blocks), start=1):
        calendar.add_component(_event(workshop, day, number, link, stamp, len(changed) + steps, is_off=is_off))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _names() -> list[str]:
    return [f"workshops.{fact.__name__}" for fact in CHANGES]


def _event(
    workshop: Workshop, day: Day, number: int, link: str, stamp: datetime, sequence: int, *, is_off: bool
) -> Event:
    event = Event()
    event.add("uid", f"{workshop.public_id}-{number}@{urlparse(settings.PUBLIC_URL).hostname}")
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", day.starts)
    event.add("dtend", day.ends)
    event.add("summary", f"{workshop.course.title} ({number}/{workshop.days})")
    agenda = "\n".join(f"{at:%H:%M} {block.title}" for at, block in day.blocks)
    event.add("description", f"{workshop.provider.name}\n{link}\n\n{agenda}")
    event.add("location", vText(place_in_words(workshop)))
    event.add("url", link)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event
