"""Who is in a room, how they came in, and when they were there."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.ids import digest, public_id
from laurels.rooms.models.rooms import Room, Team
from laurels.workshops.models import Seat


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def present(self) -> "ParticipantQuerySet":
        """Not sent away."""
        return self.filter(removed_at=None)

    def taking_part(self) -> "ParticipantQuerySet":
        """Who takes part in exercises: learners with a seat, and whoever comes to a room that has none."""
        return self.present().filter(role__in=(Participant.Role.LEARNER, Participant.Role.ATTENDEE))

    def by_name(self) -> "ParticipantQuerySet":
        return self.order_by("name", "pk")


class Participant(models.Model):
    """Somebody in a room. A learner holds a seat; until ``confirmed_at`` the claim to it rests on the code alone.
    An attendee needs none; the trainer of a room without a workshop is its host. Whoever was sent to a table in a room
    of its own is there as ``moved_to``, until that room closes.

    A *table* is one device that several people share: those who sit there have it as their ``table``.
    """

    class Role(models.TextChoices):
        LEARNER = "learner", _("Learner")
        OBSERVER = "observer", _("Observer")
        ATTENDEE = "attendee", _("Taking part")
        TRAINER = "trainer", _("Trainer")
        TABLE = "table", _("Shared device")

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="participants")
    role = models.CharField(max_length=8, choices=Role.choices)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="participations"
    )
    name = models.CharField(max_length=80)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    table = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="sitters")
    moved_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="moved_from")
    joined_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    hand_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, help_text=_("When they last said that they are done"))

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

    @property
    def takes_part(self) -> bool:
        return self.role in (Participant.Role.LEARNER, Participant.Role.ATTENDEE)

    @property
    def is_table(self) -> bool:
        return self.role == Participant.Role.TABLE

    @property
    def may_share(self) -> bool:
        """Whether others can sit at this device: a table's, or that of whoever leads a room without a workshop."""
        return self.is_table or (self.is_trainer and self.room.workshop_id is None)


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


class SeatLinkQuerySet(models.QuerySet["SeatLink"]):
    def with_secret(self, secret: str) -> "SeatLinkQuerySet":
        return self.filter(secret_digest=digest(secret))

    def open(self, now: datetime) -> "SeatLinkQuerySet":
        return self.filter(used_at=None, expires_at__gt=now)


class SeatLink(models.Model):
    """A one-time link to the address of a seat: whoever has it is who they say. Only the secret's digest is kept."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seat_links")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="room_links")
    secret_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = SeatLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"link to seat {self.seat_id}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def waiting(self) -> "ClaimQuerySet":
        return self.filter(settled_at=None).select_related("seat").order_by("asked_at", "pk")


class Claim(models.Model):
    """Somebody says they are the holder of a seat that is taken: the trainer looks up and settles it."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="claims")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="room_claims")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ClaimQuerySet.as_manager()

    def __str__(self) -> str:
        return f"claim to seat {self.seat_id}"
