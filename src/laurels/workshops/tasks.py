"""What comes again by itself."""

from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.workshops import actions


@task()
def tend_choices() -> None:
    actions.tend_choices(by=Actor.of_system("worker"), now=timezone.now())


@task()
def ask_to_decide() -> None:
    actions.ask_all_to_decide(by=Actor.of_system("worker"), now=timezone.now())
