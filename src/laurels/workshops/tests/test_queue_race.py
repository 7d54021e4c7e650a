"""Freed seats, answers and time, all at one moment: the same on both engines, and what goes wrong without the locks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from laurels.kernel.refusal import Refused
from laurels.payments.actions import mark_paid
from laurels.payments.models import Refund
from laurels.workshops.actions import after as seats_actions
from laurels.workshops.actions import (
    book,
    cancel,
    cancel_seat,
    check_out,
    choose,
    feed_queue,
    join_queue,
    not_now,
    take_offer,
    tend_queues,
)
from laurels.workshops.models import Choice, Offer, Queue, QueuePlace, Seat, Workshop, WorkshopQuerySet
from laurels.workshops.models.queue import QueueQuerySet
from laurels.workshops.rules import Attendee, Basket
from laurels.workshops.tests.queueing import full_class, offers, waiting
from tests.world.cast import World

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(transactional_db):
    return World()


def at_once(*deeds):
    """All of them at the same moment; what each gave, or the code of its refusal."""
    together = Barrier(len(deeds))

    def do(deed):
        together.wait()
        try:
            return deed()
        except Refused as refused:
            return refused.refusal.code
        except (IntegrityError, OperationalError) as error:
            return type(error).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def free_without_feeding(workshop, count):
    """Seats that are free although people wait: what two workers then find."""
    for seat in workshop.seats.filled()[:count]:
        Seat.objects.filter(pk=seat.pk).update(state=Seat.State.CANCELLED)


@transaction.atomic
def feed(workshop, by, now):
    return len(feed_queue(Workshop.objects.lock(workshop.pk), by=by, now=now))


def test_eight_workers_offer_one_freed_seat_once(world):
    workshop, _seats = full_class(world)
    waiting(world, *(f"Waits{n}" for n in range(10)))
    free_without_feeding(workshop, 1)
    sam = world.sam.actor

    told = at_once(*[lambda: feed(workshop, sam, world.morning)] * 8)

    assert sorted(told) == [0] * 7 + [1]
    assert offers(workshop) == ["Waits0"]


def test_control_without_the_locks_one_seat_is_offered_more_than_once(world, monkeypatch):
    workshop, _seats = full_class(world)
    waiting(world, *(f"Waits{n}" for n in range(10)))
    free_without_feeding(workshop, 1)
    sam = world.sam.actor
    monkeypatch.setattr(WorkshopQuerySet, "lock", lambda self, pk: Workshop.objects.get(pk=pk))
    monkeypatch.setattr("laurels.workshops.actions.offers.lock_queue", lambda one: Queue.objects.of(one).first())

    told = at_once(*[lambda: feed(workshop, sam, world.morning)] * 8)

    # Without the locks the constraint of one open offer a person still holds, or not even one worker was too many.
    went_wrong = "IntegrityError" in told or Offer.objects.open().count() > 1
    assert went_wrong is (connection.vendor == "postgresql")


@pytest.mark.parametrize("nth", range(3))
def test_a_freed_seat_is_the_queues_however_many_strangers_book_at_once(world, nth):
    workshop, [seat] = full_class(world)
    waiting(world, "First", "Second")
    strangers = [world.person(f"Stranger {n}", f"s{n}@people.example") for n in range(12)]
    acting = [(one, one.actor) for one in strangers]
    grace = world.grace.actor
    deeds = [lambda who=who: book(workshop, who[0], by=who[1], now=world.noon) for who in acting]

    told = at_once(lambda: cancel_seat(seat, by=grace, now=world.noon), *deeds)

    assert told[1:] == ["full"] * 12
    assert (offers(workshop), workshop.seats.filled().count()) == (["First"], 0)


def test_control_a_seat_fed_only_afterwards_is_gone(world, monkeypatch):
    """Were the queue fed after the transaction that frees the seat, whoever books meanwhile would have it."""
    workshop, [seat] = full_class(world)
    waiting(world, "First")
    grace, ada = world.grace.actor, world.ada.actor
    monkeypatch.setattr(seats_actions, "feed_queue", lambda *_args, **_more: [])
    is_free = Event()

    def give_back():
        cancel_seat(seat, by=grace, now=world.noon)
        is_free.set()

    def stranger():
        is_free.wait(10)
        return book(workshop, world.ada, by=ada, now=world.noon).state

    assert at_once(give_back, stranger)[1] == Seat.State.TAKEN
    assert feed(workshop, grace, world.noon) == 0


@pytest.mark.parametrize("nth", range(3))
def test_of_taking_and_the_end_of_time_exactly_one_wins(world, nth):
    workshop, [seat] = full_class(world)
    waiting(world, "First", "Second")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    offer = Offer.objects.select_related("queue_place__person").get()
    actor, sam, ends = offer.person.actor, world.sam.actor, offer.expires_at
    basket = Basket((Attendee("First", offer.person.email),))
    just = timedelta(microseconds=1)

    told = at_once(
        lambda: take_offer(offer, basket, by=actor, now=ends - just) and "taken",
        lambda: tend_queues(by=sam, now=ends),
    )

    offer.refresh_from_db()
    if told[0] == "taken":
        assert (offer.state, workshop.seats.filled().count(), offers(workshop)) == ("taken", 1, [])
    else:
        assert (told[0], offer.state, offers(workshop)) == ("offer-expired", "expired", ["Second"])
    assert workshop.count_filled() == 1


def test_of_all_answers_at_once_one_counts(world):
    workshop, [seat] = full_class(world)
    waiting(world, "First", "Second")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    offer = Offer.objects.select_related("queue_place__person").get()
    actor = offer.person.actor
    basket = Basket((Attendee("First", offer.person.email),))

    told = at_once(
        *[lambda: take_offer(offer, basket, by=actor, now=world.noon) and "taken"] * 4,
        *[lambda: not_now(offer, by=actor, now=world.noon) and "not-now"] * 4,
    )

    offer.refresh_from_db()
    assert {answer for answer in told if answer in ("taken", "not-now")} == {str(offer.state)}
    assert (workshop.count_filled(), Seat.objects.filled().count()) == (1, int(offer.state == "taken"))


def crowd_joins(world):
    full_class(world)
    people = [world.person(f"Joins {n}", f"j{n}@people.example") for n in range(30)]
    acting = [(one, one.actor) for one in people]
    harbour, course = world.harbour, world.course
    join = [lambda who=who: join_queue(harbour, course, who[0], by=who[1], now=world.noon).turn for who in acting]
    return at_once(*join)


def test_thirty_who_join_at_once_stand_in_one_order(world):
    told = crowd_joins(world)
    assert sorted(told) == list(range(1, 31))
    assert QueuePlace.objects.live().count() == 30


def test_control_without_the_queues_lock_two_get_the_same_turn(world, monkeypatch):
    """The constraint refuses the second one: nobody loses their order, but somebody is turned away."""
    monkeypatch.setattr(QueueQuerySet, "lock", lambda self, pk: Queue.objects.get(pk=pk))
    monkeypatch.setattr("laurels.workshops.actions.queue.lock_workshops", lambda *_args: [])
    monkeypatch.setattr("laurels.workshops.actions.queue._wished", lambda *_args: [])
    told = crowd_joins(world)
    assert ("IntegrityError" in told) is (connection.vendor == "postgresql")


def test_waiting_first_taking_and_the_money_at_one_moment_end_as_one_of_them(world):
    workshop = world.workshop_with(price_minor=10_000)
    basket = Basket((Attendee("Ada", world.ada.email),), unnamed=1)
    order = check_out(workshop, world.ada, basket, by=world.ada.actor, now=world.morning).order
    mark_paid(order, by=world.sam.actor, now=world.morning)
    cancel(workshop, "The trainer is ill.", by=world.sam.actor, now=world.noon)
    coming, _seats = full_class(world, day=20, price_minor=10_000, capacity=2)
    choice = Choice.objects.get()
    others = [world.person(f"Q{n}", f"q{n}@queue.example") for n in range(4)]
    acting = [(one, one.actor) for one in others]
    ada, sam, now = world.ada.actor, world.sam.actor, world.noon
    harbour, course = world.harbour, world.course

    stays = [lambda: choose(choice, "stay", by=ada, now=now).answer for _click in range(3)]
    joins = [lambda one=one, by=by: join_queue(harbour, course, one, by=by, now=now).pk for one, by in acting]
    at_once(*stays, *joins)

    mine = QueuePlace.objects.get(person=world.ada)
    assert (QueuePlace.objects.count(), mine.goes_first, mine.seats) == (5, True, 2)
    for given in coming.seats.filled():
        cancel_seat(given, by=sam, now=now)
    tend_queues(by=sam, now=now + timedelta(days=2))
    offer = Offer.objects.open().filter(queue_place=mine).first()
    given = at_once(
        *([lambda: len(take_offer(offer, Basket(), by=ada, now=offer.made_at).seats)] if offer else []),
        lambda: choose(choice, "refund", by=ada, now=now + timedelta(days=2)).answer,
    )
    answer = Choice.objects.get().answer
    back = sum(Refund.objects.values_list("minor", flat=True))
    assert (answer, back) in {("refund", 20_000), ("move", 0)}, given
    assert Seat.objects.filled().filter(order=order).count() == (1 if answer == "move" else 0)
    assert not QueuePlace.objects.live().filter(person=world.ada).exists()
    assert coming.count_filled() <= coming.capacity
