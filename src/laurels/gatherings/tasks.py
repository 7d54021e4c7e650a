"""What comes again by itself."""

from django.tasks import task
from django.utils import timezone

from laurels.gatherings import actions
from laurels.kernel.actor import Actor

WORKER = Actor.of_system("worker")


@task()
def tend() -> None:
    """Rooms that nobody leads are opened and begun in time; forgotten ones are closed."""
    actions.tend(by=WORKER, now=timezone.now())
    actions.forget_boards(by=WORKER, now=timezone.now())


@task()
def plan_ahead() -> None:
    actions.plan_ahead(by=WORKER, now=timezone.now())


@task()
def remind() -> None:
    actions.remind(by=WORKER, now=timezone.now())
