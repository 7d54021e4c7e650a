"""The public catalogue: what can be booked, found by course, date, language, place, zone, provider and trainer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from laurels.programmes.models import Block
from laurels.programmes.rules import prerequisites
from laurels.workshops import rules
from laurels.workshops.models import Workshop, WorkshopQuerySet
from laurels.workshops.queries.linked import linked_workshops
from laurels.workshops.queries.prices import Asked, asked_for
from laurels.workshops.queries.words import dates_in_words, days_of, midday, zone_in_words
from laurels.workshops.rules import Running

PAGE = 20
NEAR = timedelta(hours=3)
type Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """What a visitor looks for; empty fields do not matter. ``after`` is the public id of the final one seen."""

    course: str = ""
    month: date | None = None
    from_day: date | None = None
    language: str = ""
    mode: str = ""
    zone: str = ""
    provider: str = ""
    trainer: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """One workshop as the catalogue shows it."""

    public_id: str
    title: str
    provider: str
    state: str
    mode: str
    place: str
    language: str
    dates: str
    hours: str
    zone: str
    asked: Asked
    seats_left: int
    trainers: tuple[str, ...]
    before: tuple[str, ...]
    running: Running


@dataclass(frozen=True, slots=True)
class Catalogue:
    """``linked`` is what search engines read."""

    offers: list[Offer]
    next_after: str
    linked: SafeString


@dataclass(slots=True)
class Choices:
    """What can be chosen in the filters: only what some upcoming workshop has."""

    courses: list[Choice] = field(default_factory=list)
    months: list[Choice] = field(default_factory=list)
    languages: list[Choice] = field(default_factory=list)
    zones: list[Choice] = field(default_factory=list)
    providers: list[Choice] = field(default_factory=list)
    trainers: list[Choice] = field(default_factory=list)


def catalogue(wanted: CatalogueFilter, zones: Iterable[str], *, now: datetime) -> Catalogue:
    """One page of upcoming workshops, soonest first; ``zones`` are those that upcoming workshops are in."""
    found = _matching(Workshop.objects.public().upcoming(now), wanted, zones, now=now).soonest_first()
    shown = (
        found.with_seats_filled()
        .select_related("course__scheme", "provider__billing", "sale")
        .prefetch_related("trainers")
    )
    workshops = list(_after(shown, wanted.after)[: PAGE + 1])
    blocks = blocks_of(workshops[:PAGE])
    offers = [_offer(workshop, blocks[workshop.curriculum_id], now) for workshop in workshops[:PAGE]]
    after = offers[-1].public_id if len(workshops) > PAGE else ""
    return Catalogue(offers, after, linked_workshops(workshops[:PAGE], blocks, now=now))


def choices(*, now: datetime) -> Choices:
    rows = Workshop.objects.public().upcoming(now).values_list(
        "course__slug", "course__title", "starts_on", "language", "zone",
        "provider__slug", "provider__name", "trainers__public_id", "trainers__name",
    )  # fmt: skip
    found: list[set[Choice]] = [set() for _field in range(6)]
    for slug, title, day, language, zone, provider, provider_name, trainer, trainer_name in rows.distinct():
        month = (f"{day:%Y-%m}", date_format(day, "F Y"))
        pairs = (slug, title), month, (language, language_name(language)), (zone, zone)
        for place, pair in zip(found, (*pairs, (provider, provider_name), (trainer, trainer_name)), strict=True):
            if pair[0]:
                place.add(pair)
    courses, months, *others = found
    named = [sorted(pairs, key=lambda pair: pair[1]) for pairs in (courses, *others)]
    return Choices(named[0], sorted(months), *named[1:])


def language_name(code: str) -> str:
    """A language in its own words: ``de`` → ``Deutsch``."""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code


def blocks_of(workshops: Sequence[Workshop]) -> dict[int, list[Block]]:
    """The agenda of each workshop's curriculum, in one query."""
    found: dict[int, list[Block]] = {workshop.curriculum_id: [] for workshop in workshops}
    for block in Block.objects.filter(curriculum__in=found).in_order():
        found[block.curriculum_id].append(block)
    return found


def _matching(
    workshops: WorkshopQuerySet, wanted: CatalogueFilter, zones: Iterable[str], *, now: datetime
) -> WorkshopQuerySet:
    exact: dict[str, Any] = {
        "course__slug": wanted.course,
        "language": wanted.language,
        "mode": wanted.mode,
        "provider__slug": wanted.provider,
        "trainers__public_id": wanted.trainer,
    }
    workshops = workshops.filter(**{name: value for name, value in exact.items() if value})
    if wanted.month:
        workshops = workshops.filter(starts_on__year=wanted.month.year, starts_on__month=wanted.month.month)
    if wanted.from_day:
        workshops = workshops.starting_from(wanted.from_day)
    if wanted.zone:
        workshops = workshops.filter(zone__in=[zone for zone in zones if _are_near(zone, wanted.zone, now)])
    return workshops


def _are_near(one: str, other: str, now: datetime) -> bool:
    """Whether a day in one zone is a bearable day in the other: clocks at most three hours apart."""
    offsets = [now.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for zone in (one, other)]
    apart = abs(offsets[0] - offsets[1])
    return min(apart, timedelta(hours=24) - apart) <= NEAR


def _after(workshops: WorkshopQuerySet, public_id: str) -> WorkshopQuerySet:
    final = Workshop.objects.public().filter(public_id=public_id).first() if public_id else None
    if final is None:
        return workshops
    later = Q(starts_on__gt=final.starts_on) | Q(starts_on=final.starts_on, pk__gt=final.pk)
    return workshops.filter(later)


def _offer(workshop: Workshop, blocks: Sequence[Block], now: datetime) -> Offer:
    days = days_of(workshop, blocks)
    starts = days[0].starts if days else midday(workshop)
    return Offer(
        public_id=workshop.public_id,
        title=workshop.course.title,
        provider=workshop.provider.name,
        state=workshop.state,
        mode=workshop.mode,
        place=workshop.place if workshop.mode == Workshop.Mode.IN_PERSON else "",
        language=language_name(workshop.language),
        dates=dates_in_words(workshop),
        hours=days[0].hours if days else "",
        zone=zone_in_words(workshop, starts),
        asked=asked_for(workshop, today=workshop.day_of(now)),
        seats_left=workshop.seats_left(),
        trainers=tuple(str(trainer) for trainer in workshop.trainers.all()),
        before=tuple(prerequisites(workshop.course.scheme.prerequisites).in_words),
        running=rules.running(workshop, workshop.count_filled(), today=workshop.day_of(now)),
    )
