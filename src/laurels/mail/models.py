from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id


class LetterQuerySet(models.QuerySet["Letter"]):
    def lock(self, pk: int) -> "Letter":
        return self.select_for_update().get(pk=pk)

    def visible_to(self, actor: Actor) -> "LetterQuerySet":
        """A person's own letters; the post office page of a demo has its own door."""
        if actor.is_system:
            return self
        return self.none() if actor.person_id is None else self.filter(person_id=actor.person_id)

    def about(self, topic: str) -> "LetterQuerySet":
        return self.filter(topic=topic)

    def latest_first(self) -> "LetterQuerySet":
        return self.order_by("-pk")

    def to_email(self, email: str) -> "LetterQuerySet":
        return self.filter(to=email.strip().lower())


class Letter(models.Model):
    """One e-mail to one address, written in the transaction that wants it and sent by the worker after it.

    ``text`` and ``html`` are emptied once a letter with a secret (a code, a one-time link) has really gone.
    """

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
    has_secret = models.BooleanField(default=False)

    objects = LetterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.key} to {self.to}"

    @property
    def fact_topic(self) -> str:
        """Where the journal tells of this letter: what it is about, else itself."""
        return self.topic or f"letter:{self.pk}"


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
        WRITTEN = "written", _("Written")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered yet")
        BOUNCED = "bounced", _("Bounced")

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=8, choices=State.choices)
    at = models.DateTimeField()
    detail = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.letter_id} {self.state}"
