import os
import signal
import threading
from multiprocessing import connection as pipes
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Annotated

import typer

from laurels.web.commands import say, start

if TYPE_CHECKING:
    from laurels.journal.worker import Worker

LOOK_SECONDS = 1


def worker(
    processes: Annotated[
        int, typer.Option(min=0, help="How many share the tasks; 0: one for each core on PostgreSQL, else one.")
    ] = 0,
) -> None:
    """Run background tasks in processes of their own, beside `laurels run --worker outside`."""
    start()
    from laurels.web.checks import require_safe_start

    count = processes or _fitting()
    require_safe_start(processes=count + 1)
    say(f"{count} at work on background tasks. Ctrl-C ends it after the task at hand.")
    if count == 1:
        work()
    else:
        share(count)


def work() -> None:
    """One task after the other until SIGTERM or Ctrl-C, or until the process that shares the work is gone."""
    from laurels.journal.worker import Worker

    tireless = Worker()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: tireless.stop())
    if parent := parent_process():
        threading.Thread(target=_stop_after, args=[tireless, parent], daemon=True).start()
    tireless.run()


def share(count: int) -> None:
    """So many processes, each a worker. One that dies is replaced, and what it had is taken over by another."""
    from django.db import connections

    # A connection to the database must not be shared with a process that is forked.
    connections.close_all()
    context, ending = get_context("fork"), list[int]()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: ending.append(got))
    team: list[BaseProcess] = []
    while not ending:
        team = [one for one in team if one.is_alive()]
        team += [_started(context.Process(target=work)) for _ in range(count - len(team))]
        pipes.wait([one.sentinel for one in team], LOOK_SECONDS)
    for one in team:
        one.terminate()
    while alive := [one for one in team if one.is_alive()]:
        pipes.wait([one.sentinel for one in alive], LOOK_SECONDS)
        # Whoever had only just begun may not have heard it.
        for one in alive:
            one.terminate()


def _stop_after(tireless: "Worker", parent: BaseProcess) -> None:
    pipes.wait([parent.sentinel])
    tireless.stop()


def _started(process: BaseProcess) -> BaseProcess:
    process.start()
    return process


def _fitting() -> int:
    """SQLite has one writer at a time: a second worker would only wait."""
    from django.db import connection

    return (os.cpu_count() or 1) if connection.vendor == "postgresql" else 1
