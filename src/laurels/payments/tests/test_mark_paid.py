import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.payments.actions import cancel_order, mark_paid
from laurels.payments.models import Order
from laurels.payments.tests.test_place_order import place


def test_the_sellers_staff_marks_an_order_paid(world):
    order = place(world, world.ada, by=world.ada.actor)

    payment = mark_paid(order, note="bank, 3 March", by=world.sam.actor, now=world.noon)

    assert (payment.noted_by, payment.received_at, payment.note) == (world.sam, world.noon, "bank, 3 March")
    assert list(Order.objects.due()) == []
    assert list(Order.objects.paid()) == [order]


def test_saying_so_twice_gives_the_same_payment_and_one_fact(world):
    order = place(world, world.ada, by=world.ada.actor)

    first = mark_paid(order, by=world.sam.actor, now=world.morning)
    second = mark_paid(order, by=world.olive.actor, now=world.noon)

    assert (second, second.received_at) == (first, world.morning)
    assert [e.fact for e in Entry.objects.about(order.topic)] == [
        "payments.OrderPlaced",
        "payments.InvoiceIssued",
        "payments.MoneyReceived",
        "payments.OrderPaid",
    ]


@pytest.mark.parametrize("somebody", ["ada", "mallory", "tess", "bo"])
def test_only_the_sellers_staff_can(world, somebody):
    order = place(world, world.ada, by=world.ada.actor)

    with pytest.raises(Refused, match="Only the seller's staff"):
        mark_paid(order, by=getattr(world, somebody).actor, now=world.noon)
    assert list(Order.objects.due()) == [order]


def test_a_cancelled_order_cannot_be_paid(world):
    order = place(world, world.ada, by=world.ada.actor)
    cancel_order(order, by=world.ada.actor, now=world.morning)

    with pytest.raises(Refused, match="was cancelled"):
        mark_paid(order, by=world.sam.actor, now=world.noon)
