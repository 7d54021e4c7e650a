from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.people.models import Organisation, Person


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def visible_to(self, actor: Actor) -> "ExerciseQuerySet":
        """For trainers: what the bodies' packs bring, and what is their own. For others nothing."""
        if actor.is_system:
            return self
        if not actor.organisations("trainer"):
            return self.none()
        return self.filter(Q(body__isnull=False) | Q(trainer_id=actor.person_id))

    def own_of(self, person_id: int | None) -> "ExerciseQuerySet":
        return self.filter(trainer_id=person_id, trainer__isnull=False)

    def newest(self) -> "ExerciseQuerySet":
        """The newest version of each, without those that were withdrawn."""
        same = Q(body=OuterRef("body")) | Q(trainer=OuterRef("trainer"))
        newer = Exercise.objects.filter(same, key=OuterRef("key"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer), withdrawn_at=None)

    def versions(self, key: str) -> "ExerciseQuerySet":
        """All versions under a key, the newest first; meant for the exercises of one owner."""
        return self.filter(key=key).order_by("-version")

    def by_title(self) -> "ExerciseQuerySet":
        return self.order_by("title", "key", "pk")


class Exercise(models.Model):
    """One version of what a class does in its room: a body's from its pack, or a trainer's own.

    ``plan`` is the whole exercise in a settled form, ``text`` the TOML it was read from. A version is never edited;
    rooms freeze the plan they use.
    """

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    body = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="exercises")
    trainer = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="exercises")
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    objectives = models.JSONField(default=list)
    plan = models.JSONField()
    text = models.TextField(help_text=_("TOML"))
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "key", "version"], name="exercise_version_once"),
            models.UniqueConstraint(fields=["trainer", "key", "version"], name="own_exercise_version_once"),
            models.CheckConstraint(
                condition=Q(body__isnull=False, trainer__isnull=True) | Q(body__isnull=True, trainer__isnull=False),
                name="exercise_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(trainer__isnull=False), name="only_own_exercise_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def is_own(self) -> bool:
        return self.trainer_id is not None

    @property
    def steps(self) -> list[Mapping[str, Any]]:
        steps: list[Mapping[str, Any]] = self.plan["step"]
        return steps
