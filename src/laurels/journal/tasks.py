"""Housekeeping of the queue itself."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

KEPT_FOR = timedelta(days=7)


@task
def forget_finished() -> None:
    """Drop tasks that went well a week ago; failed ones stay until somebody has looked."""
    DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
