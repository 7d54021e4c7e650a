"""Gatherings, the series they come in, and who comes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.gatherings.models.groups import Group
from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.people.models import Organisation
from laurels.rooms.models import Participant


class Described(models.Model):
    """What a series says of each of its gatherings, and a gathering of itself."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="%(class)s_set")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)s_set")
    title = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    zone = models.CharField(max_length=60)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True, help_text=_("Where people talk, if not in one place"))
    language = models.CharField(max_length=12, default="en")
    minutes = models.PositiveSmallIntegerField(default=60)
    capacity = models.PositiveSmallIntegerField(null=True, blank=True)
    table_size = models.PositiveSmallIntegerField(default=8)
    is_led = models.BooleanField(default=True, help_text=_("Otherwise the room moves by its clock"))
    board = models.JSONField(default=dict, help_text=_("How the board is set up: votes, minutes, extensions"))
    hosts = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="%(class)s_hosted")

    class Meta:
        abstract = True


class SeriesQuerySet(models.QuerySet["Series"]):
    def lock(self, pk: int) -> "Series":
        return self.select_for_update().get(pk=pk)

    def going_on(self) -> "SeriesQuerySet":
        return self.filter(ended_at=None).order_by("pk")


class Series(Described):
    """The same gathering again and again: on the nth weekday of each month (``nth`` -1 is the last), or each week."""

    class Rhythm(models.TextChoices):
        MONTHLY = "monthly", _("Every month")
        WEEKLY = "weekly", _("Every week")
        FORTNIGHTLY = "fortnightly", _("Every other week")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    rhythm = models.CharField(max_length=12, choices=Rhythm.choices)
    nth = models.SmallIntegerField(default=0)
    first_on = models.DateField()
    starts = models.TimeField()
    until = models.DateField(null=True, blank=True)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints = [models.CheckConstraint(condition=Q(nth__gte=-1, nth__lte=4), name="series_nth")]

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> str:
        return f"series:{self.pk}"


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def lock(self, pk: int) -> "Gathering":
        """The gathering's row, locked until the transaction ends: whoever holds it gives out places."""
        return self.select_for_update().get(pk=pk)

    def hosted_by(self, actor: Actor) -> "GatheringQuerySet":
        """What the actor may run: as a host, an organiser of the group, or staff of the body."""
        if actor.is_system:
            return self
        hosts = Gathering.hosts.through.objects.filter(person_id=actor.person_id or 0)
        return self.filter(
            Q(pk__in=hosts.values("gathering_id"))
            | Q(group__in=Group.objects.organised_by(actor).values("pk"))
            | Q(body__in=actor.organisations("staff"))
        )

    def upcoming(self, now: datetime) -> "GatheringQuerySet":
        """Announced or going on, soonest first."""
        return self.filter(state__in=Gathering.COMING, ends_at__gt=now).order_by("starts_at", "pk")

    def held(self) -> "GatheringQuerySet":
        return self.filter(state=Gathering.State.HELD).order_by("-starts_at", "-pk")

    def with_going(self) -> "GatheringQuerySet":
        """Annotates ``going``: how many come."""
        return self.annotate(going=models.Count("signups", filter=Q(signups__state=SignUp.State.GOING)))


class Gathering(Described):
    """One meeting. Its room opens shortly before; what came of it stays to be read."""

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Going on")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.ANNOUNCED: {State.OPEN, State.CANCELLED},
        State.OPEN: {State.HELD},
        State.HELD: set(),
        State.CANCELLED: set(),
    }
    COMING = (State.ANNOUNCED, State.OPEN)

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    series = models.ForeignKey(Series, null=True, blank=True, on_delete=models.PROTECT, related_name="gatherings")
    on = models.DateField(help_text=_("The day the series meant; the day in the gathering's own zone"))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ANNOUNCED)
    version = models.PositiveSmallIntegerField(default=0, help_text=_("Counts changes, for calendars"))
    announced_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True, help_text=_("Since when its words are kept from its page"))

    objects = GatheringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "on"], name="gathering_once_a_day_of_its_series"),
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="gathering_ends_after_start"),
            models.CheckConstraint(condition=Q(table_size__gte=2), name="gathering_tables_for_two"),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="gathering_calendar")]

    def __str__(self) -> str:
        return f"{self.title} {self.on}"

    @property
    def topic(self) -> str:
        return f"gathering:{self.pk}"

    @property
    def local_start(self) -> datetime:
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> datetime:
        return self.ends_at.astimezone(ZoneInfo(self.zone))


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def going(self) -> "SignUpQuerySet":
        return self.filter(state=SignUp.State.GOING).order_by("asked_at", "pk")

    def waiting(self) -> "SignUpQuerySet":
        return self.filter(state=SignUp.State.WAITING).order_by("asked_at", "pk")

    def coming(self) -> "SignUpQuerySet":
        """Going or waiting."""
        return self.exclude(state=SignUp.State.CANCELLED).order_by("asked_at", "pk")


class SignUp(models.Model):
    """Somebody wants to come: a person, or a guest by name and address, who signs off by the secret in their letter."""

    class State(models.TextChoices):
        GOING = "going", _("Going")
        WAITING = "waiting", _("On the waiting list")
        CANCELLED = "cancelled", _("Signed off")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="signups")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="signups"
    )
    name = models.CharField(max_length=80)
    email = models.EmailField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices)
    shows_name = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    participant = models.OneToOneField(
        Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="signup"
    )

    objects = SignUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "person"],
                condition=~Q(state="cancelled") & Q(person__isnull=False),
                name="signup_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["gathering", "email"],
                condition=~Q(state="cancelled") & Q(person=None),
                name="signup_once_per_guest",
            ),
            models.CheckConstraint(condition=Q(person__isnull=False) | ~Q(email=""), name="signup_can_be_reached"),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.gathering_id}"
