"""E-books: what is on the shelf, the files behind it, and which pages somebody has read."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from laurels.people.models import Organisation, Person


class EbookQuerySet(models.QuerySet["Ebook"]):
    def published(self, today: date) -> "EbookQuerySet":
        """Those whose day has come, newest first."""
        return self.filter(is_draft=False, dated__lte=today).order_by("-dated", "-pk")

    def about(self, topic: str) -> "EbookQuerySet":
        return self.filter(topics_text__contains=f"|{topic.strip().casefold()}|") if topic.strip() else self

    def matching(self, words: str) -> "EbookQuerySet":
        """Every word somewhere in title, authors, summary or topics; case does not matter."""
        found = self
        for word in words.casefold().split()[:8]:
            found = found.filter(search_text__contains=word)
        return found


class Ebook(models.Model):
    """``pages`` of an EPUB, which has none, are portions of its text (``rules.books``)."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ebooks")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    authors = models.CharField(max_length=200, blank=True)
    summary = models.CharField(max_length=400, blank=True)
    topics = models.JSONField(default=list)
    topics_text = models.TextField(blank=True)
    search_text = models.TextField(blank=True)
    dated = models.DateField()
    is_draft = models.BooleanField(default=False)
    media_type = models.CharField(max_length=40)
    pages = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField()

    objects = EbookQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pages__gt=0), name="ebook_has_pages")]

    def __str__(self) -> str:
        return self.slug

    def is_out(self, today: date) -> bool:
        return not self.is_draft and self.dated <= today


class EbookFile(models.Model):
    """The bytes, apart from the book so that no list ever loads them; ``cover`` may be empty."""

    ebook = models.OneToOneField(Ebook, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()
    cover = models.BinaryField(default=bytes)
    cover_type = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return f"file of {self.ebook_id}"


class Download(models.Model):
    """When somebody first had the book: nobody reads faster than time passes from then on."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="downloads")
    ebook = models.ForeignKey(Ebook, on_delete=models.PROTECT, related_name="downloads")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "ebook"], name="download_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.ebook_id}"


class PagesRead(models.Model):
    """From ``first`` to ``final``, both included, and what was taken from them. ``fresh`` were not read before."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pages_read")
    ebook = models.ForeignKey(Ebook, on_delete=models.PROTECT, related_name="pages_read")
    first = models.PositiveIntegerField()
    final = models.PositiveIntegerField()
    fresh = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    words = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__gte=1, final__gte=F("first")), name="pages_in_their_order")
        ]

    def __str__(self) -> str:
        return f"{self.ebook_id}: {self.first}-{self.final}"
