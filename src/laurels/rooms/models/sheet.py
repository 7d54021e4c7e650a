"""The run sheet."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.programmes.models import Block
from laurels.rooms.models.rooms import Room


class ActivityQuerySet(models.QuerySet["Activity"]):
    def in_order(self) -> "ActivityQuerySet":
        return self.order_by("position", "pk")

    def running(self) -> "ActivityQuerySet":
        return self.filter(state=Activity.State.RUNNING)


class Activity(models.Model):
    """One line of the run sheet: an exercise (its ``plan`` frozen from the pack), a talk, or a break."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        ENDED = "ended", _("Ended")
        SKIPPED = "skipped", _("Skipped")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="activities")
    block = models.ForeignKey(Block, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    is_break = models.BooleanField(default=False)
    exercise = models.SlugField(max_length=60, blank=True)
    plan = models.JSONField(default=dict)
    seed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    step = models.PositiveSmallIntegerField(default=0)
    is_own_pace = models.BooleanField(default=False, help_text=_("Each team goes to its next step by itself"))
    step_at = models.DateTimeField(null=True, blank=True, help_text=_("When this step began"))
    began_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text=_("When the timer of this step rings"))
    ended_at = models.DateTimeField(null=True, blank=True)
    runs = models.JSONField(default=list, help_text=_("Each time it ran, as [began, ended] in UTC"))

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room"], condition=Q(state="running"), name="activity_one_runs"),
        ]
        indexes = [models.Index(fields=["room", "position"], name="activity_run_sheet")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_exercise(self) -> bool:
        return bool(self.exercise)

    @property
    def steps(self) -> list[dict[str, Any]]:
        return list(self.plan.get("step", []))
