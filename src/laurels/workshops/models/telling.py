"""What people with a seat are told of their workshop, and that they were told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.mail.models import Letter
from laurels.people.models import Organisation
from laurels.workshops.models.workshops import Seat, Workshop


class EditionQuerySet(models.QuerySet["Edition"]):
    def newest_first(self) -> "EditionQuerySet":
        return self.order_by("-number")


class Edition(models.Model):
    """A workshop's dates and place as people with a seat have been told them: what a change is held against."""

    SAYS = ("starts_on", "ends_on", "zone", "mode", "place", "language", "trainers")

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    zone = models.CharField(max_length=60)
    mode = models.CharField(max_length=10)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=12)
    trainers = models.JSONField(default=list, help_text=_("Their names, by name"))
    at = models.DateTimeField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"edition {self.number} of {self.workshop_id}"

    def says(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.SAYS)


class JoiningInstructions(models.Model):
    """How to get in, from those who run the workshop, in Markdown; for people with a seat only."""

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="joining")
    text = models.TextField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"joining instructions of {self.workshop_id}"


class ReminderPlan(models.Model):
    """How many days before the first day a provider's people hear what; None: not at all.

    A provider without a row has the plan that a new one has.
    """

    provider = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="reminder_plan")
    prepare_days = models.PositiveSmallIntegerField(null=True, blank=True, default=14)
    joining_days = models.PositiveSmallIntegerField(null=True, blank=True, default=3)
    eve_days = models.PositiveSmallIntegerField(null=True, blank=True, default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 60}),
                name=f"reminder_plan_{name}",
            )
            for name in ("prepare_days", "joining_days", "eve_days")
        ]

    def __str__(self) -> str:
        return f"reminder plan of {self.provider_id}"


class Reminder(models.Model):
    """That somebody was reminded, once for each reason and first day. No letter: they could not be reached."""

    class Kind(models.TextChoices):
        PREPARE = "prepare", _("Time to prepare")
        JOINING = "joining", _("How to get in")
        EVE = "eve", _("It is nearly time")

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    for_day = models.DateField(help_text=_("The first day it reminded of: another date has reminders of its own"))
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "kind", "for_day"], name="workshop_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.seat_id}"
