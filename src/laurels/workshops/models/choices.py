from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.payments.models import Order
from laurels.people.models import Person
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
        return self.filter(Q(order__buyer_id=actor.person_id) | Q(person_id=actor.person_id) | staffed)

    def unanswered(self) -> "ChoiceQuerySet":
        return self.filter(answer="").order_by("asked_at", "pk")

    def to_remind(self, now: datetime) -> "ChoiceQuerySet":
        """Asked a week ago what shall happen with their money, not answered, not reminded."""
        paid = self.unanswered().filter(order__payment__isnull=False)
        return paid.filter(asked_at__lte=now - Choice.REMINDED_AFTER, reminded_at=None)

    def overdue(self, now: datetime) -> "ChoiceQuerySet":
        """Not answered in two weeks: the money goes back by itself, and so ends the choice where none was paid."""
        return self.unanswered().filter(asked_at__lte=now - Choice.REFUNDED_AFTER)


class Choice(models.Model):
    """What whoever had a seat wants when the workshop is called off. Until it is answered, money that was paid stays.

    One for each order, which its buyer answers; without an order (free, or settled elsewhere) one for each ``person``.
    """

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
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="choices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="choices"
    )
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
            models.UniqueConstraint(fields=["person", "workshop"], name="choice_once_a_person"),
            models.CheckConstraint(
                condition=Q(order__isnull=False, person=None) | Q(order=None, person__isnull=False),
                name="choice_of_buyer_or_person",
            ),
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
    def chooser(self) -> Person:
        """Who answers: the order's buyer, or whoever had a seat without one."""
        found = self.order.buyer if self.order else self.person
        assert found is not None
        return found

    @property
    def has_money(self) -> bool:
        """Whether something was paid that waits for the answer."""
        return self.order is not None and self.order.is_paid

    @property
    def has_to_pay(self) -> bool:
        """Whether another date is to be paid: nothing has come for this one, and its invoice is cancelled."""
        return self.order is not None and not self.order.is_paid

    @property
    def answer_in_words(self) -> str:
        if self.answer == self.Answer.REFUND and not self.has_money:
            return str(_("Does not come"))
        return str(self.get_answer_display())

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
