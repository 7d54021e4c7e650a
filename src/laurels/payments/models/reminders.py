from django.db import models

from laurels.payments.models.orders import Order


class PaymentReminder(models.Model):
    """That a buyer was reminded ``days`` after the due date: each of a seller's steps once."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payment_reminders")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "days"], name="payment_reminder_once")]

    def __str__(self) -> str:
        return f"{self.order_id} +{self.days}"
