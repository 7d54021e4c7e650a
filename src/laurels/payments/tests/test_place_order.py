from datetime import date

import pytest

from laurels.journal.models import Entry
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments import facts
from laurels.payments.actions import place_order
from laurels.payments.models import Order

PRICE = Money(120_000, "EUR")


def place(world, buyer, *, by, amount=PRICE):
    return place_order(
        world.harbour,
        buyer,
        description="Seat in CSPO",
        amount=amount,
        due_on=date(2026, 3, 16),
        by=by,
        now=world.morning,
    )


def test_a_buyer_orders_and_owes(world):
    order = place(world, world.ada, by=world.ada.actor)

    assert list(Order.objects.due()) == [order]
    assert str(order.amount) == "EUR\u00a01\u2009200.00"
    assert [e.fact for e in Entry.objects.about(order.topic)] == ["payments.OrderPlaced", "payments.InvoiceIssued"]
    assert Entry.objects.of(facts.OrderPlaced).get().payload == {"order_id": order.pk}


def test_the_sellers_staff_may_order_for_a_buyer_and_nobody_else(world):
    place(world, world.ada, by=world.sam.actor)

    with pytest.raises(Refused, match="Only the buyer"):
        place(world, world.ada, by=world.mallory.actor)
    with pytest.raises(Refused, match="Only the buyer"):
        place(world, world.ada, by=world.grace.actor)
    assert Order.objects.count() == 1


def test_a_free_order_is_never_made(world):
    with pytest.raises(Refused, match="nothing to pay"):
        place(world, world.ada, by=world.ada.actor, amount=Money(0, "EUR"))


def test_the_reference_is_short_enough_to_type_and_says_nothing_of_the_key(world):
    order = place(world, world.ada, by=world.ada.actor)

    assert order.reference.replace("-", "").lower() == order.public_id[:10]
