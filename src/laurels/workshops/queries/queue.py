"""The queue of a course: one's own place in it, what is offered, and the whole of it for the provider's staff."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Course
from laurels.workshops import rules
from laurels.workshops.models import Offer, Queue, QueuePlace, Workshop
from laurels.workshops.models.queue import QueuePlaceQuerySet
from laurels.workshops.queries.prices import Asked, asked_for
from laurels.workshops.queries.words import dates_in_words

PAGE = 100


@dataclass(frozen=True, slots=True)
class DateToWaitFor:
    """One workshop of the course; ``is_passed`` when the reader has put it off."""

    public_id: str
    words: str
    where: str
    seats_left: int
    is_passed: bool


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """Somebody's place in a queue; ``position`` counts from 1, ``offer`` is open."""

    place: QueuePlace
    position: int
    wish: str
    offer: Offer | None
    path: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    course: Course
    provider: Organisation | None
    providers: list[Organisation]
    dates: list[DateToWaitFor]
    waiting: int
    own: OwnPlace | None
    rules: list[str]


@dataclass(frozen=True, slots=True)
class OfferPage:
    offer: Offer
    workshop: Workshop
    dates: str
    where: str
    until: str
    left: str
    asked: Asked
    why_not_answer: Refusal | None
    queue_path: str
    rules: list[str]


@dataclass(frozen=True, slots=True)
class QueueRow:
    position: int
    place: QueuePlace
    person: Person
    wish: str
    offer: Offer | None
    offer_words: str


@dataclass(frozen=True, slots=True)
class QueueDesk:
    queue: Queue
    rows: list[QueueRow]
    waiting: int
    seats: int
    next_after: int


def queue_page(course: Course, provider: str, *, by: Actor, now: datetime) -> QueuePage:
    """``provider`` is a slug; with one provider only it may be empty."""
    upcoming = Workshop.objects.upcoming(now).filter(course=course).exclude(sale__invite_code__gt="")
    providers = list(Organisation.objects.filter(workshops__in=upcoming).distinct().order_by("name", "pk"))
    found = [one for one in providers if one.slug == provider] or (providers if len(providers) == 1 else [])
    chosen = found[0] if found else None
    waiting = QueuePlace.objects.live().filter(queue__provider=chosen, queue__course=course)
    own = _own(waiting, by) if chosen else None
    dates = upcoming.filter(provider=chosen).with_seats_filled().soonest_first() if chosen else upcoming.none()
    if own:
        dates = dates.annotate(is_passed=Exists(own.place.passed.filter(pk=OuterRef("pk"))))
    return QueuePage(
        course=course,
        provider=chosen,
        providers=providers,
        dates=[_date(workshop, getattr(workshop, "is_passed", False)) for workshop in dates],
        waiting=0 if own else waiting.count(),
        own=own,
        rules=rules.queue_in_words(),
    )


def own_places(person: Person) -> list[OwnPlace]:
    """Everything the person waits for, in one question while that is nothing."""
    places = _with_position(QueuePlace.objects.live().filter(person=person).order_by("joined_at", "pk"))
    return [_own_place(place) for place in _with_story(places)]


def offer_page(offer: Offer, *, by: Actor, now: datetime) -> OfferPage:
    workshop = offer.workshop
    held = offer.seats if offer.state == Offer.State.OPEN else 0
    return OfferPage(
        offer=offer,
        workshop=workshop,
        dates=dates_in_words(workshop),
        where=_where(workshop),
        until=until_in_words(offer),
        left=_left(offer, now),
        asked=asked_for(workshop, held=held, today=workshop.day_of(now)),
        why_not_answer=rules.why_not_answer(offer, by=by, now=now),
        queue_path=queue_path(offer.queue_place.queue),
        rules=rules.queue_in_words(),
    )


def queue_desk(queue: Queue, after: int = 0) -> QueueDesk:
    """All who wait, in their turn, a page at a time; ``after`` is the turn of the one seen latest."""
    live = queue.places.live()
    shown = _with_addresses(_behind(live, queue.places.filter(turn=after).first()).in_turn())
    rows = [_row(place) for place in shown[: PAGE + 1]]
    return QueueDesk(
        queue=queue,
        rows=rows[:PAGE],
        waiting=live.count(),
        seats=sum(live.values_list("seats", flat=True)),
        next_after=rows[PAGE - 1].place.turn if len(rows) > PAGE else 0,
    )


def _behind(live: QueuePlaceQuerySet, latest: QueuePlace | None) -> QueuePlaceQuerySet:
    if latest is None:
        return live
    same = Q(goes_first=latest.goes_first, turn__gt=latest.turn)
    return live.filter(same | Q(goes_first=False) if latest.goes_first else same)


