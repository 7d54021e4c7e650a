"""Workshops as calendar files and feeds (RFC 5545): one event per day, in the workshop's own zone.

A day keeps its UID for ever; SEQUENCE counts what has changed since. Files that are fetched and feeds are PUBLISHed;
what a letter cancels comes as one CANCEL per day, for RFC 5546 (3.2.5) allows no two UIDs in one of those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from urllib.parse import urlparse

from django.conf import settings
from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vDuration, vText

from laurels.journal.models import Entry
from laurels.programmes.models import Block, Course
from laurels.workshops import facts
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.queries.offers import blocks_of
from laurels.workshops.queries.telling import joining_in_plain
from laurels.workshops.queries.words import Day, days_of, place_in_words

CHANGES = [f"workshops.{fact.__name__}" for fact in (facts.WorkshopChanged, facts.WorkshopCancelled, facts.JoiningTold)]
CALENDAR = "text/calendar"
# So long somebody's own calendar shows that a seat or its workshop was cancelled.
SHOWN_CANCELLED = timedelta(days=60)
MOST_IN_A_FEED = 200
type Attached = tuple[str, str, bytes]


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar subscribes to, and when anything in it last changed."""

    content: bytes
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """How often what a calendar shows of a workshop has changed, and when it last did."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A workshop as one calendar shows it: all of it for whoever has a seat, the public side for others."""

    workshop: Workshop
    version: Version
    blocks: Sequence[Block]
    link: str
    is_off: bool
    has_seat: bool


def seat_calendar_file(seat: Seat) -> bytes:
    """The seat's days. A later file replaces an earlier one; once the seat is given back, the days are cancelled."""
    return calendar_of(_events(_shown(_with_earlier(seat))))


def seat_attachments(seat: Seat) -> list[Attached]:
    """``seat_calendar_file`` for a letter: (name, media type, bytes), and one CANCEL per day for what is off."""
    events = _events(_shown(_with_earlier(seat)))
    if not all(event["status"] == "CANCELLED" for event in events):
        return [("workshop.ics", f"{CALENDAR}; charset=utf-8; method=PUBLISH", calendar_of(events))]
    media_type = f"{CALENDAR}; charset=utf-8; method=CANCEL"
    files = enumerate((calendar_of([event], method="CANCEL") for event in events), start=1)
    return [(f"workshop-day-{number}.ics", media_type, content) for number, content in files]


def course_feed(course: Course, *, language: str = "", provider: str = "", now: datetime) -> Feed:
    """Every workshop of the course that is still to come, also those called off, as everybody may see them."""
    coming = Workshop.objects.public().filter(course=course).starting_from(now.date() - timedelta(days=1))
    wanted = {"language": language, "provider__slug": provider}
    coming = coming.filter(**{name: value for name, value in wanted.items() if value}).soonest_first()
    workshops = list(coming.select_related("course", "provider")[:MOST_IN_A_FEED])
    versions, blocks = versions_of(workshops), blocks_of(workshops)
    shown = [
        Shown(
            workshop,
            versions[workshop.pk],
            blocks[workshop.curriculum_id],
            settings.PUBLIC_URL + reverse("workshop", args=[workshop.public_id]),
            is_off=workshop.state == Workshop.State.CANCELLED,
            has_seat=False,
        )
        for workshop in workshops
    ]
    changed_at = max((one.version.at for one in shown), default=datetime(2000, 1, 1, tzinfo=UTC))
    return Feed(calendar_of(_events(shown), course.title), changed_at)


def seat_events(person_id: int, now: datetime) -> list[Event]:
    """The days of all seats somebody has, and for a while of those that were given back or called off."""
    seats = Seat.objects.filter(person=person_id).order_by("workshop", "pk")
    loaded = seats.select_related("workshop__course", "workshop__provider", "workshop__joining")
    shown = _shown(list(loaded))
    return _events(one for one in shown if not one.is_off or one.version.at > now - SHOWN_CANCELLED)


