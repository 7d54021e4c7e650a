import os
import subprocess
import sys
import threading
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from laurels.journal import worker
from laurels.journal.tests import jobs


@pytest.fixture(autouse=True)
def _fresh():
    jobs.done.clear()
    jobs.failures.clear()


def make_ready(job):
    DBTaskResult.objects.filter(pk=job.pk).update(run_after=timezone.now())


def job_of(result):
    return DBTaskResult.objects.get(pk=result.id)


def running(result, *, by, since=timedelta()):
    """As a worker ``by`` would have left the task that it began ``since`` ago."""
    job = job_of(result)
    job.claim(by)
    DBTaskResult.objects.filter(pk=job.pk).update(started_at=timezone.now() - since)
    return job_of(result)


def test_drain_runs_what_is_ready_and_what_it_queues(db):
    jobs.note_and_queue.enqueue("first")
    jobs.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue("later")

    assert worker.drain() == 2
    assert jobs.done == ["first", "after first"]
    assert worker.drain() == 0


def test_a_task_that_fails_twice_then_succeeds(db):
    result = jobs.fail.enqueue(2)
    waits = []
    for _attempt in range(2):
        before = timezone.now()
        assert worker.drain() == 1
        job = job_of(result)
        assert (job.status, job.exception_class_path) == ("READY", "builtins.RuntimeError")
        waits.append(round((job.run_after - before).total_seconds()))
        assert worker.drain() == 0, "not before its time"
        make_ready(job)

    assert worker.drain() == 1
    assert waits == [5, 30]
    assert (job_of(result).status, jobs.done, len(job_of(result).worker_ids)) == ("SUCCESSFUL", ["at last"], 3)


def test_after_five_tries_a_task_has_failed_and_stays_so(db):
    result = jobs.fail.enqueue(99)
    for _attempt in range(worker.TRIES):
        assert worker.drain() == 1
        make_ready(result_job := job_of(result))

    assert (result_job.status, len(result_job.worker_ids)) == ("FAILED", 5)
    assert "not yet" in result_job.traceback
    assert worker.drain() == 0
    assert worker.reap(now=timezone.now()) == 0


def test_a_strict_drain_says_what_failed(db):
    jobs.fail.enqueue(1)

    with pytest.raises(worker.TaskFailed, match=r"jobs\.fail") as caught:
        worker.drain(is_strict=True)
    assert str(caught.value.__cause__) == "not yet"


def test_a_task_that_no_longer_exists_fails_by_itself_and_holds_up_nobody(db):
    lost = jobs.note.enqueue("lost")
    DBTaskResult.objects.filter(pk=lost.id).update(task_path="laurels.journal.tests.jobs.gone")
    jobs.note.enqueue("next")

    worker.drain()

    assert jobs.done == ["next"]
    assert "ImportError" in job_of(lost).exception_class_path


def test_a_task_can_know_which_try_it_is(db):
    jobs.count_tries.enqueue()
    worker.drain()
    assert jobs.done == [1]


def dead_worker():
    """The id of a worker whose process has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return worker.Worker().id.replace(f":{os.getpid()}:", f":{process.pid}:")


def test_what_a_killed_worker_left_is_taken_back_at_once(db):
    result = running(jobs.note.enqueue("again"), by=dead_worker())

    assert worker.reap(now=timezone.now()) == 1
    job = job_of(result)
    assert (job.status, "was killed" in job.traceback) == ("READY", True)
    make_ready(job)
    worker.drain()
    assert jobs.done == ["again"]


def test_a_living_worker_keeps_its_task_and_a_silent_stranger_loses_it(db):
    ours, theirs = worker.Worker().id, "elsewhere:7:abcd"
    worker._living.add(ours)
    running(jobs.note.enqueue("ours"), by=ours)
    running(jobs.note.enqueue("theirs"), by=theirs)
    assert worker.reap(now=timezone.now()) == 0

    worker._living.discard(ours)
    assert worker.reap(now=timezone.now()) == 1, "a worker of this process that is gone"
    assert worker.reap(now=timezone.now() + worker.ABANDONED_AFTER) == 1


def test_a_task_that_kills_every_worker_fails_in_the_end(db):
    result = jobs.die.enqueue()
    for _attempt in range(worker.TRIES):
        running(result, by=dead_worker())
        assert worker.reap(now=timezone.now()) == 1

    assert job_of(result).status == "FAILED"


def test_a_task_that_came_through_late_is_not_taken_back(db):
    result = jobs.note.enqueue("slow")
    job = running(result, by="elsewhere:7:abcd", since=timedelta(hours=1))
    job_of(result).set_successful(None)

    assert not worker.try_again(job, now=timezone.now())
    assert job_of(result).status == "SUCCESSFUL"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_double_nothing():
    for number in range(40):
        jobs.note.enqueue(str(number))

    def work():
        worker.drain()
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(int, jobs.done)) == list(range(40))


@pytest.mark.django_db(transaction=True)
def test_a_worker_in_a_thread_starts_within_moments_and_ends_when_told():
    inside = worker.start_thread()
    jobs.note.enqueue("hello")
    for _moment in range(60):
        if jobs.done:
            break
        threading.Event().wait(0.05)

    assert jobs.done == ["hello"]
    inside.stop()
    [thread] = [thread for thread in threading.enumerate() if thread.name == "laurels-worker"]
    thread.join(5)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing():
    """A real process dies of SIGKILL inside a task; the next worker takes the task back."""
    result = jobs.die.enqueue()
    script = "import django; django.setup(); from laurels.journal.worker import drain; drain()"
    settings = connection.settings_dict
    url = f"sqlite://{settings['NAME']}" if connection.vendor == "sqlite" else _url(settings)
    killed = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "laurels.web.settings"},
        check=False,
    )

    assert killed.returncode == -9
    assert job_of(result).status == "RUNNING"
    assert worker.reap(now=timezone.now()) == 1
    assert job_of(result).status == "READY"


def _url(settings):
    """The test database, for a process of its own."""
    user, password = quote(settings["USER"]), quote(settings["PASSWORD"])
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgresql://{user}:{password}@{port}/{settings['NAME']}?host={quote(settings['HOST'])}"
