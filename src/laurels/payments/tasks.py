"""What comes again by itself."""

from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.payments import actions


@task()
def remind_of_payments() -> None:
    actions.remind_all_of_payment(by=Actor.of_system("worker"), now=timezone.now())
