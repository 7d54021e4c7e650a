"""What is shown before a seat is given back, moved or given to a colleague: the quote, and the terms it comes from."""

from dataclasses import dataclass
from datetime import datetime

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refusal
from laurels.workshops import rules
from laurels.workshops.models import Place, Seat, Workshop
from laurels.workshops.queries.terms import move_quote, refund_quote, terms_for, worth_of
from laurels.workshops.queries.words import dates_in_words
from laurels.workshops.rules import MoveQuote, RefundQuote, TermsLine

MOST_DATES = 40


@dataclass(frozen=True, slots=True)
class OtherDate:
    """Another date of the same course and provider with free seats; ``quote`` is what it costs to go there."""

    workshop: Workshop
    dates: str
    seats_left: int
    quote: MoveQuote | None = None
    why_not: Refusal | None = None


@dataclass(frozen=True, slots=True)
class AfterPage:
    """The head of every page about a seat after booking, with the terms that hold for it."""

    seat: Seat | Place
    workshop: Workshop
    dates: str
    worth: Money
    is_paid: bool
    is_buyer: bool
    is_staff: bool
    terms: list[TermsLine]
    why_not: Refusal | None


@dataclass(frozen=True, slots=True)
class CancelPage(AfterPage):
    quote: RefundQuote


@dataclass(frozen=True, slots=True)
class MovePage(AfterPage):
    others: list[OtherDate]


def cancel_page(seat: Seat, *, by: Actor, now: datetime) -> CancelPage:
    why_not = rules.why_not_cancel_seat(seat, seat.workshop, by=by)
    quote = refund_quote(seat, seat.workshop, now=now)
    return CancelPage(*_head(seat, why_not, by=by, now=now), quote)


def move_page(seat: Seat, *, by: Actor, now: datetime) -> MovePage:
    why_not = rules.why_not_move_seat(seat, seat.workshop, by=by)
    others = [] if why_not else other_dates(seat.workshop, 1, now=now)
    return MovePage(*_head(seat, why_not, by=by, now=now), [_with_quote(seat, one, by=by, now=now) for one in others])


def cancel_place_page(place: Place, *, by: Actor, now: datetime) -> CancelPage:
    """The same for a place that has no name yet."""
    why_not = rules.why_not_change_place(place, place.workshop, by=by)
    quote = refund_quote(place, place.workshop, now=now)
    return CancelPage(*_head(place, why_not, by=by, now=now), quote)


def move_place_page(place: Place, *, by: Actor, now: datetime) -> MovePage:
    why_not = rules.why_not_change_place(place, place.workshop, by=by)
    others = [] if why_not else other_dates(place.workshop, 1, now=now)
    return MovePage(*_head(place, why_not, by=by, now=now), [_with_quote(place, one, by=by, now=now) for one in others])


def substitute_page(seat: Seat, *, by: Actor, now: datetime) -> AfterPage:
    return AfterPage(*_head(seat, rules.why_not_substitute(seat, seat.workshop, by=by), by=by, now=now))


def other_dates(workshop: Workshop, seats: int, *, now: datetime) -> list[OtherDate]:
    """Other dates of the same course, provider and currency with room for so many, the soonest first."""
    same = Workshop.objects.upcoming(now).filter(
        provider=workshop.provider_id, course=workshop.course_id, currency=workshop.currency
    )
    open_to_all = same.exclude(pk=workshop.pk).exclude(sale__invite_code__gt="")
    found = open_to_all.select_related("course").with_seats_filled().soonest_first()[:MOST_DATES]
    return [OtherDate(one, dates_in_words(one), one.seats_left()) for one in found if one.seats_left() >= seats]


def _with_quote(seat: Seat | Place, other: OtherDate, *, by: Actor, now: datetime) -> OtherDate:
    quote = move_quote(seat, seat.workshop, other.workshop, now=now)
    why_not = rules.why_not_move_to(seat, seat.workshop, other.workshop, quote, by=by)
    shown = None if isinstance(quote, Refusal) else quote
    return OtherDate(other.workshop, other.dates, other.seats_left, shown, why_not)


def _head(
    seat: Seat | Place, why_not: Refusal | None, *, by: Actor, now: datetime
) -> tuple[Seat | Place, Workshop, str, Money, bool, bool, bool, list[TermsLine], Refusal | None]:
    workshop, order = seat.workshop, seat.order
    currency = order.currency if order else workshop.currency
    return (
        seat,
        workshop,
        dates_in_words(workshop),
        worth_of(seat, workshop),
        order is not None and order.is_paid,
        order is not None and order.buyer_id == by.person_id,
        by.has("staff", at=workshop.provider_id),
        terms_for(seat, workshop).lines(currency, workshop.starts_on, workshop.day_of(now)),
        why_not,
    )
