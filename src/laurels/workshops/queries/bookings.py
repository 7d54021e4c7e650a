"""What somebody bought: the order's places and seats with who comes, and where its money is."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from laurels.kernel.actor import Actor
from laurels.payments.models import Order
from laurels.workshops import rules
from laurels.workshops.models import Place, Seat, Workshop
from laurels.workshops.queries.words import dates_in_words, place_in_words, zone_in_words


@dataclass(frozen=True, slots=True)
class BookingRow:
    """One person's place: ``state`` is ``held``, ``open``, ``seat``, ``cancelled``, ``released`` or ``given-up``.

    ``dates`` where they are others than the booking's.

    Whoever sees the order and has signed in may open its seats: they bought them, or they sell them.
    """

    state: str
    name: str
    email: str
    place: Place | None
    seat: Seat | None
    is_own: bool
    can_open: bool = False
    dates: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """``money`` is ``held`` (being paid), ``lapsed`` (was held), ``due``, ``paid`` or ``cancelled``."""

    order: Order
    workshop: Workshop
    dates: str
    place: str
    rows: list[BookingRow]
    money: str
    held_until: str
    can_name: bool
    can_change_places: bool
    can_add: bool
    together: list[Order]

    @property
    def open_rows(self) -> list[BookingRow]:
        return [row for row in self.rows if row.state == "open"]

    @property
    def own_seat(self) -> Seat | None:
        """The reader's, where one of the seats is."""
        return next((row.seat for row in self.rows if row.is_own and row.state == "seat"), None)

    @property
    def can_change(self) -> bool:
        """Whether a seat can be opened, to move it, pass it on or give it back."""
        return any(row.can_open and row.state == "seat" for row in self.rows)

    @property
    def is_all_gone(self) -> bool:
        return all(row.state in ("cancelled", "released", "given-up") for row in self.rows)


def booking(order: Order, *, by: Actor, now: datetime) -> Booking | None:
    """The overview of an order loaded with its seller and payment; None where it was not for seats."""
    places = list(order.places.select_related("seat", "workshop__course", "workshop__provider").order_by("pk"))
    shown = [place.seat_id for place in places if place.seat_id]
    seats = list(
        order.seats.exclude(pk__in=shown).select_related("workshop__course", "workshop__provider").order_by("pk")
    )
    if not (places or seats):
        return None
    workshop = (places or seats)[0].workshop
    rows = [_place_row(place, workshop, by) for place in places]
    rows += [_seat_row(seat, None, workshop, by) for seat in seats]
    for place in places:
        place.order = order
    openings = [row.place for row in rows if row.state == "open" and row.place]
    return Booking(
        order=order,
        workshop=workshop,
        dates=dates_in_words(workshop),
        place=place_in_words(workshop) if any(row.is_own for row in rows) else "",
        rows=rows,
        money=_money(order, now),
        held_until=_clock(workshop, order.held_until) if order.held_until else "",
        can_name=bool(openings) and rules.why_not_name(openings[0], workshop, by=by) is None,
        can_change_places=bool(openings)
        and rules.why_not_change_place(openings[0], openings[0].workshop, by=by) is None,
        can_add=workshop.state in rules.NOT_BEGUN and rules.why_not_add_people(order, workshop, by=by) is None,
        together=_together(order),
    )


def is_for_seats(order: Order) -> bool:
    """Whether it was placed for seats; a surcharge, a renewal and the like were not."""
    return order.places.exists() or order.seats.exists()


def _together(order: Order) -> list[Order]:
    """The orders that this one was added to, or that were added to it."""
    one_booking = Q(added_to__to=order) | Q(additions__order=order) | Q(added_to__to__additions__order=order)
    return list(Order.objects.filter(one_booking).exclude(pk=order.pk).distinct().order_by("pk"))


def _place_row(place: Place, workshop: Workshop, by: Actor) -> BookingRow:
    if place.seat:
        return _seat_row(place.seat, place, workshop, by)
    dates = _other_dates(place, workshop)
    return BookingRow(place.state, place.name, place.email, place, None, is_own=False, dates=dates)


def _seat_row(seat: Seat, place: Place | None, workshop: Workshop, by: Actor) -> BookingRow:
    state = "cancelled" if seat.state not in Seat.FILLED else "seat"
    is_own = by.person_id is not None and seat.person_id == by.person_id
    email, can_open = place.email if place else "", by.person_id is not None
    dates = _other_dates(place or seat, workshop)
    return BookingRow(state, seat.name, email, place, seat, is_own, can_open, dates)


def _other_dates(one: Place | Seat, workshop: Workshop) -> str:
    return "" if one.workshop_id == workshop.pk else dates_in_words(one.workshop)


def _money(order: Order, now: datetime) -> str:
    if order.is_paid:
        return "paid"
    if order.cancelled_at:
        return "cancelled"
    if order.held_until is None:
        return "due"
    return "held" if order.held_until > now else "lapsed"


def _clock(workshop: Workshop, at: datetime) -> str:
    """``14:20 Europe/Berlin (UTC+2)``."""
    local = at.astimezone(ZoneInfo(workshop.zone))
    return f"{local:%H:%M} {zone_in_words(workshop, local)}"
