"""What people make, and how they took part."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.rooms.models.people import Participant
from laurels.rooms.models.rooms import Room, Team
from laurels.rooms.models.sheet import Activity


class CanvasQuerySet(models.QuerySet["Canvas"]):
    def with_activity(self) -> "CanvasQuerySet":
        return self.select_related("activity__room", "team").order_by("team__number", "pk")

    def lock(self, pk: int) -> "Canvas":
        """The canvas's row, locked until the transaction ends: it orders the acts."""
        return self.select_related("activity__room", "team").select_for_update(of=("self",)).get(pk=pk)


class Canvas(models.Model):
    """A team's copy of an exercise, or the whole class's. ``state`` is the kind's, as JSON text."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="canvases")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="canvases")
    state = models.TextField()
    began = models.TextField(default="", help_text=_("The state before the first act"))
    step = models.PositiveSmallIntegerField(default=0)
    ends_at = models.DateTimeField(null=True, blank=True, help_text=_("When its step ends, at its own pace"))
    acts_count = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("When something happens here by itself"))

    objects = CanvasQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "team"], name="canvas_once_per_team"),
            models.UniqueConstraint(fields=["activity"], condition=Q(team=None), name="canvas_once_per_class"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="canvas_due")]

    def __str__(self) -> str:
        return f"canvas {self.activity_id}/{self.team_id}"


class Card(models.Model):
    """An object people made, shared by all canvases of its team, so that work flows on."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="cards")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="cards")
    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="made")
    key = models.CharField(max_length=24)
    sort = models.CharField(max_length=24)
    text = models.TextField()
    fields = models.JSONField(default=dict)
    author = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="cards")
    origin = models.CharField(max_length=24, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text=_("Since when the trainer keeps it from screens"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "key"], name="card_key_once")]

    def __str__(self) -> str:
        return self.text[:60]


class Act(models.Model):
    """One thing done on a canvas. Replayed in order, the acts give the state again."""

    canvas = models.ForeignKey(Canvas, on_delete=models.CASCADE, related_name="acts")
    number = models.PositiveIntegerField()
    step = models.PositiveSmallIntegerField()
    verb = models.CharField(max_length=24)
    values = models.JSONField()
    by = models.ForeignKey(Participant, null=True, on_delete=models.PROTECT, related_name="acts")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["canvas", "number"], name="act_number_once")]

    def __str__(self) -> str:
        return f"{self.canvas_id}/{self.number} {self.verb}"


class Contribution(models.Model):
    """How somebody took part: different things done, by deed; or the trainer's word, which counts more."""

    class Level(models.TextChoices):
        MET = "met", _("Took part")
        PARTLY = "partly", _("Partly")
        NONE = "none", _("Not yet")

    # What a trainer may say of somebody who took part otherwise than on a screen; taking away is the dossier's.
    OTHERWISE = ((Level.MET, Level.MET.label), (Level.PARTLY, Level.PARTLY.label))

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="contributions")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="contributions")
    deeds = models.JSONField(default=dict)
    marked = models.CharField(max_length=8, choices=Level.choices, blank=True)
    marked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "participant"], name="contribution_once")]

    def __str__(self) -> str:
        return f"{self.participant_id} in {self.activity_id}"

    def has(self, deeds: Mapping[str, Any]) -> bool:
        return all(what in self.deeds.get(name, []) for name, whats in deeds.items() for what in whats)