def calendar_of(events: Iterable[Event], name: str = "", *, method: str = "PUBLISH") -> bytes:
    """The file; with a ``name`` it is a feed, which says how often to look again."""
    calendar = Calendar()
    calendar.add("prodid", "-//Laurels//Workshops//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("name", vText(name))
        calendar.add("x-wr-calname", vText(name))
        calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
        calendar.add("x-published-ttl", vDuration(timedelta(hours=6)))
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def versions_of(workshops: Sequence[Workshop]) -> dict[int, Version]:
    """By primary key; one query for all of them."""
    entries = Entry.objects.filter(topic__name__in=[workshop.topic for workshop in workshops], fact__in=CHANGES)
    counted = entries.order_by().values("topic__name").annotate(changes=Count("pk"), at=Max("at"))
    found = {row["topic__name"]: Version(row["changes"], row["at"]) for row in counted}
    return {
        workshop.pk: found.get(workshop.topic) or Version(0, workshop.announced_at or workshop.created_at)
        for workshop in workshops
    }


def _with_earlier(seat: Seat) -> list[Seat]:
    """The seat after those that the same person had in the same workshop."""
    same = Seat.objects.filter(workshop=seat.workshop_id, person=seat.person_id, pk__lte=seat.pk).order_by("pk")
    return list(same.select_related("workshop__course", "workshop__provider", "workshop__joining"))


def _shown(seats: Sequence[Seat]) -> list[Shown]:
    """The newest seat in each workshop; ``seats`` are one person's, by workshop and age."""
    workshops = [seat.workshop for seat in seats]
    versions, blocks = versions_of(workshops), blocks_of(workshops)
    shown = []
    for _workshop, group in groupby(seats, key=lambda seat: seat.workshop_id):
        *earlier, seat = group
        workshop, version = seat.workshop, versions[seat.workshop_id]
        is_given_back = seat.state not in Seat.FILLED
        # Whoever gives a seat back and books again must get a higher number than the one that cancelled.
        number = version.number + 2 * len(earlier) + is_given_back
        shown.append(
            Shown(
                workshop,
                Version(number, max(version.at, seat.taken_at, seat.cancelled_at or seat.taken_at)),
                blocks[workshop.curriculum_id],
                settings.PUBLIC_URL + reverse("seat", args=[seat.public_id]),
                is_off=is_given_back or workshop.state == Workshop.State.CANCELLED,
                has_seat=True,
            )
        )
    return shown


def _events(shown: Iterable[Shown]) -> list[Event]:
    return [
        _event(one, day, number)
        for one in shown
        for number, day in enumerate(days_of(one.workshop, one.blocks), start=1)
    ]


def _event(shown: Shown, day: Day, number: int) -> Event:
    workshop = shown.workshop
    event = Event()
    event.add("uid", f"{workshop.public_id}-{number}@{urlparse(settings.PUBLIC_URL).hostname}")
    event.add("sequence", shown.version.number)
    event.add("dtstamp", shown.version.at)
    event.add("last-modified", shown.version.at)
    event.add("dtstart", day.starts)
    event.add("dtend", day.ends)
    event.add("summary", f"{workshop.course.title} ({number}/{workshop.days})")
    event.add("description", _description(shown, day))
    event.add("location", vText(_place(shown)))
    event.add("url", shown.link)
    event.add("status", "CANCELLED" if shown.is_off else "CONFIRMED")
    organizer = vCalAddress(f"mailto:{settings.LETTERS_FROM}")
    organizer.params["CN"] = workshop.provider.name
    event.add("organizer", organizer)
    return event


def _description(shown: Shown, day: Day) -> str:
    agenda = "\n".join(f"{at:%H:%M} {block.title}" for at, block in day.blocks)
    joining = joining_in_plain(shown.workshop) if shown.has_seat and not shown.is_off else ""
    head = f"{shown.workshop.provider.name}\n{shown.link}"
    return "\n\n".join(part for part in (head, joining, agenda) if part)


def _place(shown: Shown) -> str:
    """The link of an online workshop is for people with a seat."""
    if shown.has_seat:
        return place_in_words(shown.workshop)
    return shown.workshop.place if shown.workshop.mode == Workshop.Mode.IN_PERSON else str(_("Online"))
