"""The control of the oversell drill: a server without the guard. What it sells must be found out.

On PostgreSQL the workshop's row is not locked. SQLite has one writer, so there the count itself is left out.
"""

from django.db import connection

from laurels.web.server import application
from laurels.workshops.models import Workshop, WorkshopQuerySet

__all__ = ["application"]


def lock_nothing(_rows: WorkshopQuerySet, pk: int) -> Workshop:
    return Workshop.objects.get(pk=pk)


def count_nothing(workshop: Workshop) -> int:
    return workshop.capacity


if connection.vendor == "sqlite":
    Workshop.seats_left = count_nothing  # type: ignore[method-assign]
else:
    WorkshopQuerySet.lock = lock_nothing  # type: ignore[method-assign]
