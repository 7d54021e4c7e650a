"""A provider's dates for a page of its own elsewhere: as a small list, and as data."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _

from laurels.people.models import Organisation
from laurels.workshops.models import Workshop
from laurels.workshops.queries.linked import decimal_of
from laurels.workshops.queries.offers import Choice, blocks_of, language_name
from laurels.workshops.queries.prices import Asked, asked_for
from laurels.workshops.queries.words import Day, dates_in_words, days_of, midday, zone_in_words

MOST = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """One workshop in the list; ``place`` is never a link that only people with a seat may have."""

    workshop: Workshop
    days: list[Day]
    dates: str
    hours: str
    zone: str
    place: str
    language: str
    asked: Asked
    seats_left: int
    trainers: list[str]
    link: str


@dataclass(frozen=True, slots=True)
class Embedding:
    """What staff see before they copy: the choices there are today, and the addresses that follow from them."""

    provider: Organisation
    courses: list[Choice]
    languages: list[Choice]
    query: str
    list_link: str
    data_link: str
    feeds: list[tuple[str, str]]

    @property
    def snippet(self) -> str:
        """HTML to copy; the page that shows it escapes it once more."""
        title = _("Dates of %(name)s") % {"name": self.provider.name}
        frame = f'<iframe src="{escape(self.list_link)}" title="{escape(title)}"'
        return f'{frame} width="100%" height="420" loading="lazy"></iframe>'


def embedded(provider: Organisation, *, course: str = "", language: str = "", now: datetime) -> list[Listed]:
    """The provider's workshops that are open for booking, soonest first. Three queries however many."""
    wanted = {"course__slug": course, "language": language}
    coming = Workshop.objects.upcoming(now).filter(provider=provider).soonest_first()
    coming = coming.filter(**{name: value for name, value in wanted.items() if value})
    workshops = list(
        coming.select_related("course", "sale", "provider__billing")
        .with_seats_filled()
        .prefetch_related("trainers")[:MOST]
    )
    blocks = blocks_of(workshops)
    return [_listed(workshop, days_of(workshop, blocks[workshop.curriculum_id]), now) for workshop in workshops]


def embedding(provider: Organisation, *, query: str, now: datetime) -> Embedding:
    """``query`` is what was chosen, ready for an address."""
    rows = Workshop.objects.upcoming(now).filter(provider=provider)
    pairs = sorted(set(rows.values_list("course__slug", "course__title")))
    languages = sorted({(code, language_name(code)) for code in rows.values_list("language", flat=True)})
    addresses = (reverse(name, args=[provider.slug]) for name in ("embedded-dates", "embedded-data"))
    list_link, data_link = (f"{settings.PUBLIC_URL}{path}{'?' if query else ''}{query}" for path in addresses)
    feeds = [(title, f"{settings.PUBLIC_URL}{reverse('course-feed', args=[slug])}") for slug, title in pairs]
    feeds = [(title, f"{address}?provider={provider.slug}") for title, address in feeds]
    return Embedding(provider, pairs, languages, query, list_link, data_link, feeds)


def embedded_data(provider: Organisation, listed: Sequence[Listed]) -> dict[str, Any]:
    """The list for programs; instants carry their offset."""
    return {
        "provider": {"slug": provider.slug, "name": provider.name},
        "dates": [_as_data(one) for one in listed],
    }


def as_json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _listed(workshop: Workshop, days: list[Day], now: datetime) -> Listed:
    return Listed(
        workshop=workshop,
        days=days,
        dates=dates_in_words(workshop),
        hours=days[0].hours if days else "",
        zone=zone_in_words(workshop, days[0].starts if days else midday(workshop)),
        place=workshop.place if workshop.mode == Workshop.Mode.IN_PERSON else "",
        language=language_name(workshop.language),
        asked=asked_for(workshop, today=workshop.day_of(now)),
        seats_left=workshop.seats_left(),
        trainers=sorted(str(trainer) for trainer in workshop.trainers.all()),
        link=settings.PUBLIC_URL + reverse("workshop", args=[workshop.public_id]),
    )


def _as_data(listed: Listed) -> dict[str, Any]:
    workshop = listed.workshop
    return {
        "id": workshop.public_id,
        "url": listed.link,
        "course": {"slug": workshop.course.slug, "title": workshop.course.title},
        "language": workshop.language,
        "mode": workshop.mode,
        "place": listed.place,
        "zone": workshop.zone,
        "starts_on": workshop.starts_on.isoformat(),
        "ends_on": workshop.ends_on.isoformat(),
        "days": [{"starts_at": day.starts.isoformat(), "ends_at": day.ends.isoformat()} for day in listed.days],
        "state": workshop.state,
        "price": {"amount": decimal_of(listed.asked.now), "currency": listed.asked.now.currency},
        "seats_left": listed.seats_left,
        "trainers": listed.trainers,
    }
