"""What comes again by itself."""

from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.workshops import actions

WORKER = Actor.of_system("worker")


@task()
def remind() -> None:
    actions.remind(by=WORKER, now=timezone.now())


@task()
def remind_of_names() -> None:
    actions.remind_of_names(by=WORKER, now=timezone.now())


@task()
def tend_queues() -> None:
    """Offers that nobody answered end, and free seats go to whose turn it is."""
    actions.tend_queues(by=WORKER, now=timezone.now())


@task()
def tend_choices() -> None:
    actions.tend_choices(by=WORKER, now=timezone.now())


@task()
def ask_to_decide() -> None:
    actions.ask_all_to_decide(by=WORKER, now=timezone.now())
