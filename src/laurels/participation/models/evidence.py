"""What is known of a person's taking part: minutes, exercises, and what they say is not right about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.programmes.models import Block
from laurels.workshops.models import Seat, Workshop


class Attendance(models.Model):
    """Minutes one person was present in one agenda block."""

    class Source(models.TextChoices):
        GRID = "grid", _("Trainer's grid")
        ROOM = "room", _("Live room")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="attendances")
    minutes = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.GRID)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "block"], name="attendance_once_per_block")]

    def __str__(self) -> str:
        return f"{self.seat_id} block {self.block_id}: {self.minutes} min"


class HeldExerciseQuerySet(models.QuerySet["HeldExercise"]):
    def in_order(self) -> "HeldExerciseQuerySet":
        return self.order_by("position", "pk")


class HeldExercise(models.Model):
    """An exercise that was run in a workshop: a column of its dossier. ``says`` is what counts, in words."""

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="held_exercises")
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    says = models.TextField(blank=True)
    block = models.ForeignKey(Block, null=True, blank=True, on_delete=models.PROTECT, related_name="held_exercises")
    position = models.PositiveIntegerField()
    is_required = models.BooleanField()

    objects = HeldExerciseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="exercise_held_once")]

    def __str__(self) -> str:
        return self.title


class Coverage(models.Model):
    """How one person took part in one exercise. A trainer's word says in a sentence how it was seen."""

    class Level(models.TextChoices):
        MET = "met", _("met")
        PARTLY = "partly", _("partly")
        NONE = "none", _("none")

    class Source(models.TextChoices):
        ROOM = "room", _("Live room")
        TRAINER = "trainer", _("Trainer's word")

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="coverages")
    exercise = models.ForeignKey(HeldExercise, on_delete=models.PROTECT, related_name="coverages")
    level = models.CharField(max_length=8, choices=Level.choices)
    source = models.CharField(max_length=8, choices=Source.choices)
    reason = models.TextField(blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "exercise"], name="coverage_once_per_exercise"),
            models.CheckConstraint(condition=Q(source="room") | ~Q(reason=""), name="coverage_trainer_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} exercise {self.exercise_id}: {self.level}"


class RemarkQuerySet(models.QuerySet["Remark"]):
    def open(self) -> "RemarkQuerySet":
        return self.filter(answer=None)

    def oldest_first(self) -> "RemarkQuerySet":
        return self.order_by("made_at", "pk")

    def visible_to(self, actor: Actor) -> "RemarkQuerySet":
        return self.filter(seat__in=Seat.objects.visible_to(actor).values("pk"))


class Remark(models.Model):
    """A learner's "that is not right" on an exercise or, without one, on their minutes. Open until answered."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="remarks")
    exercise = models.ForeignKey(HeldExercise, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks")
    text = models.CharField(max_length=500)
    made_at = models.DateTimeField()

    objects = RemarkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.text[:40]}"


class RemarkAnswer(models.Model):
    """What was done about a remark, or why nothing: it closes the remark."""

    remark = models.OneToOneField(Remark, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answer to remark {self.remark_id}"
