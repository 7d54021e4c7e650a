from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.payments.models.orders import Order
from laurels.people.models import Organisation


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def visible_to(self, actor: Actor) -> "InvoiceQuerySet":
        """Papers about the actor's own orders, and those of sellers whose staff the actor is."""
        if actor.is_system:
            return self
        own = models.Q(order__buyer_id=actor.person_id) if actor.person_id else models.Q(order__in=actor.placed_orders)
        return self.filter(own | models.Q(seller_id__in=actor.organisations("staff")))

    def of_seller(self, seller: Organisation) -> "InvoiceQuerySet":
        return self.filter(seller=seller)

    def in_order(self) -> "InvoiceQuerySet":
        return self.order_by("sequence", "version")

    def latest_first(self) -> "InvoiceQuerySet":
        return self.order_by("-sequence", "-version")


class Invoice(models.Model):
    """A numbered paper: an invoice, a later version of one, or a credit note. ``content`` is what it says, for ever."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoice")
        CREDIT_NOTE = "credit-note", _("Credit note")

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invoices")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(max_length=30)
    sequence = models.PositiveIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    content = models.JSONField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField()

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seller", "sequence", "version"], name="invoice_number_once"),
            models.UniqueConstraint(fields=["seller", "number", "version"], name="invoice_named_once"),
        ]
        indexes = [models.Index(fields=["seller", "issued_on"], name="invoice_by_day")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_note(self) -> bool:
        return self.kind == self.Kind.CREDIT_NOTE

    @property
    def gross(self) -> Money:
        return Money(self.content["gross"], self.content["currency"])
