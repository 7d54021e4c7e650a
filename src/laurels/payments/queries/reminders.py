"""Whose order may be due for a reminder."""

from datetime import datetime

from django.db.models import F

from laurels.kernel.periods import day_in
from laurels.payments.models import Order


def perhaps_to_be_reminded(now: datetime, after: int, most: int) -> list[Order]:
    """Orders past their due date somewhere on earth that still owe something, by key, from the one after ``after``.

    The first step is a day late, so the earliest calendar on earth decides who is looked at.
    """
    today = day_in("Etc/GMT-14", now)
    overdue = Order.objects.due().filter(due_on__lt=today, pk__gt=after)
    owing = overdue.filter(amount_minor__gt=F("credited_minor") + F("received_minor"))
    return list(owing.select_related("seller", "buyer").order_by("pk")[:most])
