from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef

from laurels.community.models.conduct import Ruling
from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.people.models import Person


def pair_of(one: Person, other: Person) -> str:
    """Two people as one key, whoever comes first. It stays as it is when one of them is merged into another account."""
    return ":".join(sorted([one.public_id, other.public_id]))


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def of(self, actor: Actor) -> "ConversationQuerySet":
        """One's own; nobody else's, whoever asks."""
        return self.filter(parties__person_id=actor.person_id or 0)

    def between(self, one: Person, other: Person) -> "ConversationQuerySet":
        return self.filter(parties__person=one).filter(parties__person=other).order_by("-latest_at", "-pk")

    def latest_first(self) -> "ConversationQuerySet":
        return self.order_by("-latest_at", "-pk")


class Conversation(models.Model):
    """Two people who write to each other."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    pair = models.CharField(max_length=40, unique=True, editable=False)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conversations_begun")
    begun_at = models.DateTimeField()
    latest_at = models.DateTimeField(db_index=True)

    objects = ConversationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.public_id

    @property
    def topic(self) -> str:
        return f"conversation:{self.pk}"


class Party(models.Model):
    """One of the two. ``read_to`` and ``told_to`` are the newest message they have seen, and had a letter about."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="parties")
    read_to = models.BigIntegerField(default=0)
    told_to = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "person"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.conversation_id}"


class MessageQuerySet(models.QuerySet["Message"]):
    def after(self, moment: datetime) -> "MessageQuerySet":
        return self.filter(at__gt=moment)

    def unread_by(self, person: Person) -> "MessageQuerySet":
        mine = Party.objects.filter(conversation=OuterRef("conversation"), person=person, read_to__lt=OuterRef("pk"))
        return self.filter(Exists(mine)).exclude(author=person)

    def with_hidden(self, now: datetime) -> "MessageQuerySet":
        """With ``is_hidden``: a ruling keeps the text from both."""
        hiding = Ruling.objects.hiding("message", now).filter(case__subject=OuterRef("public_id"))
        return self.annotate(is_hidden=Exists(hiding))


class Message(models.Model):
    """Words that stay as they were written."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages_written")
    text = models.TextField()
    at = models.DateTimeField()

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["author", "at"], name="message_by_author")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def topic(self) -> str:
        return f"message:{self.pk}"


class BlockingQuerySet(models.QuerySet["Blocking"]):
    def of(self, person: Person) -> "BlockingQuerySet":
        """Whom the person blocked, the latest first. A block between two accounts that became one means nothing."""
        return self.filter(blocker=person).exclude(blocked=F("blocker")).order_by("-pk")

    def against(self, person_id: int) -> "BlockingQuerySet":
        """Those by which others shut this person out."""
        return self.filter(blocked=person_id).exclude(blocker=F("blocked"))


class Blocking(models.Model):
    """``blocker`` wants nothing to do with ``blocked``, who is never told.

    ``pair`` is their public ids, so that merging accounts breaks no rule of the table.
    """

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    pair = models.CharField(max_length=40, unique=True, editable=False)
    blocker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="blocks_made")
    blocked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="blocks_met")
    at = models.DateTimeField()

    objects = BlockingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.blocker_id} blocks {self.blocked_id}"
