from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.payments.models import Order
from laurels.people.models import Organisation
from laurels.workshops.models.workshops import Workshop


class Sale(models.Model):
    """How a workshop's seats are sold, where it is more than one price for everybody. No row: just the price.

    ``terms`` are the cancellation terms (``rules.terms``), ``minimum`` and ``decide_on`` the promise to say by a day
    whether it will be held.
    """

    workshop = models.OneToOneField(Workshop, on_delete=models.CASCADE, related_name="sale")
    early_minor = models.PositiveBigIntegerField(null=True, blank=True)
    early_until = models.DateField(null=True, blank=True)
    early_seats = models.PositiveSmallIntegerField(null=True, blank=True)
    group_from = models.PositiveSmallIntegerField(null=True, blank=True)
    group_minor = models.PositiveBigIntegerField(null=True, blank=True)
    least_minor = models.PositiveBigIntegerField(null=True, blank=True)
    invite_code = models.CharField(max_length=40, blank=True)
    terms = models.JSONField(default=dict, blank=True)
    minimum = models.PositiveSmallIntegerField(null=True, blank=True)
    decide_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(early_minor=None) | Q(early_until__isnull=False) | Q(early_seats__isnull=False),
                name="sale_early_ends",
            ),
            models.CheckConstraint(
                condition=Q(group_minor=None, group_from=None) | Q(group_minor__isnull=False, group_from__gte=2),
                name="sale_group_from_two",
            ),
        ]

    def __str__(self) -> str:
        return f"sale of {self.workshop_id}"


class Extra(models.Model):
    """Something one can have besides the seat: a book, a dinner. Priced for one person."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="extras")
    title = models.CharField(max_length=120)
    price_minor = models.PositiveBigIntegerField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title

    @property
    def price(self) -> Money:
        return Money(self.price_minor, self.workshop.currency)


class CouponQuerySet(models.QuerySet["Coupon"]):
    def lock(self, pk: int) -> "Coupon":
        """The coupon's row, locked until the transaction ends: whoever holds it may use it. Lock the workshop first."""
        return self.select_for_update().get(pk=pk)

    def with_code(self, provider: Organisation, code: str) -> "CouponQuerySet":
        return self.filter(provider=provider, code=code.strip().upper())

    def of(self, provider: Organisation) -> "CouponQuerySet":
        return self.filter(provider=provider).order_by(F("withdrawn_at").desc(nulls_first=True), "-made_at", "-pk")


class Coupon(models.Model):
    """A code that makes a booking cheaper, by percent or by an amount for each seat, ``most_uses`` times (orders)."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="coupons")
    workshop = models.ForeignKey(Workshop, null=True, blank=True, on_delete=models.CASCADE, related_name="coupons")
    code = models.CharField(max_length=40)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    off_minor = models.PositiveBigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    most_uses = models.PositiveIntegerField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CouponQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "code"], name="coupon_code_once"),
            models.CheckConstraint(condition=Q(code=Upper("code")), name="coupon_is_upper_case"),
            models.CheckConstraint(
                condition=Q(percent__isnull=False, off_minor=None, percent__lte=100, percent__gte=1)
                | Q(percent=None, off_minor__isnull=False, off_minor__gt=0),
                name="coupon_percent_or_amount",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def is_over(self, day: date) -> bool:
        return self.valid_until is not None and day > self.valid_until

    def is_used_up(self, uses: int) -> bool:
        return self.most_uses is not None and uses >= self.most_uses


class CouponUseQuerySet(models.QuerySet["CouponUse"]):
    def counting(self) -> "CouponUseQuerySet":
        """Those that count against the limit of their code."""
        return self.filter(released_at=None)


class CouponUse(models.Model):
    """An order that used a coupon, or places that cost nothing with it (``Place.coupon_use``).

    ``released_at`` when they came to nothing, so that it may be used again.
    """

    coupon = models.ForeignKey(Coupon, on_delete=models.PROTECT, related_name="uses")
    order = models.OneToOneField(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="coupon_use")
    minor = models.PositiveBigIntegerField(help_text=_("How much cheaper it became"))
    used_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    objects = CouponUseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.coupon_id} in {self.order_id}"