def queue_table(queue: Queue) -> Iterator[list[str]]:
    """A line for each who waits, below the headings."""
    yield [_("Place"), _("Name"), _("E-mail"), _("Seats"), _("Waits for"), _("Since"), _("State"), _("Offer")]
    for place in _with_addresses(queue.places.live().in_turn()):
        row = _row(place)
        since = date_format(place.joined_at, "Y-m-d H:i")
        person = row.person
        yield [
            *(str(row.position), person.name, person.email, str(place.seats), row.wish, since),
            *(str(place.get_state_display()), row.offer_words),
        ]


def queue_run_by(provider: str, course: str, actor: Actor) -> Queue:
    """The queue at a provider where the actor is staff. Raises Http404."""
    own = Organisation.objects.where(actor, "staff")
    queues = Queue.objects.filter(provider__in=own).select_related("provider", "course")
    return get_object_or_404(queues, provider__slug=provider, course__slug=course)


def waiting_at(providers: Iterable[Organisation]) -> list[Queue]:
    """Queues of these providers in which somebody waits, each with ``waiting``."""
    queues = Queue.objects.filter(provider__in=list(providers), places__state__in=QueuePlace.LIVE)
    counted = queues.annotate(waiting=Count("places")).select_related("provider", "course")
    return list(counted.order_by("course__title", "pk"))


def position_of(place: QueuePlace) -> int:
    return QueuePlace.objects.before(place).count() + 1


def wish_in_words(place: QueuePlace) -> str:
    """``2 seats, any date`` or ``one seat, 15–16 April 2026 or 4–5 May 2026``."""
    seats = ngettext("one seat", "%(n)d seats", place.seats) % {"n": place.seats}
    dates = sorted(place.wishes.all(), key=lambda workshop: (workshop.starts_on, workshop.pk))
    words = _("any date") if place.is_any else _(" or ").join(dates_in_words(workshop) for workshop in dates)
    return f"{seats}, {words}"


def queue_path(queue: Queue) -> str:
    return f"{reverse('queue', args=[queue.course.slug])}?{urlencode({'provider': queue.provider.slug})}"


def until_in_words(offer: Offer) -> str:
    until = offer.expires_at.astimezone(ZoneInfo(offer.workshop.zone))
    return f"{date_format(until, 'j F Y, H:i')} ({offer.workshop.zone})"


def _own(waiting: QueuePlaceQuerySet, by: Actor) -> OwnPlace | None:
    places = _with_story(_with_position(waiting.own(by)))
    return next((_own_place(place) for place in places), None)


def _own_place(place: QueuePlace) -> OwnPlace:
    return OwnPlace(place, place.ahead + 1, wish_in_words(place), _open_offer(place), queue_path(place.queue))  # type: ignore[attr-defined]


def _row(place: QueuePlace) -> QueueRow:
    offer = _open_offer(place)
    words = f"{dates_in_words(offer.workshop)}, {_('until')} {until_in_words(offer)}" if offer else ""
    return QueueRow(place.ahead + 1, place, place.person, wish_in_words(place), offer, words)  # type: ignore[attr-defined]


def _open_offer(place: QueuePlace) -> Offer | None:
    return next(iter(place.open_offers), None)  # type: ignore[attr-defined]


def _with_position(places: QueuePlaceQuerySet) -> QueuePlaceQuerySet:
    """Annotates ``ahead``: how many wait before."""
    first, earlier = Q(goes_first__gt=OuterRef("goes_first")), Q(turn__lt=OuterRef("turn"))
    before = first | earlier & Q(goes_first=OuterRef("goes_first"))
    ahead = QueuePlace.objects.live().filter(before, queue=OuterRef("queue")).order_by()
    counted = ahead.values("queue").annotate(n=Count("pk")).values("n")
    return places.annotate(ahead=Coalesce(Subquery(counted), 0))


def _with_story(places: QueuePlaceQuerySet) -> QueuePlaceQuerySet:
    offers = Prefetch("offers", Offer.objects.open().select_related("workshop"), to_attr="open_offers")
    loaded = places.select_related("queue__provider", "queue__course", "person")
    return loaded.prefetch_related(offers, "wishes")


def _with_addresses(places: QueuePlaceQuerySet) -> QueuePlaceQuerySet:
    return _with_story(_with_position(places)).prefetch_related("person__addresses")


def _date(workshop: Workshop, is_passed: bool) -> DateToWaitFor:
    return DateToWaitFor(
        workshop.public_id, dates_in_words(workshop), _where(workshop), workshop.seats_left(), is_passed
    )  # fmt: skip


def _where(workshop: Workshop) -> str:
    return workshop.place if workshop.mode == Workshop.Mode.IN_PERSON else _("Online")


def _left(offer: Offer, now: datetime) -> str:
    """How long there is to answer, by the server's clock."""
    minutes = max(0, int((offer.expires_at - now).total_seconds()) // 60)
    hours, rest = divmod(minutes, 60)
    if hours:
        return ngettext("%(n)d hour and %(m)d minutes", "%(n)d hours and %(m)d minutes", hours) % {
            "n": hours,
            "m": rest,
        }
    return ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest}
