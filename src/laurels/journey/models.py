from django.conf import settings
from django.db import models

from laurels.journal.models import Entry
from laurels.kernel.ids import digest
from laurels.workshops.models import Seat


class Reacted(models.Model):
    """That a reaction to an entry has been done: written in the reaction's own transaction, so it happens once."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    reaction = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "reaction"], name="reacted_once")]

    def __str__(self) -> str:
        return f"{self.reaction} to {self.entry_id}"


class NudgeQuerySet(models.QuerySet["Nudge"]):
    def about(self, seat: Seat, step: str) -> "NudgeQuerySet":
        """Reminders of one step of one person, newest first."""
        return self.filter(seat=seat, step=step).order_by("-pk")


class Nudge(models.Model):
    """A reminder to whoever holds a step up: who asked for it, and when."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nudges")
    step = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = NudgeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.step} of {self.seat_id}"


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def live(self) -> "CalendarAddressQuerySet":
        return self.filter(revoked_at=None).order_by("-made_at", "-pk")

    def with_secret(self, secret: str) -> "CalendarAddressQuerySet":
        return self.filter(secret_digest=digest(secret))


class CalendarAddress(models.Model):
    """Where somebody's own calendar can be subscribed to by whoever knows the secret. Only its digest is kept."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_addresses")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarAddressQuerySet.as_manager()

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"
