from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.people.models import Organisation


class CaseQuerySet(models.QuerySet["Case"]):
    def lock(self, pk: int) -> "Case":
        return self.select_for_update(of=("self",)).select_related("body", "concerned").get(pk=pk)

    def held_by(self, actor: Actor) -> "CaseQuerySet":
        """Those of bodies where the actor is staff: auditors have no business here."""
        return self if actor.is_system else self.filter(body_id__in=actor.organisations("staff"))

    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None).order_by("opened_at", "pk")

    def newest_first(self) -> "CaseQuerySet":
        return self.order_by("-pk")


class Case(models.Model):
    """One thing that was reported, by however many people, until staff have ruled on it.

    ``kind`` and ``subject`` (a public id) name it; what kinds there are stands in ``queries.subjects``.
    """

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="cases")
    kind = models.SlugField(max_length=20)
    subject = models.CharField(max_length=40)
    concerned = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], condition=Q(closed_at=None), name="case_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def topic(self) -> str:
        return f"case:{self.pk}"


class Report(models.Model):
    """Somebody says that a thing breaks the code of conduct. ``shown`` is its text as it was then."""

    class Reason(models.TextChoices):
        HARM = "harm", _("It insults, threatens or harasses somebody")
        HATE = "hate", _("It runs people down for who they are")
        FALSE = "false", _("It pretends to be somebody, or something that is not so")
        SELLING = "selling", _("It only sells something, or wants money")
        PRIVATE = "private", _("It tells what is private about somebody")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="reports_made"
    )
    client_digest = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=8, choices=Reason.choices)
    words = models.TextField(blank=True)
    shown = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="report_once_a_case")]
        indexes = [models.Index(fields=["client_digest", "at"], name="report_by_client")]

    def __str__(self) -> str:
        return f"{self.reason}: {self.case_id}"


class RulingQuerySet(models.QuerySet["Ruling"]):
    def in_force(self, now: datetime) -> "RulingQuerySet":
        """Neither undone nor over."""
        return self.filter(Q(until=None) | Q(until__gt=now), lifted_by=None)

    def hiding(self, kind: str, now: datetime) -> "RulingQuerySet":
        """Those that hide a thing of the kind; ``case__subject`` says which."""
        return self.in_force(now).filter(kind=Ruling.Kind.HIDE, case__kind=kind)

    def excluding(self, now: datetime) -> "RulingQuerySet":
        """Those that keep ``case__concerned`` out of the community."""
        return self.in_force(now).filter(kind=Ruling.Kind.EXCLUDE)


class Ruling(models.Model):
    """What staff decided, never edited. A later one of kind ``lift`` undoes it."""

    class Kind(models.TextChoices):
        NONE = "none", _("Nothing follows")
        WARN = "warn", _("A word of warning")
        HIDE = "hide", _("Hidden")
        EXCLUDE = "exclude", _("Excluded from the community")
        LIFT = "lift", _("Undone")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rulings")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    words = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True, help_text=_("The end of an exclusion; empty: for good"))
    lifts = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="lifted_by")

    objects = RulingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="conduct_ruling_says_why"),
            models.CheckConstraint(condition=Q(until=None) | Q(kind="exclude"), name="conduct_ruling_until"),
            models.CheckConstraint(
                condition=Q(kind="lift", lifts__isnull=False) | (~Q(kind="lift") & Q(lifts=None)),
                name="conduct_ruling_lifts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.kind}"

    @property
    def has_effect(self) -> bool:
        """Whether it says something to the person concerned, and so can be undone and appealed against."""
        return self.kind in (Ruling.Kind.WARN, Ruling.Kind.HIDE, Ruling.Kind.EXCLUDE)

    @property
    def is_lifted(self) -> bool:
        return hasattr(self, "lifted_by")


class Appeal(models.Model):
    """The person concerned thinks a ruling is wrong. Upheld, it is undone by a later one."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("You were right")
        REJECTED = "rejected", _("The ruling stands")

    ruling = models.OneToOneField(Ruling, on_delete=models.PROTECT, related_name="appeal")
    words = models.TextField()
    made_at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None)
                | (~Q(outcome="") & ~Q(answer="") & Q(settled_at__isnull=False)),
                name="conduct_appeal_settled_with_reasons",
            )
        ]

    def __str__(self) -> str:
        return f"{self.ruling_id}: {self.outcome or 'open'}"
