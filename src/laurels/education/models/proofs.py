"""What is added to a line of a ledger to prove it. The line itself stays as it is."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.education.models.ledger import LedgerEntry
from laurels.kernel.actor import Actor
from laurels.kernel.ids import digest, public_id


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, actor: Actor) -> "EvidenceQuerySet":
        """Whose ledger it is; auditors see it through their audit."""
        return self if actor.is_system else self.filter(Q(entry__person_id=actor.person_id))

    def lock(self, pk: int) -> "Evidence":
        return self.select_for_update(of=("self",)).select_related("entry").get(pk=pk)

    def with_file(self) -> "EvidenceQuerySet":
        """Those whose file is still here."""
        return self.exclude(digest="").filter(removed_on=None)


class Evidence(models.Model):
    """A photo, a PDF or a calendar file, or words and a link added later.

    ``policy`` is the key of the rules by which its file goes (``leaves_on``) or went (``removed_on``); the row stays.
    """

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=60, blank=True)
    content = models.BinaryField(default=bytes)
    digest = models.CharField(max_length=64, blank=True)
    url = models.URLField(max_length=500, blank=True)
    words = models.TextField(blank=True)
    added_at = models.DateTimeField()
    leaves_on = models.DateField(null=True, blank=True)
    removed_on = models.DateField(null=True, blank=True)
    policy = models.CharField(max_length=40, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "digest"], condition=~Q(digest=""), name="evidence_file_once"),
            models.CheckConstraint(condition=~Q(digest="", url="", words=""), name="evidence_says_something"),
            models.CheckConstraint(
                condition=Q(removed_on=None) | (Q(content=b"") & ~Q(policy="")), name="evidence_removed_is_gone"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.public_id


class CosigningQuerySet(models.QuerySet["Cosigning"]):
    def lock(self, pk: int) -> "Cosigning":
        return self.select_for_update(of=("self",)).select_related("entry__person").get(pk=pk)

    def with_secret(self, secret: str) -> "CosigningQuerySet":
        return self.filter(secret_digest=digest(secret)).select_related("entry__person")

    def confirmed(self) -> "CosigningQuerySet":
        return self.filter(answer=Cosigning.Answer.CONFIRMED)

    def open(self, now: datetime) -> "CosigningQuerySet":
        return self.filter(answer="", expires_at__gt=now)


class Cosigning(models.Model):
    """An organiser was asked whether it was so. Only the digest of the link's secret is kept."""

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        DECLINED = "declined", _("Not confirmed")

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="cosignings")
    email = models.CharField(max_length=254)
    secret_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    name = models.CharField(max_length=120, blank=True)
    words = models.CharField(max_length=400, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = CosigningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(answer="confirmed"), name="cosigning_confirmed_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & ~Q(name="") & Q(answered_at__isnull=False)),
                name="cosigning_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.answer or 'asked'}"
