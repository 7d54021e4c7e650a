from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from laurels.community.models.conduct import Ruling
from laurels.community.models.conversations import Blocking
from laurels.credentials.models import Certification, Suspension, name_key
from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id


class ProfileQuerySet(models.QuerySet["Profile"]):
    def in_sight(self, now: datetime) -> "ProfileQuerySet":
        """Put up by their people, and neither hidden by a ruling nor belonging to somebody who is excluded."""
        hiding = Ruling.objects.hiding("profile", now).filter(case__subject=OuterRef("public_id"))
        excluding = Ruling.objects.excluding(now).filter(case__concerned=OuterRef("person"))
        shown = self.filter(published_at__isnull=False, person__merged_into=None)
        return shown.filter(~Exists(hiding), ~Exists(excluding))

    def visible_to(self, actor: Actor, now: datetime) -> "ProfileQuerySet":
        """In sight of the actor: some are for signed-in people only, and none for those whom its person blocked."""
        shown = self.in_sight(now)
        if actor.is_system:
            return shown
        if actor.person_id is None:
            return shown.filter(audience=Profile.Audience.EVERYBODY)
        return shown.filter(~Exists(Blocking.objects.against(actor.person_id).filter(blocker=OuterRef("person"))))

    def listed_for(self, actor: Actor, now: datetime) -> "ProfileQuerySet":
        """The directory as the actor sees it, without those whom they blocked themselves."""
        listed = self.visible_to(actor, now).filter(is_listed=True)
        own = Blocking.objects.filter(blocker=actor.person_id or 0, blocked=OuterRef("person"))
        return listed.filter(Q(person=actor.person_id) | ~Exists(own))

    def named(self, words: str) -> "ProfileQuerySet":
        """Every word somewhere in the name; accents and capitals do not matter."""
        return self._with_words("name_key", words)

    def at(self, words: str) -> "ProfileQuerySet":
        return self._with_words("place_key", words)

    def speaking(self, language: str) -> "ProfileQuerySet":
        return self.filter(languages_text__contains=f"|{language}|") if language else self

    def holding(self, code: str) -> "ProfileQuerySet":
        """Who show a certification of the scheme, unless it was revoked or is suspended."""
        if not code:
            return self
        paused = Suspension.objects.filter(certification=OuterRef("pk"), lifted_at=None)
        good = Certification.objects.filter(~Exists(paused), scheme__code=code, revocation=None)
        return self.filter(Exists(good.filter(shown_on=OuterRef("pk"), person=OuterRef("person"))))

    def by_name(self) -> "ProfileQuerySet":
        return self.order_by("name_key", "pk")

    def following(self, after: str) -> "ProfileQuerySet":
        """By name, those after the one with this public id."""
        if not after:
            return self.by_name()
        mark = Profile.objects.filter(public_id=after)
        name, pk = (Subquery(mark.values(column)[:1]) for column in ("name_key", "pk"))
        return self.by_name().filter(Q(name_key__gt=name) | Q(name_key=name, pk__gt=pk))

    def _with_words(self, column: str, words: str) -> "ProfileQuerySet":
        found = self
        for word in name_key(words).split()[:8]:
            found = found.filter(**{f"{column}__contains": word})
        return found


class Profile(models.Model):
    """What a person tells other members. Nobody sees it before ``published_at``; taken down, that is empty again."""

    class Audience(models.TextChoices):
        MEMBERS = "members", _("Only people who are signed in here")
        EVERYBODY = "everybody", _("Everybody, search engines too")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    about = models.TextField(blank=True, help_text=_("Markdown"))
    place = models.CharField(max_length=80, blank=True)
    languages = models.JSONField(default=list)
    links = models.JSONField(default=list)
    shown = models.ManyToManyField(Certification, related_name="shown_on")
    audience = models.CharField(max_length=9, choices=Audience.choices, default=Audience.MEMBERS)
    is_listed = models.BooleanField(default=False)
    takes_letters = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField()
    # What is searched and sorted by; the name is the person's own and follows it.
    name_key = models.CharField(max_length=400)
    place_key = models.CharField(max_length=200, blank=True)
    languages_text = models.TextField(blank=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name_key", "id"], name="profile_by_name")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def topic(self) -> str:
        return f"profile:{self.pk}"

    @property
    def name(self) -> Any:
        return self.person.name

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def is_for_everybody(self) -> bool:
        return self.audience == Profile.Audience.EVERYBODY
