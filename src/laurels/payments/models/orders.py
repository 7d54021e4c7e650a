from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.people.models import Organisation


class Way(models.TextChoices):
    """By which way money comes, and goes back."""

    TRANSFER = "transfer", _("Invoice and bank transfer")
    CARD = "card", _("Card")


class OrderQuerySet(models.QuerySet["Order"]):
    def lock(self, pk: int) -> "Order":
        """The order's row, locked until the transaction ends. Lock the workshop's row before it."""
        return self.select_for_update().get(pk=pk)

    def visible_to(self, actor: Actor) -> "OrderQuerySet":
        """The actor's own orders, and those owed to organisations whose staff the actor is."""
        if actor.is_system:
            return self
        own = Q(buyer_id=actor.person_id) if actor.person_id else Q(pk__in=actor.placed_orders)
        return self.filter(own | Q(seller_id__in=actor.organisations("staff")))

    def of_seller(self, seller: Organisation) -> "OrderQuerySet":
        return self.filter(seller=seller)

    def for_page(self) -> "OrderQuerySet":
        """Loaded with whom and what its page speaks of; ``is_disputed`` comes along."""
        disputed = self.model._default_manager.filter(pk=OuterRef("pk"), receipts__disputes__state="open")
        loaded = self.select_related(
            "buyer", "payment", "return_account", "seller__billing", "seller__card_account"
        )  # fmt: skip
        return loaded.annotate(is_disputed=Exists(disputed))  # type: ignore[no-redef]

    def due(self) -> "OrderQuerySet":
        """Neither paid nor cancelled nor just being paid by card, oldest due date first."""
        return self.filter(payment=None, cancelled_at=None, held_until=None).order_by("due_on", "pk")

    def paying(self) -> "OrderQuerySet":
        """Being paid by card: what they are for is held until ``held_until``."""
        return self.filter(payment=None, cancelled_at=None, held_until__isnull=False).order_by("held_until", "pk")

    def held_for_nothing(self, since: datetime) -> "OrderQuerySet":
        """To be paid by card, placed since then, and not paid: being paid, given up, or run out."""
        return self.filter(way=Way.CARD, payment=None, placed_at__gt=since).order_by("pk")

    def paid(self) -> "OrderQuerySet":
        """Paid orders, the latest payment first."""
        return self.filter(payment__isnull=False).order_by("-payment__received_at", "-pk")


class Order(models.Model):
    """What a buyer owes a seller. Paid when it has a ``Payment``; a free order is never made.

    ``amount_minor`` is what was ordered, tax included; ``credited_minor`` of it is not owed any more,
    ``received_minor`` has come for it, ``refunded_minor`` was promised back.
    """

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    # What the booking page made up when it was drawn: sending it twice gives the same order.
    key = models.CharField(max_length=40, unique=True, null=True, blank=True, editable=False)
    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="orders")
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="orders")
    way = models.CharField(max_length=12, choices=Way.choices, default=Way.TRANSFER)
    description = models.CharField(max_length=250)
    amount_minor = models.PositiveBigIntegerField()
    tax_minor = models.PositiveBigIntegerField(default=0)
    tax_words = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3)
    credited_minor = models.PositiveBigIntegerField(default=0)
    received_minor = models.PositiveBigIntegerField(default=0)
    refunded_minor = models.PositiveBigIntegerField(default=0)
    # Who the paper is for: name, company, address, country, tax_id, purchase_number, email.
    bill_to = models.JSONField(default=dict, blank=True)
    # The cancellation terms in force when it was placed (workshops/rules/terms).
    terms = models.JSONField(default=dict, blank=True)
    placed_at = models.DateTimeField()
    due_on = models.DateField()
    held_until = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # Where a browser that had not signed in placed it from, as a keyed digest: what is held for nothing is counted.
    client_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="order_is_never_free"),
            models.CheckConstraint(condition=Q(tax_minor__lte=F("amount_minor")), name="order_tax_is_part_of_it"),
            models.CheckConstraint(condition=Q(credited_minor__lte=F("amount_minor")), name="order_credit_at_most_all"),
            models.CheckConstraint(
                condition=Q(refunded_minor__lte=F("received_minor")), name="order_refund_at_most_received"
            ),
        ]
        indexes = [
            models.Index(fields=["seller", "due_on"], name="order_by_due_date"),
            models.Index(fields=["held_until"], name="order_by_hold", condition=Q(held_until__isnull=False)),
            models.Index(fields=["client_digest", "placed_at"], name="order_by_client", condition=~Q(client_digest="")),
        ]

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
    def tax(self) -> Money:
        return Money(self.tax_minor, self.currency)

    @property
    def net(self) -> Money:
        return Money(self.amount_minor - self.tax_minor, self.currency)

    @property
    def owed(self) -> Money:
        """What has still to come; never below zero."""
        return Money(max(0, self.amount_minor - self.credited_minor - self.received_minor), self.currency)

    @property
    def refunded(self) -> Money:
        return Money(self.refunded_minor, self.currency)

    def is_bought_by(self, actor: Actor) -> bool:
        """Whether the actor is its buyer: the person, or the browser that placed it without having signed in."""
        return actor.person_id == self.buyer_id or self.pk in actor.placed_orders

    @property
    def is_paid(self) -> bool:
        return hasattr(self, "payment")

    @cached_property
    def is_disputed(self) -> bool:
        """Whether a bank is asked to take some of its money back, which is not decided; asked once for each loading."""
        return self.receipts.filter(disputes__state="open").exists()

    @property
    def is_paying(self) -> bool:
        return self.held_until is not None and not self.is_paid and self.cancelled_at is None


class OrderLine(models.Model):
    """One line of an order as its buyer reads it. ``minor`` has its sign: discounts are below zero."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=250)
    quantity = models.PositiveIntegerField(default=1)
    minor = models.BigIntegerField(help_text=_("For the whole line, in prices as shown: with tax where it is included"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "position"], name="order_line_place")]

    def __str__(self) -> str:
        return self.words

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.order.currency)


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
