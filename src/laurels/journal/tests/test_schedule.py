import threading
from datetime import timedelta

import pytest
from django.db import connections

from laurels.journal import worker
from laurels.journal.actions import periodic
from laurels.journal.models import Periodic
from laurels.journal.tests import jobs

HOUR = timedelta(hours=1)


@pytest.fixture
def schedule(monkeypatch):
    """Only one periodic job: a tick an hour."""
    jobs.done.clear()
    for name in list(periodic):
        monkeypatch.delitem(periodic, name)
    monkeypatch.setitem(periodic, "test.tick", (jobs.tick, HOUR))


def test_the_table_becomes_what_the_code_says(world, schedule):
    Periodic.objects.create(name="test.gone", next_at=world.morning)

    worker.fill_schedule(now=world.morning)
    worker.fill_schedule(now=world.noon)

    assert list(Periodic.objects.values_list("name", "next_at")) == [("test.tick", world.morning)]


def test_a_job_comes_again_and_missed_turns_are_not_made_up(world, schedule):
    worker.fill_schedule(now=world.morning)

    assert [worker.queue_due(now=world.morning) for _ in range(2)] == [1, 0]
    assert worker.queue_due(now=world.morning + HOUR - timedelta(seconds=1)) == 0
    assert worker.queue_due(now=world.morning + 7 * HOUR) == 1
    assert worker.queue_due(now=world.morning + 7 * HOUR) == 0
    worker.drain()
    assert jobs.done == ["tick", "tick"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_queues_a_turn(world, schedule):
    worker.fill_schedule(now=world.morning)
    gate = threading.Barrier(6)
    queued = []

    def tend():
        gate.wait()
        queued.append(worker.queue_due(now=world.morning))
        connections.close_all()

    threads = [threading.Thread(target=tend) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(queued) == [0, 0, 0, 0, 0, 1]
