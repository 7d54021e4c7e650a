"""What comes again by itself."""

from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.workshops import actions

WORKER = Actor.of_system("worker")


@task()
def tend_queues() -> None:
    """Offers that nobody answered end, and free seats go to whose turn it is."""
    actions.tend_queues(by=WORKER, now=timezone.now())
