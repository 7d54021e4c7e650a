"""Friendly reminders of what is overdue."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.mail.actions import write
from laurels.mail.rules import builtin
from laurels.payments import facts, queries, rules
from laurels.payments.models import Order, PaymentReminder

CHUNK = 200


def remind_all_of_payment(*, by: Actor, now: datetime) -> int:
    """Every reminder that is due, and how many they were. Each by itself: broken off, it goes on later."""
    after, written = 0, 0
    while orders := queries.perhaps_to_be_reminded(now, after, CHUNK):
        for order in orders:
            written += remind_of_payment(order, by=by, now=now) is not None
        after = orders[-1].pk
    return written


@transaction.atomic
def remind_of_payment(order: Order, *, by: Actor, now: datetime) -> PaymentReminder | None:
    """The reminder whose turn it is, by letter; None when there is none or nobody to write to."""
    order = Order.objects.lock(order.pk)
    if order.is_paid or order.cancelled_at or order.held_until or not order.owed.minor:
        return None
    sent = set(order.payment_reminders.values_list("days", flat=True))
    days = rules.due_reminder(order.due_on, day_in(order.seller.zone, now), sent)
    email = order.bill_to.get("email") or order.buyer.email
    if days is None or not email:
        return None
    reminder = PaymentReminder.objects.create(order=order, days=days, at=now)
    _write(order, email, by=by, now=now)
    record(order.topic, facts.PaymentReminded(order.pk, days), by=by, at=now)
    return reminder


def _write(order: Order, email: str, *, by: Actor, now: datetime) -> None:
    buyer = order.buyer
    with override(buyer.language):
        due_on = date_format(order.due_on, "j F Y")
    values = {
        "name": order.bill_to.get("name") or str(buyer),
        "amount": str(order.owed),
        "what": order.description,
        "due_on": due_on,
        "reference": order.reference,
        "seller": order.seller.name,
        "link": settings.PUBLIC_URL + reverse("order", args=[order.public_id]),
    }
    write(
        "payment-reminder",
        builtin("payment-reminder", buyer.language),
        to=email,
        values=values,
        person=buyer,
        sender_name=order.seller.name,
        topic=order.topic,
        attachments=queries.invoice_attached(order),
        by=by,
        now=now,
    )
