import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.payments.actions import cancel_order, mark_paid
from laurels.payments.models import Order
from laurels.payments.tests.test_place_order import place


def test_cancelling_twice_is_cancelling_once(world):
    order = place(world, world.ada, by=world.ada.actor)

    cancel_order(order, by=world.ada.actor, now=world.morning)
    again = cancel_order(order, by=world.sam.actor, now=world.noon)

    assert again.cancelled_at == world.morning
    assert list(Order.objects.due()) == []
    assert [e.fact for e in Entry.objects.about(order.topic)] == [
        "payments.OrderPlaced",
        "payments.InvoiceIssued",
        "payments.InvoiceIssued",
        "payments.OrderCredited",
        "payments.OrderCancelled",
    ]


def test_a_paid_order_stays(world):
    order = place(world, world.ada, by=world.ada.actor)
    mark_paid(order, by=world.sam.actor, now=world.morning)

    with pytest.raises(Refused, match="paid already"):
        cancel_order(order, by=world.ada.actor, now=world.noon)


def test_an_outsider_cannot_cancel(world):
    order = place(world, world.ada, by=world.ada.actor)

    with pytest.raises(Refused, match="Only the buyer"):
        cancel_order(order, by=world.mallory.actor, now=world.noon)
