"""The pages of one workshop and one seat, as visitors and learners see them."""

from dataclasses import dataclass
from datetime import datetime

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person
from laurels.programmes.queries.needs import needs_of
from laurels.programmes.rules import Need
from laurels.workshops import rules
from laurels.workshops.models import Seat, Workshop
from laurels.workshops.queries.booking import sale_of
from laurels.workshops.queries.offers import language_name
from laurels.workshops.queries.prices import Asked, asked_for
from laurels.workshops.queries.words import Day, dates_in_words, days_of, midday, place_in_words, zone_in_words


@dataclass(frozen=True, slots=True)
class WorkshopPage:
    """``place`` is for everybody: where in person, nothing for a link. ``own_seat`` is the reader's."""

    workshop: Workshop
    days: list[Day]
    dates: str
    zone: str
    place: str
    language: str
    trainers: list[Person]
    seats_left: int
    asked: Asked
    terms: list[str]
    why_not_book: Refusal | None
    own_seat: Seat | None
    before: list[Need]


@dataclass(frozen=True, slots=True)
class SeatPage:
    seat: Seat
    workshop: Workshop
    days: list[Day]
    dates: str
    zone: str
    place: str
    shows_money: bool
    why_not_cancel: Refusal | None


def workshop_page(workshop: Workshop, *, by: Actor, now: datetime) -> WorkshopPage:
    days = days_of(workshop, workshop.curriculum.blocks.in_order())
    own = workshop.seats.filled().filter(person_id=by.person_id).first() if by.person_id else None
    return WorkshopPage(
        workshop=workshop,
        days=days,
        dates=dates_in_words(workshop),
        zone=zone_in_words(workshop, days[0].starts if days else midday(workshop)),
        place=workshop.place if workshop.mode == Workshop.Mode.IN_PERSON else "",
        language=language_name(workshop.language),
        trainers=list(workshop.trainers.order_by("name", "pk")),
        seats_left=workshop.seats_left(),
        asked=asked_for(workshop, today=workshop.day_of(now)),
        terms=rules.terms_of(sale_of(workshop).terms).in_words(workshop.currency),
        why_not_book=rules.why_not_book(workshop, by=by, now=now),
        own_seat=own,
        before=needs_of(workshop.course.scheme, by.person_id, now),
    )


def seat_page(seat: Seat, *, by: Actor) -> SeatPage:
    workshop = seat.workshop
    days = days_of(workshop, workshop.curriculum.blocks.in_order())
    return SeatPage(
        seat=seat,
        workshop=workshop,
        days=days,
        dates=dates_in_words(workshop),
        zone=zone_in_words(workshop, days[0].starts if days else midday(workshop)),
        place=place_in_words(workshop),
        # What others pay is none of the learner's business.
        shows_money=seat.order is not None
        and (seat.order.is_bought_by(by) or by.has("staff", at=workshop.provider_id)),
        why_not_cancel=rules.why_not_cancel_seat(seat, workshop, by=by),
    )
