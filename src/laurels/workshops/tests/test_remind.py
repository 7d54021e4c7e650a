"""Reminders before class: on their morning, once each, never about what is over, going on where a run broke off."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.db.utils import OperationalError

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.workshops.actions import book, cancel, cancel_seat, change, plan_reminders, remind, tell_joining
from laurels.workshops.models import Reminder, ReminderPlan, SeatQuerySet, Workshop
from laurels.workshops.tests.test_moves import values_of
from tests.world.cast import World

SYSTEM = Actor.of_system("test")
# The class is on 15 and 16 April in Berlin; eight o'clock there is six in UTC by then.
CLASS = datetime(2026, 4, 15, 6, tzinfo=UTC)


def run(days_before, **later):
    return remind(by=SYSTEM, now=CLASS - timedelta(days=days_before) + timedelta(**later))


def told():
    rows = Letter.objects.filter(key__startswith="workshop-").order_by("pk").values_list("key", "to")
    return [(key.removeprefix("workshop-"), to.partition("@")[0]) for key, to in rows]


@pytest.fixture
def seat(world):
    return book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)


def test_each_reminder_comes_on_its_morning_once(seat):
    written = [run(days, minutes=minutes) for days in range(20, -3, -1) for minutes in (-1, 0, 1)]

    assert sum(written) == 3
    assert told() == [("prepare", "ada"), ("joining", "ada"), ("reminder", "ada")]
    assert [one.at for one in Reminder.objects.order_by("pk")] == [CLASS - timedelta(days=days) for days in (14, 3, 1)]


def test_the_letters_say_how_to_get_in_on_the_readers_clock(world, seat):
    world.ada.zone = "America/New_York"
    world.ada.save()
    tell_joining(world.workshop, "Ring **Tess**: [the door](https://door.example)", by=world.tess.actor, now=world.noon)

    run(14)
    run(3)

    prepare, joining = Letter.objects.filter(key__startswith="workshop-").order_by("pk")
    assert f"/journey/{seat.public_id}/ready" in prepare.text
    assert "Wednesday 15 April 2026, 09:00–10:30 Europe/Berlin (UTC+2) – for you 03:00–04:30 America/New_York" in (
        joining.text
    )
    assert "Ring Tess: the door: https://door.example" in joining.text
    assert [one.name for one in joining.attachments.all()] == ["workshop.ics"]


def test_whoever_books_after_it_was_due_gets_the_next_one(world):
    book(world.workshop, world.ada, by=world.ada.actor, now=CLASS - timedelta(days=2))

    assert [run(2, hours=1), run(1)] == [0, 1]
    assert told() == [("reminder", "ada")]


def test_a_worker_that_slept_sends_the_latest_and_leaves_the_others(seat):
    assert run(2) == 1
    assert told() == [("joining", "ada")]


def test_nobody_is_reminded_of_what_does_not_happen(world, seat):
    grace = book(world.workshop, world.grace, by=world.grace.actor, now=world.morning)
    cancel_seat(grace, by=world.grace.actor, now=world.noon)
    off = world.workshop_with()
    book(off, world.ada, by=world.ada.actor, now=world.morning)
    cancel(off, "Ill.", by=world.sam.actor, now=world.noon)
    world.workshop_with(state=Workshop.State.DRAFT)

    run(3)

    assert told() == [("joining", "ada")]


def test_another_date_has_reminders_of_its_own(world, seat):
    run(3)
    later = values_of(world.workshop, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5))
    change(world.workshop, **later, by=world.sam.actor, now=CLASS - timedelta(days=2))

    assert run(1) == 0
    assert remind(by=SYSTEM, now=datetime(2026, 5, 1, 6, tzinfo=UTC)) == 1
    assert told() == [("joining", "ada"), ("joining", "ada")]


def test_a_run_that_broke_off_goes_on_and_writes_nothing_twice(world, seat):
    book(world.workshop, world.grace, by=world.grace.actor, now=world.morning)
    seen = []

    def fail_at_the_second(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "workshops_reminder"'):
            seen.append(sql)
            if len(seen) == 2:
                raise OperationalError("the power went")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail_at_the_second), pytest.raises(OperationalError):
        run(3)
    assert told() == [("joining", "ada")]

    assert [run(3), run(3)] == [1, 0]
    assert told() == [("joining", "ada"), ("joining", "grace")]


def test_somebody_without_an_address_keeps_nobody_from_theirs(world, seat):
    world.ada.addresses.all().delete()
    book(world.workshop, world.grace, by=world.grace.actor, now=world.morning)

    assert [run(3), run(3)] == [2, 0]
    assert told() == [("joining", "grace")]
    assert Reminder.objects.get(seat=seat).letter is None


def test_a_provider_plans_its_own_days(world, seat):
    plan = {"prepare_days": None, "joining_days": 5, "eve_days": 2}
    plan_reminders(world.harbour, **plan, by=world.sam.actor, now=world.noon)

    assert [run(14), run(5), run(3), run(2), run(1)] == [0, 1, 0, 1, 0]
    assert told() == [("joining", "ada"), ("reminder", "ada")]


@pytest.mark.parametrize(
    ("who", "days", "code"),
    [
        ("mallory", {}, "not-staff"),
        ("tess", {}, "not-staff"),
        ("sam", {"joining_days": 0}, "days"),
        ("sam", {"joining_days": 61}, "days"),
        ("sam", {"joining_days": 1}, "same-day"),
    ],
)
def test_a_plan_that_cannot_be(world, who, days, code):
    plan = {"prepare_days": 14, "joining_days": 3, "eve_days": 1, **days}

    with pytest.raises(Refused) as refused:
        plan_reminders(world.harbour, **plan, by=getattr(world, who).actor, now=world.noon)

    assert refused.value.refusal.code == code
    assert not ReminderPlan.objects.exists()


def test_few_queries_for_a_class_that_has_nothing_due(world, seat, django_assert_num_queries):
    for _other in range(3):
        world.workshop_with()
    with django_assert_num_queries(1):
        run(30)


class Race:
    """Four workers at the same moment."""

    WORKERS = 4

    def __init__(self):
        self.world = World()
        people = [self.world.person(f"Learner {n}", f"learner{n}@people.example") for n in range(5)]
        for person in people:
            book(self.world.workshop, person, by=person.actor, now=self.world.morning)

    def run(self):
        together = Barrier(self.WORKERS)

        def work(_number):
            together.wait()
            try:
                return run(3)
            except Exception as failed:
                return type(failed).__name__
            finally:
                connections.close_all()

        with ThreadPoolExecutor(self.WORKERS) as pool:
            return list(pool.map(work, range(self.WORKERS)))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_four_workers_remind_everybody_once():
    race = Race()

    counts = race.run()

    assert sum(counts) == 5
    assert Letter.objects.filter(key="workshop-joining").count() == Reminder.objects.count() == 5


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_workers_fall_over_one_another(monkeypatch):
    """The constraint still keeps each reminder to one, but a run breaks off (SQLite writes one at a time)."""
    race = Race()
    monkeypatch.setattr(SeatQuerySet, "lock", lambda self, pk: self.get(pk=pk))

    counts = race.run()

    assert Reminder.objects.count() == 5 or "IntegrityError" in counts
    assert "IntegrityError" in counts or connection.vendor == "sqlite"
