"""Where people sat, what is to be done until next time, and what guests may still claim."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.gatherings.models.gatherings import Gathering
from laurels.kernel.ids import digest, public_id
from laurels.rooms.models import Participant, Room


class Table(models.Model):
    """A room of a gathering. Number 0 is where everybody comes in; the others are tables of their own."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="tables")
    number = models.PositiveSmallIntegerField()
    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="table_of")
    record = models.JSONField(default=dict, help_text=_("What came of it, once it is over"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "number"], name="table_number_once_a_gathering")]
        ordering = ["gathering", "number"]

    def __str__(self) -> str:
        return f"table {self.number} of {self.gathering_id}"


class FollowUp(models.Model):
    """Something that somebody wanted to do until next time."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="followups")
    text = models.CharField(max_length=300)
    owner = models.CharField(max_length=80, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text


class TicketQuerySet(models.QuerySet["Ticket"]):
    def lock(self, pk: int) -> "Ticket":
        return self.select_for_update().get(pk=pk)

    def with_secret(self, secret: str) -> "TicketQuerySet":
        return self.filter(secret_digest=digest(secret))


class Ticket(models.Model):
    """What a guest shows to take their minutes into a ledger later. Only the secret's digest is kept."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="tickets")
    participant = models.OneToOneField(Participant, on_delete=models.PROTECT, related_name="ticket")
    secret_digest = models.CharField(max_length=64, unique=True)
    given_at = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="tickets"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, claimed_at=None) | Q(person__isnull=False, claimed_at__isnull=False),
                name="ticket_claimed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"ticket {self.participant_id}"


class Board(models.Model):
    """A room that anybody opens for a team, to try it: no account, no units, gone after some weeks."""

    room = models.OneToOneField(Room, on_delete=models.PROTECT, related_name="board_of")
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="boards"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"board {self.room_id}"
