"""Runs background tasks: in a thread of the server process, as ``laurels worker``, or here and now (``drain``).

django-tasks-db keeps the tasks, written in the transaction that wants them. Added here is what it leaves out: trying
again, taking over from a killed worker, and jobs that come again. A task may run more than once, so each is idempotent.
"""

import logging
import os
import secrets
import socket
import threading
import time
from datetime import datetime, timedelta
from multiprocessing.util import Finalize
from traceback import format_exception
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connections, transaction
from django.tasks import TaskContext, TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from laurels.journal.actions import periodic, pulses
from laurels.journal.models import Periodic

logger = logging.getLogger("laurels.worker")

# How long to wait after the first, second … failed try; one more failure and the task has failed.
BACK_OFF = [timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=3), timedelta(minutes=15)]
TRIES = len(BACK_OFF) + 1
ABANDONED_AFTER = timedelta(minutes=10)
IDLE_SECONDS = 0.2
TEND_SECONDS = 5.0
PATIENCE_SECONDS = 10.0
PULSE_SECONDS = 0.4

type Job = DBTaskResult[..., Any]

_living: set[str] = set()


class TaskFailed(Exception):
    """A task raised during a strict ``drain``; the cause is what it raised."""


class Worker:
    """Takes one task after the other until ``stop`` is called; a task that has begun is finished first."""

    def __init__(self) -> None:
        self.id = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
        self.stopping = threading.Event()
        self.tended = float("-inf")

    def run(self) -> None:
        _living.add(self.id)
        threading.Thread(target=self.beat, name="laurels-clock", daemon=True).start()
        while not self.stopping.is_set():
            try:
                is_busy = self.step()
            except (DatabaseError, InterfaceError):
                logger.exception("The database did not answer; trying again.")
                connections.close_all()
                self.stopping.wait(1)
                continue
            if not is_busy:
                close_old_connections()
                self.stopping.wait(IDLE_SECONDS)
        connections.close_all()
        _living.discard(self.id)

    def beat(self) -> None:
        """What must happen on the second happens beside the tasks: a long one must not make a bell ring late."""
        while not self.stopping.wait(PULSE_SECONDS):
            for pulse in pulses:
                try:
                    pulse(timezone.now())
                except Exception:
                    logger.exception("A pulse failed; the next one tries again.")
                    connections.close_all()
        connections.close_all()

    def step(self) -> bool:
        """Do one task if one is ready, and every few seconds look after schedule and abandoned tasks."""
        if self.tended == float("-inf"):
            fill_schedule(now=timezone.now())
        if time.monotonic() - self.tended > TEND_SECONDS:
            tend(now=timezone.now())
            self.tended = time.monotonic()
        job = claim(self.id)
        if job is not None:
            perform(job)
        return job is not None

    def stop(self) -> None:
        self.stopping.set()


def start_thread() -> Worker:
    """A worker in a thread of this process; it ends, after its current task, when the process does."""
    worker = Worker()
    thread = threading.Thread(target=worker.run, name="laurels-worker", daemon=True)
    thread.start()

    def end() -> None:
        worker.stop()
        thread.join(PATIENCE_SECONDS)

    Finalize(None, end, exitpriority=100)
    return worker


def drain(*, is_strict: bool = False) -> int:
    """Run all tasks that are ready, and those they queue, in this thread; how many ran.

    A task that fails waits for its next try as usual; with ``is_strict`` it raises TaskFailed.
    """
    worker, done = Worker(), 0
    _living.add(worker.id)
    while job := claim(worker.id):
        problem = perform(job)
        if problem and is_strict:
            raise TaskFailed(job.task_path) from problem
        done += 1
    _living.discard(worker.id)
    return done


def claim(worker_id: str) -> Job | None:
    """The next ready task, now ours. Two workers never get the same one: SKIP LOCKED, or SQLite's one writer."""
    ready = DBTaskResult.objects.ready()
    if not ready.exists():
        return None
    with transaction.atomic():
        job = ready.get_locked()
        if job is not None:
            job.claim(worker_id)
    return job


def perform(job: Job) -> Exception | None:
    """Run a claimed task and note how it went; what it raised comes back, noted too."""
    try:
        task, result = job.task, job.task_result
        context: list[Any] = [TaskContext(task_result=result)] if task.takes_context else []
        value = task.call(*context, *result.args, **result.kwargs)
        job.set_successful(value)
    except Exception as problem:
        job.exception_class_path = f"{type(problem).__module__}.{type(problem).__qualname__}"
        job.traceback = "".join(format_exception(problem))
        try_again(job, now=timezone.now())
        return problem
    return None


def try_again(job: Job, *, now: datetime) -> bool:
    """Put a task that did not come through back, later each time; after the last try it has failed.

    False, with nothing changed, when the task has moved on since ``job`` was read.
    """
    tries = len(job.worker_ids)
    is_over = tries >= TRIES
    noted = DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at).update(
        status=TaskResultStatus.FAILED if is_over else TaskResultStatus.READY,
        run_after=job.run_after if is_over else now + BACK_OFF[tries - 1],
        finished_at=now if is_over else None,
        exception_class_path=job.exception_class_path,
        traceback=job.traceback,
    )
    level = logging.ERROR if is_over else logging.WARNING
    logger.log(level, "%s(%s): try %d of %d failed: %s", job.task_path, job.args_kwargs, tries, TRIES, job.traceback)
    return bool(noted)


def tend(*, now: datetime) -> None:
    """Queue what is due and take back what a killed worker left."""
    queue_due(now=now)
    reap(now=now)


def reap(*, now: datetime) -> int:
    """Put tasks whose worker is gone back into the queue; how many."""
    abandoned = [job for job in DBTaskResult.objects.running() if is_abandoned(job, now=now)]
    for job in abandoned:
        job.exception_class_path, job.traceback = "", f"The worker {job.worker_ids[-1]} was killed."
    return sum(try_again(job, now=now) for job in abandoned)


def is_abandoned(job: Job, *, now: datetime) -> bool:
    """Whether the worker is known to be dead (a process of this machine), or has been silent for too long."""
    host, pid, _token = job.worker_ids[-1].rsplit(":", 2)
    if job.started_at is None or job.started_at <= now - ABANDONED_AFTER:
        return True
    if host != socket.gethostname()[:30]:
        return False
    return job.worker_ids[-1] not in _living if int(pid) == os.getpid() else not _is_alive(int(pid))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def fill_schedule(*, now: datetime) -> None:
    """Make the table of periodic jobs be what the code says; jobs keep the turn they wait for."""
    Periodic.objects.exclude(name__in=periodic).delete()
    for name in periodic:
        Periodic.objects.get_or_create(name=name, defaults={"next_at": now})


def queue_due(*, now: datetime) -> int:
    """Queue each periodic job that is due. One UPDATE claims a turn, so of many workers one queues it."""
    queued = 0
    for turn in Periodic.objects.filter(next_at__lte=now, name__in=periodic).order_by("next_at"):
        task, every = periodic[turn.name]
        with transaction.atomic():
            claimed = Periodic.objects.filter(pk=turn.pk, next_at=turn.next_at).update(
                next_at=now + every, latest_at=now
            )
            if claimed:
                task.enqueue()
        queued += claimed
    return queued
