from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from laurels.journal.models import Entry
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments.actions import mark_paid
from laurels.payments.models import Order
from laurels.workshops import facts
from laurels.workshops.actions import book, book_somebody, cancel_seat
from laurels.workshops.models import Seat


def test_a_free_seat_is_taken_at_once(world):
    seat = book(world.workshop, world.ada, company=" Engines  Ltd ", by=world.ada.actor, now=world.morning)

    assert (seat.name, seat.company, seat.state, seat.order) == ("Ada Lovelace", "Engines Ltd", "taken", None)
    assert Entry.objects.of(facts.SeatTaken).get().payload == {"workshop_id": world.workshop.pk, "seat_id": seat.pk}


def test_a_seat_with_a_price_comes_with_an_order_due_in_14_days(world):
    seat = book(world.workshop_with(price_minor=99_900), world.ada, by=world.ada.actor, now=world.morning)

    assert seat.order.amount == Money(99_900, "EUR")
    assert (seat.order.due_on, seat.order.buyer, seat.order.seller) == (date(2026, 3, 16), world.ada, world.harbour)
    assert seat.order.description == "Seat in Certified Scrum Product Owner, 15 April 2026"


def test_asking_twice_gives_the_same_seat_and_one_order(world):
    workshop = world.workshop_with(price_minor=99_900)

    first = book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    second = book(workshop, world.ada, by=world.sam.actor, now=world.noon)

    assert second == first
    assert (Seat.objects.count(), Order.objects.count()) == (1, 1)
    assert Entry.objects.of(facts.SeatTaken).count() == 1


def test_the_last_seat_goes_to_whoever_asks_first(world):
    book(world.almost_full, world.ada, by=world.ada.actor, now=world.morning)

    with pytest.raises(Refused, match="Every seat is taken"):
        book(world.almost_full, world.grace, by=world.grace.actor, now=world.morning)

    assert [seat.person for seat in world.almost_full.seats.filled()] == [world.ada]


def test_nobody_books_for_somebody_else_but_staff(world):
    for somebody in (world.grace, world.mallory, world.tess):
        with pytest.raises(Refused, match="for yourself"):
            book(world.workshop, world.ada, by=somebody.actor, now=world.morning)
    assert book(world.workshop, world.ada, by=world.sam.actor, now=world.morning).person == world.ada


def test_an_outsider_is_not_told_of_a_seat_that_exists(world):
    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)

    with pytest.raises(Refused, match="for yourself"):
        book(world.workshop, world.ada, by=world.mallory.actor, now=world.morning)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("draft", "not announced"),
        ("running", "has begun"),
        ("held", "has been held"),
        ("closed", "is over"),
        ("cancelled", "is cancelled"),
    ],
)
def test_only_open_workshops_are_booked(world, state, words):
    with pytest.raises(Refused, match=words):
        book(world.workshop_with(state=state), world.ada, by=world.ada.actor, now=world.morning)


@pytest.mark.parametrize("state", ["announced", "confirmed", "running", "held"])
def test_staff_seat_whoever_walked_in(world, state):
    seat = book_somebody(
        world.workshop_with(state=state), "new@people.example", name="Newt", by=world.sam.actor, now=world.after_class
    )

    assert (seat.name, seat.person.name) == ("Newt", "Newt")


def test_booking_ends_with_the_first_day(world):
    with pytest.raises(Refused, match="has begun"):
        book(world.workshop, world.ada, by=world.ada.actor, now=datetime(2026, 4, 16, 9, tzinfo=UTC))


def test_a_person_without_a_name_gives_one_and_keeps_it(world):
    nameless = world.person("", "nameless@people.example")

    with pytest.raises(Refused, match="Tell the name"):
        book(world.workshop, nameless, by=nameless.actor, now=world.morning)
    book(world.workshop, nameless, name=" Nora  Nameless ", by=nameless.actor, now=world.morning)

    nameless.refresh_from_db()
    assert nameless.name == "Nora Nameless"


def test_the_database_itself_refuses_a_second_seat(world):
    seat = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)

    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(workshop=seat.workshop, person=seat.person, name="Again", taken_at=world.noon)


def test_a_seat_given_back_is_free_for_others_and_owes_nothing(world):
    workshop = world.workshop_with(capacity=1, price_minor=500)
    seat = book(workshop, world.ada, by=world.ada.actor, now=world.morning)

    cancelled = cancel_seat(seat, by=world.ada.actor, now=world.noon)

    assert (cancelled.state, cancelled.cancelled_at) == (Seat.State.CANCELLED, world.noon)
    assert list(Order.objects.due()) == []
    assert cancel_seat(seat, by=world.ada.actor, now=world.after_class).cancelled_at == world.noon
    assert Entry.objects.of(facts.SeatCancelled).count() == 1
    assert book(workshop, world.grace, by=world.grace.actor, now=world.noon).person == world.grace


def test_whoever_gave_a_seat_back_may_book_again(world):
    first = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    cancel_seat(first, by=world.ada.actor, now=world.morning)

    assert book(world.workshop, world.ada, by=world.ada.actor, now=world.noon) != first


def test_paid_money_stays_on_record(world):
    seat = book(world.workshop_with(price_minor=500), world.ada, by=world.ada.actor, now=world.morning)
    mark_paid(seat.order, by=world.sam.actor, now=world.morning)

    cancel_seat(seat, by=world.ada.actor, now=world.noon)

    assert [order.cancelled_at for order in Order.objects.paid()] == [None]


def test_only_the_person_and_staff_give_a_seat_back_and_only_before_it_begins(world):
    seat = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    for somebody in (world.grace, world.mallory, world.tess, world.bo):
        with pytest.raises(Refused, match="Only whoever has the seat"):
            cancel_seat(seat, by=somebody.actor, now=world.noon)

    world.workshop.state = "running"
    world.workshop.save()
    with pytest.raises(Refused, match="has begun"):
        cancel_seat(seat, by=world.ada.actor, now=world.noon)
