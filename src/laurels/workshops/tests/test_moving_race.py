"""The last seats of a date, wanted by some who move there and some who book: the same on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, connections

from laurels.kernel.refusal import Refused
from laurels.workshops.actions import book, move_seat
from laurels.workshops.models import Seat, Workshop, WorkshopQuerySet
from tests.world.cast import World

EACH, FREE = 10, 3
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def together(asks):
    """All at once; what each was told."""
    barrier = Barrier(len(asks))

    def ask(one):
        barrier.wait()
        try:
            return one().pk
        except Refused as refused:
            return refused.refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(asks)) as pool:
        return list(pool.map(ask, asks))


@pytest.fixture
def crowd(transactional_db):
    """Ten have seats in April, ten have none, and three seats are free in May."""
    world = World()
    april = world.workshop_with(capacity=40)
    may = world.workshop_with(capacity=FREE, starts_on=date(2026, 5, 20), ends_on=date(2026, 5, 21))
    people = [world.person(f"Person {number}", f"p{number}@people.example") for number in range(2 * EACH)]
    seats = [book(april, person, by=person.actor, now=world.morning) for person in people[:EACH]]
    moving = [(seat, person.actor) for seat, person in zip(seats, people, strict=False)]
    booking = [(person, person.actor) for person in people[EACH:]]

    def move(seat, actor):
        return lambda: move_seat(seat, may, by=actor, now=world.noon)

    def take(person, actor):
        return lambda: book(may, person, by=actor, now=world.noon)

    return april, may, [*(move(*one) for one in moving), *(take(*one) for one in booking)]


def test_never_more_people_than_seats_and_nobody_in_both(crowd):
    april, may, asks = crowd

    told = together(asks)

    assert told.count("full") == 2 * EACH - FREE
    assert may.seats.filled().count() == FREE
    moved = may.seats.filled().filter(replaces__isnull=False).count()
    assert april.seats.filled().count() == EACH - moved


def test_one_seat_moved_by_twenty_clicks_is_moved_once(crowd):
    april, may, asks = crowd

    told = together(asks[:1] * 20)

    assert len(set(told)) == 1
    assert (may.seats.filled().count(), april.seats.filled().count(), Seat.objects.count()) == (1, EACH - 1, EACH + 1)


def test_control_without_the_lock_postgresql_oversells(crowd, monkeypatch):
    """The guard is what holds: switched off, too many are on that date (SQLite writes one at a time)."""
    _april, may, asks = crowd
    monkeypatch.setattr(WorkshopQuerySet, "lock", lambda self, pk: Workshop.objects.get(pk=pk))

    together(asks)

    filled = may.seats.filled().count()
    assert filled == FREE if connection.vendor == "sqlite" else filled > FREE
