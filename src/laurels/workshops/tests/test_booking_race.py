"""Forty people, five seats, one moment: the same on both engines."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from laurels.kernel.refusal import Refused
from laurels.payments.models import Order
from laurels.workshops.actions import book
from laurels.workshops.models import Seat, Workshop, WorkshopQuerySet
from tests.world.cast import World

BUYERS, SEATS = 40, 5
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def rush(workshop, people, now):
    """Everybody books at once; what each was told."""
    together = Barrier(len(people))
    asked = [(person, person.actor) for person in people]

    def ask(person_and_actor):
        person, actor = person_and_actor
        together.wait()
        try:
            return book(workshop, person, by=actor, now=now).pk
        except Refused as refused:
            return refused.refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(ask, asked))


@pytest.fixture
def crowd(transactional_db):
    world = World()
    people = [world.person(f"Buyer {number}", f"buyer{number}@people.example") for number in range(BUYERS)]
    return world, people


def test_never_more_people_than_seats(crowd):
    world, people = crowd
    workshop = world.workshop_with(capacity=SEATS, price_minor=100)

    told = rush(workshop, people, world.morning)

    assert told.count("full") == BUYERS - SEATS
    assert workshop.seats.filled().count() == SEATS
    assert Order.objects.count() == SEATS


def test_one_person_clicking_forty_times_has_one_seat(crowd):
    world, people = crowd
    workshop = world.workshop_with(capacity=SEATS)

    told = rush(workshop, people[:1] * BUYERS, world.morning)

    assert len(set(told)) == 1
    assert Seat.objects.count() == 1


def test_control_without_the_lock_postgresql_oversells(crowd, monkeypatch):
    """The guard is what holds: switched off, the same rush gives out too many seats (SQLite writes one at a time)."""
    world, people = crowd
    workshop = world.workshop_with(capacity=SEATS)
    monkeypatch.setattr(WorkshopQuerySet, "lock", lambda self, pk: Workshop.objects.get(pk=pk))

    rush(workshop, people, world.morning)

    filled = workshop.seats.filled().count()
    assert filled == SEATS if connection.vendor == "sqlite" else filled > SEATS
