"""Codes that organisers give out at events outside of this system."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from laurels.education.models.ledger import LedgerEntry
from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.people.models import Organisation


class ClaimCodeQuerySet(models.QuerySet["ClaimCode"]):
    def lock(self, pk: int) -> "ClaimCode":
        return self.select_for_update().get(pk=pk)

    def visible_to(self, actor: Actor) -> "ClaimCodeQuerySet":
        """Those of the organisations where the actor is staff or trainer."""
        return self if actor.is_system else self.filter(organisation__in=actor.organisations("staff", "trainer"))

    def counted(self) -> "ClaimCodeQuerySet":
        return self.annotate(claimed=Count("claims")).select_related("organisation").order_by("-pk")


class ClaimCode(models.Model):
    """Whoever was there types it: so many minutes, on that day, at most so often. ``final_day`` is the last for it."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="claim_codes")
    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    on = models.DateField()
    minutes = models.PositiveIntegerField()
    category = models.CharField(max_length=40)
    most = models.PositiveIntegerField()
    final_day = models.DateField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0, most__gt=0), name="claim_code_gives_something")
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def topic(self) -> str:
        return f"claim-code:{self.pk}"

    def is_open(self, today: date) -> bool:
        return self.closed_at is None and today <= self.final_day


class Claim(models.Model):
    """Somebody typed the code; the entry it gave."""

    code = models.ForeignKey(ClaimCode, on_delete=models.PROTECT, related_name="claims")
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="claim")

    def __str__(self) -> str:
        return f"{self.code_id}: {self.entry_id}"
