from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from laurels.people.models import Organisation, Person


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


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, today: date) -> "ArticleQuerySet":
        """Those whose day has come, newest first."""
        return self.filter(is_draft=False, dated__lte=today).order_by("-dated", "-pk")

    def about(self, topic: str) -> "ArticleQuerySet":
        return self.filter(topics_text__contains=f"|{topic.strip().casefold()}|") if topic.strip() else self

    def matching(self, words: str) -> "ArticleQuerySet":
        """Every word somewhere in title, summary or text; case does not matter."""
        found = self
        for word in words.casefold().split()[:8]:
            found = found.filter(search_text__contains=word)
        return found


class Article(models.Model):
    """Something to read, written in Markdown; ``html`` is cleaned. Importing its file again changes it in place.

    ``path`` is where the file lay in its folder, ``pictures`` what each path in it shows (``digest.ending``): whoever
    edits it here keeps both. ``file_digest`` is of the file as it last came in.
    """

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="articles")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    dated = models.DateField()
    summary = models.CharField(max_length=400, blank=True)
    topics = models.JSONField(default=list)
    topics_text = models.TextField(blank=True)
    search_text = models.TextField(blank=True)
    text = models.TextField()
    html = models.TextField()
    minutes = models.PositiveSmallIntegerField()
    is_draft = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    path = models.CharField(max_length=400, blank=True)
    pictures = models.JSONField(default=dict, blank=True)
    file_digest = models.CharField(max_length=64, blank=True)
    imported_at = models.DateTimeField()

    objects = ArticleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["dated"], name="article_by_day")]

    def __str__(self) -> str:
        return self.slug

    def is_out(self, today: date) -> bool:
        return not self.is_draft and self.dated <= today


class Reading(models.Model):
    """How long somebody has had an article before their eyes, by the server's own clock.

    ``sections`` is the milliseconds by the key of each part; ``nonce`` is what the next beat must present. Of all the
    readings of a person at most one has a nonce.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readings")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="readings")
    seconds = models.PositiveIntegerField(default=0)
    beat_at = models.DateTimeField()
    nonce = models.CharField(max_length=32, blank=True)
    sections = models.JSONField(default=dict, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    reflection = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "article"], name="reading_once"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | ~Q(reflection=""), name="reading_finished_with_a_reflection"
            ),
            models.UniqueConstraint(fields=["person"], condition=~Q(nonce=""), name="reading_in_one_place"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.article_id}"


class Picture(models.Model):
    """A picture of an article, under the digest of its bytes: it never changes and may be kept for ever."""

    digest = models.CharField(max_length=64, unique=True)
    ending = models.CharField(max_length=4)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.digest[:12]}.{self.ending}"
