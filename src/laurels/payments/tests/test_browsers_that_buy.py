"""A browser that is not signed in is the buyer of the orders it placed, and of nothing else."""

import pytest

from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments.actions import cancel_order, pay_by_transfer, place_order
from laurels.payments.models import Order
from laurels.people.doors import MOST_PLACED, PLACED_ORDERS, remember_order


def by_card(world, *, bill_to=None):
    return place_order(
        world.harbour, world.ada, description="Seat", amount=Money(1000, "EUR"), way="card", bill_to=bill_to,
        held_until=world.noon, by=ANONYMOUS, now=world.morning,
    )  # fmt: skip


def remember(client, *orders):
    session = client.session
    session[PLACED_ORDERS] = [order.pk for order in orders]
    session.save()


def test_it_sees_its_own_orders_only(world):
    own, other = by_card(world), by_card(world)
    assert list(Order.objects.visible_to(ANONYMOUS.having_placed(own.pk))) == [own]
    assert list(Order.objects.visible_to(ANONYMOUS)) == []
    assert set(Order.objects.visible_to(world.ada.actor)) == {own, other}


def test_its_page_opens_without_an_account_and_says_nothing_of_whose_address_it_was(world, client):
    own, other = by_card(world), by_card(world)
    assert client.get(f"/orders/{own.public_id}").status_code == 302
    remember(client, own)

    page = client.get(f"/orders/{own.public_id}")

    assert (page.status_code, b"Ada Lovelace" in page.content) == (200, False)
    assert client.get(f"/orders/{other.public_id}").status_code == 404
    client.force_login(world.ada)
    assert b"Ada Lovelace" in client.get(f"/orders/{own.public_id}").content


def test_it_may_let_its_order_go_but_nobody_else_may(world):
    order = by_card(world)
    with pytest.raises(Refused, match="Only the buyer"):
        cancel_order(order, by=ANONYMOUS, now=world.noon)
    assert cancel_order(order, by=ANONYMOUS.having_placed(order.pk), now=world.noon).cancelled_at == world.noon


def test_an_invoice_wants_a_proven_address(world):
    order = by_card(world)
    with pytest.raises(Refused, match="sign in with the address"):
        pay_by_transfer(order, by=ANONYMOUS.having_placed(order.pk), now=world.noon)
    assert pay_by_transfer(order, by=world.ada.actor, now=world.noon).way == "transfer"


def test_remembering_has_an_end(world, rf):
    request = rf.get("/")
    request.session = {}
    for number in range(MOST_PLACED + 5):
        remember_order(request, number)
    assert request.session[PLACED_ORDERS] == list(range(5, MOST_PLACED + 5))
