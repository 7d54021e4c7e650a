from django.conf import settings
from django.db import models

from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.people.models import Organisation


class OrderQuerySet(models.QuerySet["Order"]):
    def due(self) -> "OrderQuerySet":
        """Neither paid nor cancelled, oldest due date first."""
        return self.filter(payment=None, cancelled_at=None).order_by("due_on", "pk")


class Order(models.Model):
    """What a buyer owes a seller. Paid when it has a ``Payment``; a free order is never made."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="orders")
    description = models.CharField(max_length=250)
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    placed_at = models.DateTimeField()
    due_on = models.DateField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = OrderQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.public_id} {self.amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)

    @property
    def is_paid(self) -> bool:
        return hasattr(self, "payment")


class Payment(models.Model):
    """The row that says an order is paid: by which way, on whose word."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="payment")
    way = models.CharField(max_length=20, default="transfer")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="payments_noted"
    )
    received_at = models.DateTimeField()
    note = models.CharField(max_length=250, blank=True)

    def __str__(self) -> str:
        return f"payment of {self.order_id}"
