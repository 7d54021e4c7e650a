import threading
from dataclasses import dataclass

import pytest
from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from laurels.journal.actions import reactions, record
from laurels.journal.models import Entry
from laurels.journal.tests import jobs
from laurels.kernel.actor import Actor

SYSTEM = Actor.of_system("test")


@dataclass(frozen=True, slots=True)
class KettleBoiled:
    kettle_id: int


def boil(world, kettle=1):
    with transaction.atomic():
        return record("kettle:1", KettleBoiled(kettle), by=SYSTEM, at=world.morning)


def test_facts_stand_in_the_order_in_which_they_happened(world):
    first, second = boil(world, 1), boil(world, 2)

    assert [(e.seq, e.payload, e.by, e.at) for e in Entry.objects.about("kettle:1")] == [
        (1, {"kettle_id": 1}, "system:test", world.morning),
        (2, {"kettle_id": 2}, "system:test", world.morning),
    ]
    assert list(Entry.objects.about("kettle:1").after(first.seq)) == [second]
    assert list(Entry.objects.of(KettleBoiled).order_by("pk")) == [first, second]


@pytest.mark.django_db(transaction=True)
def test_a_fact_needs_the_transaction_of_its_change(world):
    with pytest.raises(transaction.TransactionManagementError, match="inside"):
        record("kettle:1", KettleBoiled(1), by=SYSTEM, at=world.morning)


def test_what_follows_is_queued_with_the_fact_or_not_at_all(world, monkeypatch):
    monkeypatch.setitem(reactions, "tests.KettleBoiled", [jobs.note])

    with transaction.atomic():
        boil(world)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()

    entry = boil(world)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [entry.pk]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap_and_no_repeat(world):
    gate = threading.Barrier(8)

    def tell():
        gate.wait()
        for kettle in range(5):
            boil(world, kettle)
        connections.close_all()

    threads = [threading.Thread(target=tell) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [entry.seq for entry in Entry.objects.about("kettle:1")] == list(range(1, 41))
