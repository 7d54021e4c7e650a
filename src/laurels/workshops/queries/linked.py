"""Workshops as search engines read them: schema.org Course with its CourseInstances, as JSON-LD."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from laurels.kernel.money import MINOR_DIGITS, Money
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Block
from laurels.workshops.models import Edition, Workshop
from laurels.workshops.queries.prices import asked_for
from laurels.workshops.queries.words import Day, days_of

SCHEMA = "https://schema.org"
# What could end the element or begin a comment in it; the same text for whoever reads the JSON.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}
BOOKABLE = {Workshop.State.ANNOUNCED, Workshop.State.CONFIRMED}


@dataclass(frozen=True, slots=True)
class Dated:
    """A workshop with all that is told of it."""

    workshop: Workshop
    days: Sequence[Day]
    trainers: Sequence[Person]


def linked_workshop(
    workshop: Workshop, days: Sequence[Day], trainers: Sequence[Person], *, now: datetime
) -> SafeString:
    """One workshop's page: the course with this one instance. One query, for the day it was moved from."""
    moved_from = workshop.editions.newest_first().exclude(starts_on=workshop.starts_on).first()
    return script_text({"@context": SCHEMA, **_course([Dated(workshop, days, trainers)], moved_from, now=now)})


def linked_workshops(workshops: Sequence[Workshop], blocks: dict[int, list[Block]], *, now: datetime) -> SafeString:
    """A list of workshops: their courses in a list, each with its instances. No queries."""
    by_course = sorted(workshops, key=lambda one: one.course_id)
    dated = [Dated(one, days_of(one, blocks[one.curriculum_id]), list(one.trainers.all())) for one in by_course]
    grouped = groupby(dated, key=lambda one: one.workshop.course_id)
    courses = [_course(list(group), now=now) for _course_id, group in grouped]
    items = [{"@type": "ListItem", "position": place, "item": one} for place, one in enumerate(courses, start=1)]
    return script_text({"@context": SCHEMA, "@type": "ItemList", "itemListElement": items})


def script_text(content: dict[str, Any]) -> SafeString:
    """JSON for inside a ``<script>``, whatever names are in it."""
    return mark_safe(json.dumps(content, ensure_ascii=False).translate(ESCAPES))


def decimal_of(money: Money) -> str:
    """``119000`` cents → ``1190.00``."""
    return str(Decimal(money.minor).scaleb(-MINOR_DIGITS.get(money.currency, 2)))


def _course(dated: Sequence[Dated], moved_from: Edition | None = None, *, now: datetime) -> dict[str, Any]:
    course, provider = dated[0].workshop.course, dated[0].workshop.provider
    return {
        "@type": "Course",
        "@id": _address("programmes:course", course.slug),
        "url": _address("programmes:course", course.slug),
        "name": course.title,
        "description": course.summary,
        "provider": _organisation(provider),
        "offers": [_offer(one.workshop, now) for one in dated if one.workshop.state in BOOKABLE],
        "hasCourseInstance": [_instance(one, moved_from, now) for one in dated],
    }


def _instance(dated: Dated, moved_from: Edition | None, now: datetime) -> dict[str, Any]:
    workshop, days = dated.workshop, dated.days
    link = _address("workshop", workshop.public_id)
    is_online = workshop.mode == Workshop.Mode.ONLINE
    attendance = "OnlineEventAttendanceMode" if is_online else "OfflineEventAttendanceMode"
    found = {
        "@type": ["CourseInstance", "EducationEvent"],
        "@id": link,
        "url": link,
        "name": workshop.course.title,
        "description": workshop.course.summary,
        "inLanguage": workshop.language,
        "courseMode": "Online" if is_online else "Onsite",
        "courseWorkload": _duration(days),
        "eventAttendanceMode": f"{SCHEMA}/{attendance}",
        "eventStatus": f"{SCHEMA}/{_status(workshop, moved_from)}",
        "startDate": days[0].starts.isoformat() if days else workshop.starts_on.isoformat(),
        "endDate": days[-1].ends.isoformat() if days else workshop.ends_on.isoformat(),
        "location": _location(workshop, link),
        "organizer": _organisation(workshop.provider),
        "performer": [{"@type": "Person", "name": str(one)} for one in _by_name(dated.trainers)],
        "maximumAttendeeCapacity": workshop.capacity,
        "subEvent": [_day(workshop, day, number, link) for number, day in enumerate(days, start=1)],
    }
    if workshop.state in BOOKABLE:
        found["remainingAttendeeCapacity"] = workshop.seats_left()
        found["offers"] = _offer(workshop, now)
    if moved_from and workshop.state != Workshop.State.CANCELLED:
        found["previousStartDate"] = moved_from.starts_on.isoformat()
    return found


def _status(workshop: Workshop, moved_from: Edition | None) -> str:
    if workshop.state == Workshop.State.CANCELLED:
        return "EventCancelled"
    return "EventRescheduled" if moved_from else "EventScheduled"


def _day(workshop: Workshop, day: Day, number: int, link: str) -> dict[str, Any]:
    return {
        "@type": "Event",
        "name": f"{workshop.course.title} ({number}/{workshop.days})",
        "startDate": day.starts.isoformat(),
        "endDate": day.ends.isoformat(),
        "location": _location(workshop, link),
    }


def _location(workshop: Workshop, link: str) -> dict[str, Any]:
    """The way in is for people with a seat: online, everybody else is led to the workshop's page."""
    if workshop.mode == Workshop.Mode.ONLINE:
        return {"@type": "VirtualLocation", "url": link}
    return {"@type": "Place", "name": workshop.place, "address": workshop.place}


def _offer(workshop: Workshop, now: datetime) -> dict[str, Any]:
    left, asked = workshop.seats_left(), asked_for(workshop, today=workshop.day_of(now))
    opened = workshop.announced_at or workshop.created_at
    return {
        "@type": "Offer",
        "url": _address("workshop", workshop.public_id),
        "category": "Free" if asked.is_free else "Paid",
        "price": decimal_of(asked.now),
        "priceCurrency": workshop.currency,
        "availability": f"{SCHEMA}/{'InStock' if left > 3 else 'LimitedAvailability' if left else 'SoldOut'}",
        "validFrom": opened.isoformat(),
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    return {"@type": "Organization", "name": organisation.name, "url": settings.PUBLIC_URL}


def _duration(days: Sequence[Day]) -> str:
    """What counts of the agenda, as ISO 8601 writes it."""
    counts = sum(block.minutes for day in days for _at, block in day.blocks if not block.is_break)
    hours, minutes = divmod(timedelta(minutes=counts) // timedelta(minutes=1), 60)
    return f"PT{hours}H{minutes}M" if minutes else f"PT{hours}H"


def _by_name(people: Iterable[Person]) -> list[Person]:
    return sorted(people, key=lambda person: (person.name, person.pk))


def _address(name: str, *args: str) -> str:
    return settings.PUBLIC_URL + reverse(name, args=args)
