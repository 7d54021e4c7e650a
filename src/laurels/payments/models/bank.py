from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.payments.models.money import Receipt
from laurels.payments.models.orders import Order
from laurels.people.models import Organisation


class BankFileQuerySet(models.QuerySet["BankFile"]):
    def lock(self, pk: int) -> "BankFile":
        """The file's row, locked until the transaction ends; before the rows of orders."""
        return self.select_for_update().get(pk=pk)

    def visible_to(self, actor: Actor) -> "BankFileQuerySet":
        return self if actor.is_system else self.filter(seller_id__in=actor.organisations("staff"))

    def waiting(self) -> "BankFileQuerySet":
        """Read, and neither confirmed nor thrown away; the latest first."""
        return self.filter(confirmed_at=None).order_by("-uploaded_at", "-pk")


class BankFile(models.Model):
    """A bank's list of what came: read, looked over, written down only when confirmed."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    seller = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bank_files")
    file_name = models.CharField(max_length=200)
    lines = models.JSONField(help_text=_("One object per line: number, on, minor, currency, name, text, reference"))
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = BankFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file_name


class Transfer(models.Model):
    """What the bank said about money that came: on which day, from whom, with which words."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="transfer")
    bank_file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="transfers")
    on = models.DateField()
    name = models.CharField(max_length=200, blank=True)
    iban = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.on}"


class ReturnAccount(models.Model):
    """Where money of an order goes back to by transfer, as its buyer says."""

    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="return_account")
    holder = models.CharField(max_length=120)
    iban = models.CharField(max_length=40)
    bic = models.CharField(max_length=11, blank=True)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"account for {self.order_id}"
