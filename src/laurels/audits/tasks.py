"""What comes again by itself."""

from django.tasks import task
from django.utils import timezone

from laurels.audits import actions
from laurels.kernel.actor import Actor
from laurels.people.models import Organisation


@task()
def clear_evidence() -> None:
    for body in Organisation.objects.bodies().order_by("pk"):
        actions.clear_evidence(body, by=Actor.of_system("worker"), now=timezone.now())


@task()
def remind() -> None:
    for body in Organisation.objects.bodies().order_by("pk"):
        actions.remind_all(body, by=Actor.of_system("worker"), now=timezone.now())


@task()
def pause_missing() -> None:
    for body in Organisation.objects.bodies().order_by("pk"):
        actions.pause_missing(body, by=Actor.of_system("worker"), now=timezone.now())
