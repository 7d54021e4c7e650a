from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.programmes.models import Block
from laurels.workshops.models import Seat, Workshop


class RoomQuerySet(models.QuerySet["Room"]):
    def lock(self, pk: int) -> "Room":
        """The room's row, locked until the transaction ends: whoever holds it conducts."""
        return self.select_for_update().get(pk=pk)

    def conducted_by(self, actor: Actor) -> "RoomQuerySet":
        """Rooms of workshops the actor runs."""
        return self.filter(workshop__in=Workshop.objects.run_by(actor).values("pk"))

    def with_code(self, code: str) -> "RoomQuerySet":
        """The open room behind a code, however it was typed."""
        return self.filter(code=code.replace(" ", "").replace("-", "").upper()).exclude(state=Room.State.CLOSED)


class Room(models.Model):
    """The live place of one workshop. Its journal topic holds everything that happens here, in one order."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    workshop = models.OneToOneField(Workshop, on_delete=models.PROTECT, related_name="room")
    code = models.CharField(max_length=6, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    is_frozen = models.BooleanField(default=False)
    opened_at = models.DateTimeField()

    objects = RoomQuerySet.as_manager()

    def __str__(self) -> str:
        return f"room of {self.workshop_id}"

    @property
    def topic(self) -> str:
        return f"room:{self.pk}"

    @property
    def code_aloud(self) -> str:
        """``ABC DEF``."""
        return f"{self.code[:3]} {self.code[3:]}"


class Team(models.Model):
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="teams")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "number"], name="team_number_once")]

    def __str__(self) -> str:
        return self.name


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> "ParticipantQuerySet":
        """Not sent away."""
        return self.filter(removed_at=None)

    def learners(self) -> "ParticipantQuerySet":
        return self.present().filter(role=Participant.Role.LEARNER)

    def by_name(self) -> "ParticipantQuerySet":
        return self.order_by("name", "pk")


class Participant(models.Model):
    """Somebody in a room. A learner holds a seat; until ``confirmed_at`` the claim to it rests on the code alone."""

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        OBSERVER = "observer", _("Observer")
        TRAINER = "trainer", _("Trainer")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(max_length=8, choices=Role.choices)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    name = models.CharField(max_length=80)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    joined_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    hand_at = models.DateTimeField(null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room", "seat"], condition=Q(removed_at=None), name="participant_once_per_seat"
            ),
            models.CheckConstraint(
                condition=Q(role="learner", seat__isnull=False) | (~Q(role="learner") & Q(seat=None)),
                name="participant_learners_hold_seats",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"participant:{self.pk}"

    @property
    def is_trainer(self) -> bool:
        return self.role == Participant.Role.TRAINER


class Presence(models.Model):
    """A time during which the server held an open stream of a participant; breaks are taken out when it is counted."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="presences")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant"], condition=Q(ended_at=None), name="presence_open_once")
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} from {self.began_at:%H:%M}"


class ActivityQuerySet(models.QuerySet["Activity"]):
    def in_order(self) -> "ActivityQuerySet":
        return self.order_by("position", "pk")

    def running(self) -> "ActivityQuerySet":
        return self.filter(state=Activity.State.RUNNING)


class Activity(models.Model):
    """One line of the run sheet: an exercise (its ``plan`` frozen from the pack), a talk, or a break."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Running")
        ENDED = "ended", _("Ended")
        SKIPPED = "skipped", _("Skipped")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="activities")
    block = models.ForeignKey(Block, null=True, blank=True, on_delete=models.PROTECT, related_name="activities")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    is_break = models.BooleanField(default=False)
    exercise = models.SlugField(max_length=60, blank=True)
    plan = models.JSONField(default=dict)
    seed = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    step = models.PositiveSmallIntegerField(default=0)
    began_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text=_("When the timer of this step rings"))
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room"], condition=Q(state="running"), name="activity_one_runs"),
        ]
        indexes = [models.Index(fields=["room", "position"], name="activity_run_sheet")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_exercise(self) -> bool:
        return bool(self.exercise)

    @property
    def steps(self) -> list[dict[str, Any]]:
        return list(self.plan.get("step", []))


class CanvasQuerySet(models.QuerySet["Canvas"]):
    def with_activity(self) -> "CanvasQuerySet":
        return self.select_related("activity__room", "team").order_by("team__number", "pk")

    def lock(self, pk: int) -> "Canvas":
        """The canvas's row, locked until the transaction ends: it orders the acts."""
        return self.select_related("activity__room__workshop", "team").select_for_update(of=("self",)).get(pk=pk)


class Canvas(models.Model):
    """A team's copy of an exercise, or the whole class's. ``state`` is the kind's, as JSON text."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="canvases")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="canvases")
    state = models.TextField()
    acts_count = models.PositiveIntegerField(default=0)

    objects = CanvasQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "team"], name="canvas_once_per_team"),
            models.UniqueConstraint(fields=["activity"], condition=Q(team=None), name="canvas_once_per_class"),
        ]

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
