from django.db import models
from django.db.models import Exists, OuterRef

from laurels.people.models import Organisation


class LessonQuerySet(models.QuerySet["Lesson"]):
    def newest(self) -> "LessonQuerySet":
        """The newest version of each, in their order."""
        newer = Lesson.objects.filter(body=OuterRef("body"), key=OuterRef("key"), version__gt=OuterRef("version"))
        return self.filter(~Exists(newer)).order_by("body_id", "position", "key")


class Lesson(models.Model):
    """One version of a short lesson of a body's pack, with its practice. Never edited; open to everybody."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="lessons")
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300)
    text = models.TextField()
    practice = models.JSONField(default=dict)
    minutes = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)

    objects = LessonQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "key", "version"], name="lesson_version_once")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"
