"""What comes again by itself, and what takes longer than a page."""

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from laurels.kernel.actor import Actor
from laurels.people.models import Organisation
from laurels.renewals import actions
from laurels.renewals.models import Preview, RunPart


@task()
def remind_all() -> None:
    """Each part of each body's run is a task of its own, so that as many workers as there are share the night."""
    for body in Organisation.objects.bodies().order_by("pk"):
        with transaction.atomic():
            for part in actions.plan_reminders(body, now=timezone.now()):
                remind_part.enqueue(part.pk)


@task()
def remind_part(part_id: int) -> None:
    """Nothing where the run has begun again: its parts are others."""
    for part in RunPart.objects.filter(pk=part_id, finished_at=None).select_related("run__body"):
        actions.remind_part(part, by=Actor.of_system("worker"), now=timezone.now())


@task()
def remind_groups() -> None:
    for body in Organisation.objects.bodies().order_by("pk"):
        actions.remind_groups(body, by=Actor.of_system("worker"), now=timezone.now())


@task()
def work_out_preview(preview_id: int) -> None:
    actions.work_out(Preview.objects.get(pk=preview_id), now=timezone.now())
