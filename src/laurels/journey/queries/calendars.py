"""Somebody's own calendar: every seat they have and every gathering they go to, in one feed."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from laurels.gatherings.queries.calendar import own_events
from laurels.people.models import Person
from laurels.workshops.queries import Feed, calendar_of, seat_events


def own_feed(person: Person, now: datetime) -> Feed:
    """Four queries at most, however many seats and gatherings."""
    with override(person.language):
        events = [*seat_events(person.pk, now), *own_events(person.pk, now)]
        content = calendar_of(events, _("My workshops and gatherings"))
    changed_at = max((event.decoded("dtstamp") for event in events), default=datetime(2000, 1, 1, tzinfo=UTC))
    return Feed(content, changed_at)
