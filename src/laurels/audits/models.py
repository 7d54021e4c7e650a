from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from laurels.credentials.models import Suspension
from laurels.education.models import LedgerEntry
from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.mail.models import Letter
from laurels.people.models import Organisation


class Draw(models.Model):
    """A sample of members: the same seed out of the same people is the same sample. ``people`` says out of how many."""

    class Grade(models.TextChoices):
        ANY = "any", _("Entries this system did not record itself")
        SELF = "self", _("Entries on somebody's own word only")
        BARE = "bare", _("Entries on somebody's own word, with nothing to show")

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="draws")
    seed = models.CharField(max_length=40)
    grade = models.CharField(max_length=4, choices=Grade.choices)
    people = models.PositiveIntegerField()
    drawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "seed"], name="draw_once_a_seed")]

    def __str__(self) -> str:
        return f"{self.seed} at {self.body_id}"


class AuditQuerySet(models.QuerySet["Audit"]):
    def lock(self, pk: int) -> "Audit":
        return self.select_for_update(of=("self",)).select_related("person", "body").get(pk=pk)

    def of(self, actor: Actor) -> "AuditQuerySet":
        """One's own."""
        return self if actor.is_system else self.filter(Q(person_id=actor.person_id))

    def held_by(self, actor: Actor) -> "AuditQuerySet":
        """Those at bodies where the actor is staff or auditor."""
        return self if actor.is_system else self.filter(body_id__in=actor.organisations("staff", "auditor"))

    def open(self) -> "AuditQuerySet":
        return self.filter(closed_at=None).order_by("due_on", "pk")

    def closed(self) -> "AuditQuerySet":
        """With how many of their entries were ``accepted``, ``refused`` and ``given_back``; the newest first."""
        of_it = {
            "looked_at": Count("entries", distinct=True),
            "accepted": Count("entries", Q(entries__rulings__kind="accept"), distinct=True),
            "refused": Count("entries", Q(entries__rulings__kind="refuse"), distinct=True),
            "given_back": Count("entries", Q(entries__rulings__appeal__outcome="upheld"), distinct=True),
            "appeals": Count("entries", Q(entries__rulings__appeal__outcome=""), distinct=True),
        }
        return self.filter(closed_at__isnull=False).annotate(**of_it).order_by("-closed_at", "-pk")

    def to_remind(self, today: date, days: int) -> "AuditQuerySet":
        """Not answered, their day at most so many days away, and not reminded of that day yet."""
        reminded = Reminder.objects.filter(audit=OuterRef("pk"), due_on=OuterRef("due_on"))
        waiting = self.open().filter(answered_at=None, due_on__gte=today, due_on__lte=today + timedelta(days=days))
        return waiting.filter(~Exists(reminded))

    def missed(self, today: date) -> "AuditQuerySet":
        """Not answered by their day."""
        return self.open().filter(answered_at=None, due_on__lt=today)


class Audit(models.Model):
    """Somebody is asked to show what some of their entries rest on, by ``due_on``."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    drawn = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="audits")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="audits")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="audits")
    begun_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "body"], condition=Q(closed_at=None), name="audit_one_open")
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def topic(self) -> str:
        return f"audit:{self.pk}"


class AuditedEntry(models.Model):
    """One of the entries that were drawn."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="entries")
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="audited")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "entry"], name="audited_once")]

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.entry_id}"

    @property
    def ruling(self) -> "Ruling | None":
        """The newest one."""
        return max(self.rulings.all(), key=lambda one: one.pk, default=None)

    @property
    def is_settled(self) -> bool:
        """Nothing is left to say: ruled on, or taken back by its owner."""
        ruling = self.ruling
        return self.entry.is_taken_back or (ruling is not None and ruling.kind != Ruling.Kind.ASK)


class Ruling(models.Model):
    """What the body's staff say to an entry. A refusal takes the entry back by a line of its own."""

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("Accepted")
        ASK = "ask", _("Asked")
        REFUSE = "refuse", _("Refused")

    audited = models.ForeignKey(AuditedEntry, on_delete=models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reversal = models.OneToOneField(LedgerEntry, null=True, on_delete=models.PROTECT, related_name="refusal")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind="accept") | ~Q(words=""), name="ruling_against_says_why"),
            models.CheckConstraint(condition=Q(reversal=None) | Q(kind="refuse"), name="ruling_only_refusals_take"),
        ]

    def __str__(self) -> str:
        return f"{self.audited_id}: {self.kind}"


class Appeal(models.Model):
    """The member thinks a refusal is wrong; somebody else looks at it. Upheld, the units come back as a new line."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("You were right")
        REJECTED = "rejected", _("The refusal stands")

    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, related_name="appeal")
    words = models.TextField()
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    restored = models.OneToOneField(LedgerEntry, null=True, on_delete=models.PROTECT, related_name="appeal")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None)
                | (~Q(outcome="") & ~Q(answer="") & Q(settled_at__isnull=False)),
                name="appeal_settled_with_reasons",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ruling_id}: {self.outcome or 'open'}"


class Pause(models.Model):
    """A suspension because of a missed audit; it is lifted by answering."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="pauses")
    suspension = models.OneToOneField(Suspension, on_delete=models.PROTECT, related_name="pause")

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.suspension_id}"


class Reminder(models.Model):
    """The one letter before the day ``due_on`` of an audit; a question sets another day. None: there was no address."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    letter = models.ForeignKey(Letter, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "due_on"], name="audit_reminded_once_a_day_due")]

    def __str__(self) -> str:
        return f"{self.audit_id}: {self.due_on}"
