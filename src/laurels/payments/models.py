from django.conf import settings
from django.db import models
from django.db.models import Q

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.people.models import Organisation


class OrderQuerySet(models.QuerySet["Order"]):
    def lock(self, pk: int) -> "Order":
        """The order's row, locked until the transaction ends."""
        return self.select_for_update().get(pk=pk)

    def visible_to(self, actor: Actor) -> "OrderQuerySet":
        """The actor's own orders, and those owed to organisations whose staff the actor is."""
        if actor.is_system:
            return self
        return self.filter(Q(buyer_id=actor.person_id) | Q(seller_id__in=actor.organisations("staff")))

    def of_seller(self, seller: Organisation) -> "OrderQuerySet":
        return self.filter(seller=seller)

    def due(self) -> "OrderQuerySet":
        """Neither paid nor cancelled, oldest due date first."""
        return self.filter(payment=None, cancelled_at=None).order_by("due_on", "pk")

    def paid(self) -> "OrderQuerySet":
        """Paid orders, the latest payment first."""
        return self.filter(payment__isnull=False).order_by("-payment__received_at", "-pk")


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

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount_minor__gt=0), name="order_is_never_free")]
        indexes = [models.Index(fields=["seller", "due_on"], name="order_by_due_date")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.amount}"

    @property
    def topic(self) -> str:
        return f"order:{self.pk}"

    @property
    def reference(self) -> str:
        """What a buyer writes into a bank transfer: ten letters of the public id, 50 random bits."""
        return f"{self.public_id[:5]}-{self.public_id[5:10]}".upper()

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

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="payment_by_time")]

    def __str__(self) -> str:
        return f"payment of {self.order_id}"
