from django.conf import settings
from django.db import models

from laurels.people.models import Organisation


class LessonDone(models.Model):
    """Somebody has read a lesson, in whatever version it had then."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="lessons_done")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "body", "key"], name="lesson_done_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"
