"""Tasks for the worker's own tests, and what they have done in this process."""

import os
import signal

from django.tasks import TaskContext, task

done: list[object] = []
failures: dict[str, int] = {}


@task
def note(word: str) -> str:
    done.append(word)
    return word


@task
def note_and_queue(word: str) -> None:
    done.append(word)
    note.enqueue(f"after {word}")


@task
def fail(times: int) -> None:
    """Raise ``times`` times, then do the job."""
    failures["seen"] = failures.get("seen", 0) + 1
    if failures["seen"] <= times:
        raise RuntimeError("not yet")
    done.append("at last")


@task(takes_context=True)
def count_tries(context: TaskContext) -> None:
    done.append(context.attempt)


@task
def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@task
def tick() -> None:
    done.append("tick")
