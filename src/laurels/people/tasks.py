"""Housekeeping."""

from django.tasks import task
from django.utils import timezone

from laurels.people import actions


@task
def forget_proofs() -> None:
    actions.forget_proofs(now=timezone.now())
