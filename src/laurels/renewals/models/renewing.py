from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q

from laurels.credentials.models import Certification, Term
from laurels.education.models import LedgerEntry
from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.mail.models import Letter
from laurels.payments.models import Order
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Policy
from laurels.renewals.models.groups import Group


class RenewalQuerySet(models.QuerySet["Renewal"]):
    def lock(self, pk: int) -> "Renewal":
        """The renewal's row, locked until the transaction ends."""
        return (
            self.select_for_update(of=("self",))
            .select_related("person", "body", "policy", "order", "group__order")
            .get(pk=pk)
        )

    def visible_to(self, actor: Actor) -> "RenewalQuerySet":
        """One's own, and those at bodies where the actor is staff or auditor."""
        if actor.is_system:
            return self
        return self.filter(Q(person_id=actor.person_id) | Q(body_id__in=actor.organisations("staff", "auditor")))

    def open(self) -> "RenewalQuerySet":
        """Begun, neither completed nor given up."""
        return self.filter(completed_at=None, given_up_at=None).order_by("pk")


class Renewal(models.Model):
    """An offer that was taken: its price, what it uses, what ends when. ``reasons`` are the words shown then."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="renewals")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="renewals")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="renewals")
    order = models.OneToOneField(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="renewal")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="renewals")
    fee_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    minutes_required = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    on = models.DateField()
    begun_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "body"],
                condition=Q(completed_at=None, given_up_at=None),
                name="renewal_one_open",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None) | Q(given_up_at=None), name="renewal_completed_or_given_up"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def topic(self) -> str:
        return f"renewal:{self.pk}"

    @property
    def bill(self) -> Order | None:
        """What has to be paid for it: its own order, or the one of the company that pays."""
        return self.group.order if self.group else self.order

    @property
    def fee(self) -> Money:
        return Money(self.fee_minor, self.currency)


class RenewedCertification(models.Model):
    """One of the certifications of a renewal, and the last day it is valid afterwards."""

    renewal = models.ForeignKey(Renewal, on_delete=models.CASCADE, related_name="renewed")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="renewals")
    until = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["renewal", "certification"], name="renewed_once")]

    def __str__(self) -> str:
        return f"{self.certification_id} until {self.until}"


class UseQuerySet(models.QuerySet["Use"]):
    def of_lines(self, person: Person) -> set[int]:
        """Keys of the person's entries that are used, and of those for which a used one stands."""
        rows = self.filter(entry__person=person).values_list("entry", "entry__stands_for")
        return {key for row in rows for key in row if key}

    def within(self, root: OuterRef) -> "UseQuerySet":
        """Uses of the entry ``root`` or of any line that stands for it."""
        return self.filter(Q(entry=root) | Q(entry__stands_for=root))


class Use(models.Model):
    """An entry that a renewal has taken. The constraint is what lets a unit count once."""

    renewal = models.ForeignKey(Renewal, on_delete=models.CASCADE, related_name="uses")
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="use")

    objects = UseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.entry_id} for {self.renewal_id}"


class Reminder(models.Model):
    """That a term ends was said: ``days`` before its end, below zero after it. Once for each."""

    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="reminders")
    days = models.SmallIntegerField()
    letter = models.ForeignKey(Letter, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "days"], name="reminder_once")]

    def __str__(self) -> str:
        return f"{self.term_id}: {self.days}"


class Run(models.Model):
    """A day's round of reminders at a body: how far it is, over all its parts."""

    body = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reminder_runs")
    on = models.DateField()
    total = models.PositiveIntegerField()
    seen = models.PositiveIntegerField(default=0)
    written = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "on"], name="reminder_run_a_day")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.on}: {self.seen}/{self.total}"


class RunPart(models.Model):
    """Terms that one worker goes through: keys after ``after``, where one that broke off goes on, to ``final``."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="parts")
    after = models.BigIntegerField()
    final = models.BigIntegerField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.run_id}: {self.after}–{self.final}"
