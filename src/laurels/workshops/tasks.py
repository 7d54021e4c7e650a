"""What comes again by itself."""

from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.workshops import actions


@task()
def remind() -> None:
    actions.remind(by=Actor.of_system("worker"), now=timezone.now())
