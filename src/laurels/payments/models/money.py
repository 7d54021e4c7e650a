from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.payments.models.orders import Order, Way
from laurels.people.models import Organisation


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def of_seller(self, seller: Organisation) -> "ReceiptQuerySet":
        return self.filter(seller=seller)

    def known_as(self, seller: Organisation, way: str, reference: str) -> "ReceiptQuerySet":
        """The money that goes by this name: there is one at most."""
        return self.filter(seller=seller, way=way, reference=reference)

    def surplus(self) -> "ReceiptQuerySet":
        """Money, or a part of it, that no order needed."""
        return self.filter(surplus_minor__gt=0).order_by("received_at", "pk")


class Receipt(models.Model):
    """Money that came, once per ``reference`` and way. ``surplus_minor`` of it was owed by nobody."""

    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="receipts")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts")
    way = models.CharField(max_length=12, choices=Way.choices)
    reference = models.CharField(max_length=120)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    surplus_minor = models.PositiveBigIntegerField(default=0)
    why_surplus = models.CharField(max_length=250, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "way", "reference"], name="receipt_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="receipt_is_money"),
            models.CheckConstraint(
                condition=Q(surplus_minor__lte=models.F("amount_minor")), name="receipt_surplus_is_part_of_it"
            ),
        ]
        indexes = [models.Index(fields=["seller", "received_at"], name="receipt_by_time")]

    def __str__(self) -> str:
        return f"{self.way} {self.reference}"

    @property
    def topic(self) -> str:
        return f"receipt:{self.pk}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def surplus(self) -> Money:
        return Money(self.surplus_minor, self.currency)

    @property
    def is_all_surplus(self) -> bool:
        return self.surplus_minor == self.amount_minor

    @property
    def why_in_words(self) -> str:
        return str(WHY_SURPLUS.get(self.why_surplus, self.why_surplus))


WHY_SURPLUS = {
    "no-order": _("no order was named"),
    "cancelled": _("the order was cancelled"),
    "other-currency": _("in another currency than the order"),
    "too-much": _("more than was owed"),
}


class Credit(models.Model):
    """A part of an order that is not owed any more, and why; its paper is a credit note."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="credits")
    minor = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="credit_is_something")]

    def __str__(self) -> str:
        return f"{self.minor} off {self.order_id}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.order.currency)


class RefundQuerySet(models.QuerySet["Refund"]):
    def lock(self, pk: int) -> "Refund":
        """The refund's row, locked until the transaction ends; lock its order's row first where there is one."""
        return self.select_for_update().get(pk=pk)

    def of_seller(self, seller: Organisation) -> "RefundQuerySet":
        return self.filter(seller=seller)

    def open(self) -> "RefundQuerySet":
        """Promised, and not yet with the buyer."""
        return self.filter(state__in=Refund.OPEN).order_by("pk")


class Refund(models.Model):
    """Money on its way back by the way it came. The intent is written before anything is sent."""

    class State(models.TextChoices):
        ASKED = "asked", _("To be sent")
        SENT = "sent", _("On its way")
        DONE = "done", _("Paid back")
        FAILED = "failed", _("Did not go through")

    MOVES = {
        State.ASKED: {State.SENT, State.DONE, State.FAILED},
        State.SENT: {State.DONE, State.FAILED},
        State.FAILED: {State.ASKED, State.SENT, State.DONE},
        # A bank may send it back days after it was paid out.
        State.DONE: {State.FAILED},
    }
    OPEN = (State.ASKED, State.SENT, State.FAILED)

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="refunds")
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="refunds")
    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="refunds")
    credit = models.ForeignKey(Credit, null=True, blank=True, on_delete=models.PROTECT, related_name="refunds")
    state = models.CharField(max_length=6, choices=State.choices, default=State.ASKED)
    minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=250)
    external_id = models.CharField(max_length=120, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    problem = models.CharField(max_length=250, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minor__gt=0), name="refund_is_something"),
            models.UniqueConstraint(
                fields=["seller", "external_id"], condition=~Q(external_id=""), name="refund_external_once"
            ),
        ]

    def __str__(self) -> str:
        return f"refund {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def topic(self) -> str:
        return f"refund:{self.pk}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)
