"""What comes again by itself."""

from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.people.models import Organisation
from laurels.renewals import actions


@task()
def remind_all() -> None:
    for body in Organisation.objects.bodies().order_by("pk"):
        actions.remind_all(body, by=Actor.of_system("worker"), now=timezone.now())
