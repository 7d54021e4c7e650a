from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.payments.models import Order
from laurels.workshops.models.queue import Offer
from laurels.workshops.models.sales import CouponUse
from laurels.workshops.models.workshops import Seat, Workshop


class PlaceQuerySet(models.QuerySet["Place"]):
    def lock(self, pk: int) -> "Place":
        """The place's row, locked until the transaction ends; lock the workshop's row first."""
        return self.select_for_update().get(pk=pk)

    def counting(self) -> "PlaceQuerySet":
        """Places that count against the capacity: held while somebody pays or decides, or bought and not named yet."""
        return self.filter(state__in=Place.COUNTS)

    def open(self) -> "PlaceQuerySet":
        """Bought, and waiting for a name."""
        return self.filter(state=Place.State.OPEN).order_by("pk")

    def held(self) -> "PlaceQuerySet":
        return self.filter(state=Place.State.HELD).order_by("pk")

    def overdue(self, now: datetime) -> "PlaceQuerySet":
        """Held longer than was said, while somebody pays; what an open offer holds ends with the offer."""
        return self.held().filter(held_until__lte=now).exclude(offer__state=Offer.State.OPEN)


class Place(models.Model):
    """Room for one person that is not somebody's seat yet. It becomes one when it is paid (or owed) and has a name."""

    class State(models.TextChoices):
        HELD = "held", _("Held")
        OPEN = "open", _("Waiting for a name")
        NAMED = "named", _("Has become a seat")
        RELEASED = "released", _("Released")
        GIVEN_UP = "given-up", _("Given back, or on another date")

    MOVES = {
        State.HELD: {State.OPEN, State.NAMED, State.RELEASED},
        State.OPEN: {State.NAMED, State.RELEASED, State.GIVEN_UP},
        State.RELEASED: {State.OPEN, State.NAMED},
        State.NAMED: set(),
        State.GIVEN_UP: set(),
    }
    COUNTS = (State.HELD, State.OPEN)
    GONE = (State.RELEASED, State.GIVEN_UP)

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="places")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="places")
    # The code with which it cost nothing; with an order the code is the order's.
    coupon_use = models.ForeignKey(CouponUse, null=True, blank=True, on_delete=models.PROTECT, related_name="places")
    offer = models.ForeignKey(Offer, null=True, blank=True, on_delete=models.PROTECT, related_name="places")
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    name = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    company = models.CharField(max_length=160, blank=True)
    # What of the order was asked for this one, tax included: what cancellation terms reckon with.
    worth_minor = models.PositiveBigIntegerField(default=0)
    held_until = models.DateTimeField(null=True, blank=True)
    # The place on another date that this one came from.
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    seat = models.OneToOneField(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="place")
    made_at = models.DateTimeField()

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_until__isnull=False), name="place_held_until_when"
            ),
            models.CheckConstraint(condition=~Q(state="named") | Q(seat__isnull=False), name="place_named_has_seat"),
        ]
        indexes = [
            models.Index(fields=["workshop", "state"], name="place_by_workshop"),
            models.Index(fields=["held_until"], name="place_by_hold", condition=Q(state="held")),
        ]

    def __str__(self) -> str:
        return f"place {self.public_id}"

    @property
    def worth(self) -> Money:
        return Money(self.worth_minor, self.workshop.currency)


class Addition(models.Model):
    """An order for more people, added to one that was there before: each keeps its own money and papers."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="added_to")
    to = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="additions")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(order=models.F("to")), name="addition_to_another")]

    def __str__(self) -> str:
        return f"{self.order_id} added to {self.to_id}"
