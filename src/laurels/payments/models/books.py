from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from laurels.kernel.money import Money
from laurels.payments.models.orders import Order
from laurels.people.models import Organisation


class Account(models.TextChoices):
    """Where a seller's money stands. Debit is what it has or spends, credit what it owes or earns."""

    RECEIVABLE = "receivable", _("Owed by buyers")
    BANK = "bank", _("Bank")
    CARD = "card", _("At the card service")
    REVENUE = "revenue", _("Revenue")
    TAX = "tax", _("Tax to hand on")
    REFUNDS = "refunds", _("Refunds on their way")
    SURPLUS = "surplus", _("Money nobody owed")
    CARD_FEES = "card-fees", _("Fees of the card service")
    DISPUTED = "disputed", _("Held back in disputes")
    LOSSES = "losses", _("Lost disputes")
    SEAT_FEES = "seat-fees", _("Fees for seats")
    OWED_TO_BODY = "owed-to-body", _("Owed to the certifying body")


class MoneyEventQuerySet(models.QuerySet["MoneyEvent"]):
    def of_seller(self, seller: Organisation) -> "MoneyEventQuerySet":
        return self.filter(seller=seller)

    def in_order(self) -> "MoneyEventQuerySet":
        return self.order_by("at", "pk")


class MoneyEvent(models.Model):
    """Something that moved money between a seller's accounts. Append-only; ``reference`` makes it happen once."""

    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="money_events")
    order = models.ForeignKey(Order, null=True, on_delete=models.PROTECT, related_name="money_events")
    kind = models.CharField(max_length=30)
    reference = models.CharField(max_length=120)
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    objects = MoneyEventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seller", "reference"], name="money_event_once")]
        indexes = [models.Index(fields=["seller", "at"], name="money_event_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Leg(models.Model):
    """From ``credit`` to ``debit``: one amount, two accounts. What is written this way cannot be out of balance."""

    event = models.ForeignKey(MoneyEvent, on_delete=models.PROTECT, related_name="legs")
    debit = models.CharField(max_length=20, choices=Account.choices)
    credit = models.CharField(max_length=20, choices=Account.choices)
    minor = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minor__gt=0), name="leg_moves_something"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="leg_between_two_accounts"),
        ]
        indexes = [
            models.Index(fields=["debit"], name="leg_by_debit"),
            models.Index(fields=["credit"], name="leg_by_credit"),
        ]

    def __str__(self) -> str:
        return f"{self.credit} → {self.debit}: {self.minor}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.event.currency)
