"""A room and its teams."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.workshops.models import Workshop


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
    is_free = models.BooleanField(default=False, help_text=_("People may look around; otherwise they follow"))
    lets_choose = models.BooleanField(default=False, help_text=_("Learners choose their team themselves"))
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
