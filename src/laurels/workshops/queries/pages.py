"""The pages of one workshop and one seat, as visitors and learners see them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.safestring import SafeString

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person
from laurels.programmes.queries.needs import needs_of
from laurels.programmes.rules import Need
from laurels.workshops import rules
from laurels.workshops.models import Choice, Seat, Workshop
from laurels.workshops.queries.offers import language_name
from laurels.workshops.queries.prices import Asked, asked_for
from laurels.workshops.queries.telling import joining_drawn
from laurels.workshops.queries.terms import terms_for
from laurels.workshops.queries.words import Day, dates_in_words, days_of, midday, place_in_words, zone_in_words
from laurels.workshops.rules import Running, TermsLine


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
    why_not_book: Refusal | None
    own_seat: Seat | None
    before: list[Need]
    terms: list[TermsLine]
    running: Running


@dataclass(frozen=True, slots=True)
class SeatPage:
    seat: Seat
    workshop: Workshop
    days: list[Day]
    dates: str
    zone: str
    place: str
    joining: SafeString
    shows_money: bool
    why_not_cancel: Refusal | None
    why_not_move: Refusal | None
    why_not_substitute: Refusal | None
    terms: list[TermsLine]
    running: Running
    is_buyer: bool
    instead: Seat | None
    choice: Choice | None

    @property
    def is_due(self) -> bool:
        order = self.seat.order
        return order is not None and not order.is_paid and order.cancelled_at is None


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
        why_not_book=rules.why_not_book(workshop, by=by, now=now),
        own_seat=own,
        before=needs_of(workshop.course.scheme, by.person_id, now),
        terms=_terms_of(workshop, now),
        running=rules.running(workshop, workshop.count_filled(), today=workshop.day_of(now)),
    )


def seat_page(seat: Seat, *, by: Actor, now: datetime) -> SeatPage:
    """``instead`` is the seat that took this one's place, for whoever may see it."""
    workshop, order = seat.workshop, seat.order
    currency = order.currency if order else workshop.currency
    is_buyer = order is not None and order.buyer_id == by.person_id
    # The link of an online workshop is for whoever sits there, and for those who run it.
    is_there = seat.person_id == by.person_id or Workshop.objects.run_by(by).filter(pk=workshop.pk).exists()
    place = place_in_words(workshop) if is_there or workshop.mode == Workshop.Mode.IN_PERSON else ""
    days = days_of(workshop, workshop.curriculum.blocks.in_order())
    return SeatPage(
        seat=seat,
        workshop=workshop,
        days=days,
        dates=dates_in_words(workshop),
        zone=zone_in_words(workshop, days[0].starts if days else midday(workshop)),
        place=place,
        joining=joining_drawn(workshop) if seat.state in Seat.FILLED else SafeString(""),
        # What others pay is none of the learner's business.
        shows_money=seat.order is not None
        and (seat.order.is_bought_by(by) or by.has("staff", at=workshop.provider_id)),
        why_not_cancel=rules.why_not_cancel_seat(seat, workshop, by=by),
        why_not_move=rules.why_not_move_seat(seat, workshop, by=by),
        why_not_substitute=rules.why_not_substitute(seat, workshop, by=by),
        terms=terms_for(seat, workshop).lines(currency, workshop.starts_on, workshop.day_of(now)),
        running=rules.running(workshop, workshop.count_filled(), today=workshop.day_of(now)),
        is_buyer=is_buyer,
        instead=Seat.objects.visible_to(by).filter(replaces=seat).first() if seat.is_given_up else None,
        choice=_open_choice(seat, by),
    )


def _terms_of(workshop: Workshop, now: datetime) -> list[TermsLine]:
    """For a workshop loaded with its sale."""
    sale = getattr(workshop, "sale", None)
    terms = rules.terms_of(sale.terms if sale else {})
    return terms.lines(workshop.currency, workshop.starts_on, workshop.day_of(now))


def _open_choice(seat: Seat, by: Actor) -> Choice | None:
    if seat.workshop.state != Workshop.State.CANCELLED:
        return None
    of_seat = Q(order=seat.order_id) if seat.order_id else Q(person=seat.person_id)
    mine = Choice.objects.visible_to(by).filter(of_seat, workshop=seat.workshop)
    return mine.exclude(answer__in=[Choice.Answer.MOVE, Choice.Answer.REFUND]).first()
