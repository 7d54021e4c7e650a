"""People of one place or one topic, who meet by themselves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.people.models import Organisation


# Named apart from the groups of renewals: types of managers are found by this name.
class CircleQuerySet(models.QuerySet["Group"]):
    def lock(self, pk: int) -> "Group":
        return self.select_for_update().get(pk=pk)

    def alive(self) -> "CircleQuerySet":
        return self.filter(closed_at=None)

    def organised_by(self, actor: Actor) -> "CircleQuerySet":
        """Groups the actor organises, and for a body's staff all of that body's."""
        if actor.is_system:
            return self
        organised = GroupMember.objects.filter(person=actor.person_id or 0, is_organiser=True)
        return self.filter(models.Q(pk__in=organised.values("group")) | models.Q(body__in=actor.organisations("staff")))

    def with_size(self) -> "CircleQuerySet":
        """Annotates ``size``: how many belong to it."""
        return self.annotate(size=models.Count("members"))

    def by_name(self) -> "CircleQuerySet":
        return self.order_by("name", "pk")


class Group(models.Model):
    """A circle of people with gatherings of its own, by place or by topic."""

    class Kind(models.TextChoices):
        PLACE = "place", _("A place")
        TOPIC = "topic", _("A topic")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    name = models.CharField(max_length=120)
    about = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=12, default="en")
    founded_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CircleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def topic(self) -> str:
        return f"group:{self.pk}"


class GroupMember(models.Model):
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="groups")
    is_organiser = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "person"], name="group_member_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.group_id}"


class Help(models.Model):
    """Hours that somebody gave to a group, confirmed by an organiser who is not the helper."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="helps")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="helps")
    what = models.CharField(max_length=200)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "person", "what", "on"], name="help_once"),
            models.CheckConstraint(condition=models.Q(minutes__gte=1, minutes__lte=1440), name="help_within_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"
