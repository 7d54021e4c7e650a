from django.conf import settings
from django.db import models

from laurels.kernel.ids import public_id


class LetterQuerySet(models.QuerySet["Letter"]):
    def latest_first(self) -> "LetterQuerySet":
        return self.order_by("-pk")

    def to_email(self, email: str) -> "LetterQuerySet":
        return self.filter(to=email.strip().lower())


class Letter(models.Model):
    """One e-mail to one address, written in the transaction that wants it and sent by the worker after it."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    key = models.CharField(max_length=60)
    to = models.CharField(max_length=254, db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="letters"
    )
    sender_name = models.CharField(max_length=160, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    topic = models.CharField(max_length=80, blank=True, db_index=True)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.key} to {self.to}"


class Attachment(models.Model):
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=120)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One line of a letter's delivery log."""

    class State(models.TextChoices):
        WRITTEN = "written"
        SENT = "sent"
        FAILED = "failed"
        BOUNCED = "bounced"

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=8, choices=State.choices)
    at = models.DateTimeField()
    detail = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.letter_id} {self.state}"
