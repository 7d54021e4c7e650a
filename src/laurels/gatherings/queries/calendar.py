"""Gatherings as calendar files and feeds (RFC 5545)."""

from collections.abc import Iterable
from urllib.parse import urlparse
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vText

from laurels.gatherings.models import Gathering
from laurels.gatherings.queries.words import where_in_words


def calendar_file(gatherings: Iterable[Gathering], name: str = "", *, has_link: bool = False) -> bytes:
    """One event each; a later file replaces an earlier one (same UID, higher SEQUENCE). ``name`` is a feed's.

    ``has_link``: it says where people talk, which is only for who has a place.
    """
    found = list(gatherings)
    is_off = bool(found) and not name and all(one.state == Gathering.State.CANCELLED for one in found)
    calendar = Calendar()
    calendar.add("prodid", "-//Laurels//Gatherings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval;value=duration", "PT6H")
    for gathering in found:
        calendar.add_component(_event(gathering, has_link=has_link))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(gathering: Gathering, *, has_link: bool) -> Event:
    zone, link = ZoneInfo(gathering.zone), settings.PUBLIC_URL + reverse("gathering", args=[gathering.public_id])
    event = Event()
    event.add("uid", f"{gathering.public_id}@{urlparse(settings.PUBLIC_URL).hostname}")
    event.add("sequence", gathering.version)
    event.add("dtstamp", gathering.cancelled_at or gathering.announced_at)
    event.add("dtstart", gathering.starts_at.astimezone(zone))
    event.add("dtend", gathering.ends_at.astimezone(zone))
    event.add("summary", gathering.title)
    talk = gathering.link if has_link else ""
    event.add("description", "\n".join(part for part in (gathering.about, talk, link) if part))
    event.add("location", vText(where_in_words(gathering)))
    event.add("url", link)
    event.add("status", "CANCELLED" if gathering.state == Gathering.State.CANCELLED else "CONFIRMED")
    return event
