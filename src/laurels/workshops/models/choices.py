from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.payments.models import Order
from laurels.workshops.models.workshops import Seat, Workshop


class Surcharge(models.Model):
    """What was asked afterwards for a seat, or for a place without a name: the dearer date, the fee for moving.

    It has an order of its own. When the place gets its name, it is the seat's too.

    ``worth_minor`` of it is part of the seat's worth, which cancellation terms reckon with; a fee is not.
    """

    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="surcharges")
    place = models.ForeignKey(
        "workshops.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="surcharges"
    )
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="surcharge")
    worth_minor = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(seat__isnull=False) | Q(place__isnull=False), name="surcharge_for_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"surcharge {self.order_id} of seat {self.seat_id}"


class ChoiceQuerySet(models.QuerySet["Choice"]):
    def lock(self, pk: int) -> "Choice":
        """The choice's row, locked until the transaction ends; lock the workshops' rows first."""
        return self.select_for_update().get(pk=pk)

    def visible_to(self, actor: Actor) -> "ChoiceQuerySet":
        """The actor's own, and those of providers whose staff the actor is."""
        if actor.is_system:
            return self
        if actor.person_id is None:
            return self.none()
        staffed = Q(workshop__provider_id__in=actor.organisations("staff"))
        return self.filter(Q(order__buyer_id=actor.person_id) | staffed)

    def unanswered(self) -> "ChoiceQuerySet":
        return self.filter(answer="").order_by("asked_at", "pk")

    def to_remind(self, now: datetime) -> "ChoiceQuerySet":
        """Asked a week ago, not answered, not reminded."""
        return self.unanswered().filter(asked_at__lte=now - Choice.REMINDED_AFTER, reminded_at=None)

    def overdue(self, now: datetime) -> "ChoiceQuerySet":
        """Not answered in two weeks: the money goes back by itself."""
        return self.unanswered().filter(asked_at__lte=now - Choice.REFUNDED_AFTER)


class Choice(models.Model):
    """What a buyer who has paid wants when the workshop is called off. Until it is answered the money stays."""

    class Answer(models.TextChoices):
        NONE = "", _("Not answered")
        STAY = "stay", _("Waits for the next date")
        MOVE = "move", _("Another date")
        REFUND = "refund", _("Money back")

    # Whoever waits for the next date may still take one, or the money.
    MOVES = {
        Answer.NONE: {Answer.STAY, Answer.MOVE, Answer.REFUND},
        Answer.STAY: {Answer.MOVE, Answer.REFUND},
        Answer.MOVE: set(),
        Answer.REFUND: set(),
    }
    REMINDED_AFTER = timedelta(days=7)
    REFUNDED_AFTER = timedelta(days=14)

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="choices")
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="choices")
    answer = models.CharField(max_length=6, choices=Answer.choices, default=Answer.NONE, blank=True)
    moved_to = models.ForeignKey(Workshop, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "workshop"], name="choice_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="choice_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(answer="move", moved_to__isnull=False) | (~Q(answer="move") & Q(moved_to=None)),
                name="choice_moved_where",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="choice_unanswered", condition=Q(answer=""))]

    def __str__(self) -> str:
        return f"choice {self.public_id}"

    @property
    def refunded_on(self) -> datetime:
        """When the money goes back by itself."""
        return self.asked_at + self.REFUNDED_AFTER

    @property
    def is_final(self) -> bool:
        return not self.MOVES[self.Answer(self.answer)]


class ChoiceLink(models.Model):
    """A one-time link to a choice, one for each letter that was written; only the digest of its secret is kept."""

    choice = models.ForeignKey(Choice, on_delete=models.CASCADE, related_name="links")
    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link to {self.choice_id}"
