"""Gatherings as calendar files and feeds (RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlparse
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, vText

from laurels.gatherings.models import Gathering, SignUp
from laurels.gatherings.queries.words import where_in_words

# So long somebody's own calendar shows that a gathering was called off.
SHOWN_CANCELLED = timedelta(days=60)


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
        calendar.add("x-wr-calname", vText(name))
        calendar.add("refresh-interval;value=duration", "PT6H")
    for gathering in found:
        calendar.add_component(_event(gathering, has_link=has_link))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def own_events(person_id: int, now: datetime) -> list[Event]:
    """What somebody has a place at, and for a while what was called off or signed off from; one query."""
    signups = SignUp.objects.filter(person=person_id).exclude(state=SignUp.State.WAITING)
    newest: dict[int, list[SignUp]] = {}
    for signup in signups.select_related("gathering").order_by("gathering__starts_at", "gathering", "pk"):
        newest.setdefault(signup.gathering_id, []).append(signup)
    events = [_own_event(rows[-1], len(rows) - 1) for rows in newest.values()]
    is_kept = now - SHOWN_CANCELLED
    return [event for event in events if event["status"] == "CONFIRMED" or event.decoded("dtstamp") > is_kept]


def _own_event(signup: SignUp, earlier: int) -> Event:
    """Whoever signs off and up again gets a higher number than the one that cancelled."""
    is_off = signup.state == SignUp.State.CANCELLED
    changed = max(signup.asked_at, signup.cancelled_at or signup.asked_at)
    return _event(signup.gathering, has_link=True, steps=2 * earlier + is_off, changed_at=changed, is_off=is_off)


def _event(
    gathering: Gathering, *, has_link: bool, steps: int = 0, changed_at: datetime | None = None, is_off: bool = False
) -> Event:
    """``steps`` and ``changed_at`` are what somebody's own place adds to the gathering's changes."""
    zone, link = ZoneInfo(gathering.zone), settings.PUBLIC_URL + reverse("gathering", args=[gathering.public_id])
    stamp = gathering.cancelled_at or gathering.announced_at
    is_off = is_off or gathering.state == Gathering.State.CANCELLED
    event = Event()
    event.add("uid", f"{gathering.public_id}@{urlparse(settings.PUBLIC_URL).hostname}")
    event.add("sequence", gathering.version + steps)
    event.add("dtstamp", max(stamp, changed_at or stamp))
    event.add("dtstart", gathering.starts_at.astimezone(zone))
    event.add("dtend", gathering.ends_at.astimezone(zone))
    event.add("summary", gathering.title)
    talk = gathering.link if has_link else ""
    event.add("description", "\n".join(part for part in (gathering.about, talk, link) if part))
    event.add("location", vText(where_in_words(gathering)))
    event.add("url", link)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event
