"""A room and its teams."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.workshops.models import Workshop


class RoomQuerySet(models.QuerySet["Room"]):
    def lock(self, pk: int) -> "Room":
        """The room's row, locked until the transaction ends: whoever holds it conducts."""
        return self.select_for_update().get(pk=pk)

    def conducted_by(self, actor: Actor) -> "RoomQuerySet":
        """Rooms of workshops the actor runs; rooms of their own are led from inside."""
        return self.filter(workshop__in=Workshop.objects.run_by(actor).values("pk"))

    def with_code(self, code: str) -> "RoomQuerySet":
        """The open room behind a code, however it was typed."""
        return self.filter(code=code.replace(" ", "").replace("-", "").upper()).exclude(state=Room.State.CLOSED)


class Room(models.Model):
    """The live place of one workshop, or of people who meet. Its journal topic holds all that happens, in one order.

    A room of a workshop has seats and is conducted from its desk. A room without one has a ``name`` and a ``home``, the
    page it belongs to; people take part without a seat, and who leads it does so from inside.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    workshop = models.OneToOneField(Workshop, null=True, blank=True, on_delete=models.PROTECT, related_name="room")
    name = models.CharField(max_length=200, blank=True)
    home = models.CharField(max_length=200, blank=True, help_text=_("The path of the page this room belongs to"))
    moves_itself = models.BooleanField(default=False, help_text=_("Nobody leads: steps follow by the clock"))
    code = models.CharField(max_length=6, unique=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    is_frozen = models.BooleanField(default=False)
    is_free = models.BooleanField(default=False, help_text=_("People may look around; otherwise they follow"))
    lets_choose = models.BooleanField(default=False, help_text=_("Learners choose their team themselves"))
    opened_at = models.DateTimeField()

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(workshop__isnull=False, moves_itself=False) | (Q(workshop=None) & ~Q(name="")),
                name="room_of_a_workshop_or_named",
            )
        ]

    def __str__(self) -> str:
        return self.name or f"room of {self.workshop_id}"

    @property
    def title(self) -> str:
        return self.workshop.course.title if self.workshop else self.name

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
