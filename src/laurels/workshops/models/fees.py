from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from laurels.kernel.ids import public_id
from laurels.kernel.money import Money
from laurels.people.models import Organisation
from laurels.programmes.models import Course
from laurels.workshops.models.workshops import Seat


class SeatFeeQuerySet(models.QuerySet["SeatFee"]):
    def of_body(self, body: Organisation) -> "SeatFeeQuerySet":
        return self.filter(body=body).order_by("-from_on", "-pk")

    def reaching(self, provider: Organisation, course: Course, on: date) -> "SeatFeeQuerySet":
        """What may bind for the provider's seats in the course on that day; the latest first."""
        for_whom = Q(provider=None) | Q(provider=provider)
        what = Q(course=None) | Q(course=course)
        return self.filter(for_whom, what, body=course.scheme.body, from_on__lte=on).order_by("-from_on", "-pk")


class SeatFee(models.Model):
    """What a body asks for each seat from a day on: of one provider or all, for one course or all. Never edited."""

    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seat_fees_asked")
    provider = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="seat_fees")
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="seat_fees")
    minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    from_on = models.DateField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = SeatFeeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.amount} from {self.from_on}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)


class FeeSettlement(models.Model):
    """That a provider has paid its body what a month's statement said, noted by either side. Never edited."""

    public_id = models.CharField(max_length=18, unique=True, default=public_id, editable=False)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="fees_settled")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="fees_received")
    month = models.DateField()
    minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="fee_settlement_is_something")]

    def __str__(self) -> str:
        return f"{self.amount} for {self.month:%Y-%m}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)


class SeatFeeOwedQuerySet(models.QuerySet["SeatFeeOwed"]):
    def between(self, organisation: Organisation, first: date, final: date) -> "SeatFeeOwedQuerySet":
        """What it owes or is owed, by day."""
        mine = self.filter(Q(body=organisation) | Q(provider=organisation))
        return mine.filter(owed_on__gte=first, owed_on__lte=final).order_by("owed_on", "pk")

    def unsettled(self) -> "SeatFeeOwedQuerySet":
        return self.filter(settlement=None)


class SeatFeeOwed(models.Model):
    """The fee of one seat in a workshop that was held, once: what it was on that day."""

    seat = models.OneToOneField(Seat, on_delete=models.PROTECT, related_name="fee_owed")
    fee = models.ForeignKey(SeatFee, on_delete=models.PROTECT, related_name="owed")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seat_fees_owed")
    body = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seat_fees_due")
    minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    owed_on = models.DateField()
    settlement = models.ForeignKey(FeeSettlement, null=True, on_delete=models.PROTECT, related_name="fees")

    objects = SeatFeeOwedQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minor__gt=0), name="seat_fee_is_something")]
        indexes = [
            models.Index(fields=["provider", "owed_on"], name="seat_fee_by_provider"),
            models.Index(fields=["body", "owed_on"], name="seat_fee_by_body"),
        ]

    def __str__(self) -> str:
        return f"fee for {self.seat_id}"

    @property
    def amount(self) -> Money:
        return Money(self.minor, self.currency)
