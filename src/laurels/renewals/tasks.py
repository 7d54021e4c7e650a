"""What comes again by itself, and what takes longer than a page."""

from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.people.models import Organisation
from laurels.renewals import actions
from laurels.renewals.models import Preview


@task()
def remind_all() -> None:
    for body in Organisation.objects.bodies().order_by("pk"):
        actions.remind_all(body, by=Actor.of_system("worker"), now=timezone.now())


@task()
def work_out_preview(preview_id: int) -> None:
    actions.work_out(Preview.objects.get(pk=preview_id), now=timezone.now())
