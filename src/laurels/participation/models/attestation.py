"""What the learner says, and what the trainer decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.workshops.models import Seat


class Declaration(models.Model):
    """What the learner says before certification: the certificate's name, the address, and whether already a member."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="declaration")
    certificate_name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    is_member_already = models.BooleanField()
    member_email = models.CharField(max_length=254, blank=True)
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.certificate_name} <{self.email}>"


class AttestationQuerySet(models.QuerySet["Attestation"]):
    def latest_of(self, seat: Seat) -> "Attestation | None":
        return self.filter(seat=seat).order_by("-pk").first()


class Attestation(models.Model):
    """One decision of the trainer; a new decision is a new row and the newest counts."""

    class Decision(models.TextChoices):
        ELIGIBLE = "eligible", _("Eligible")
        NOT_YET = "not-yet", _("Not yet")
        NOT_ELIGIBLE = "not-eligible", _("Not eligible")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attestations")
    decision = models.CharField(max_length=12, choices=Decision.choices)
    reason = models.TextField(blank=True)
    minutes_present = models.PositiveIntegerField()
    # Keys of the required exercises that the person had no part in when this was decided.
    exercises_missed = models.JSONField(default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    objects = AttestationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(decision="eligible") | ~Q(reason=""), name="attestation_says_why_not")
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.decision}"
