from django.db import connection, models
from django.db.models import Q

from laurels.people.models import Organisation


class BillingQuerySet(models.QuerySet["Billing"]):
    def take_number(self, seller: Organisation) -> tuple["Billing", int]:
        """The seller's billing, locked until the transaction ends, and the number it gives out by that."""
        billing = self._advance(seller)
        if billing is None:
            self.get_or_create(seller=seller)
            billing = self._advance(seller)
        assert billing is not None
        return billing, billing.next_number - 1

    def _advance(self, seller: Organisation) -> "Billing | None":
        # One statement, no wait between reading and writing: every booking of a seller passes here.
        fields = self.model._meta.concrete_fields
        columns = ", ".join(str(field.column) for field in fields)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE payments_billing SET next_number = next_number + 1 WHERE seller_id = %s RETURNING {columns}",
                [seller.pk],
            )
            row = cursor.fetchone()
        if row is None:
            return None
        # SQLite says 0 and 1 for no and yes.
        values = [bool(v) if isinstance(f, models.BooleanField) else v for f, v in zip(fields, row, strict=True)]
        return self.model.from_db(self.db, [field.attname for field in fields], values)


class Billing(models.Model):
    """How an organisation bills: what stands on its invoices, its tax, its bank, and its next number.

    Whoever holds this row numbers invoices, so that no number is skipped or given twice.
    """

    seller = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="billing")
    legal_name = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    tax_id = models.CharField(max_length=40, blank=True)
    tax_name = models.CharField(max_length=20, default="VAT")
    tax_basis_points = models.PositiveSmallIntegerField(default=0)
    is_tax_included = models.BooleanField(default=True)
    has_reverse_charge = models.BooleanField(default=False)
    takes_transfer = models.BooleanField(default=True)
    due_days = models.PositiveSmallIntegerField(default=14)
    bank = models.CharField(max_length=120, blank=True)
    iban = models.CharField(max_length=40, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    prefix = models.CharField(max_length=12, default="INV-")
    next_number = models.PositiveIntegerField(default=1)

    objects = BillingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tax_basis_points__lte=10_000), name="billing_tax_at_most_all"),
            models.CheckConstraint(condition=Q(next_number__gte=1), name="billing_numbers_from_one"),
        ]

    def __str__(self) -> str:
        return f"billing of {self.seller_id}"
