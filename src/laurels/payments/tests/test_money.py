"""Money that comes, is not owed any more, and goes back; and books that always agree with the order."""

from contextlib import suppress

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from laurels.kernel.money import Money, shares
from laurels.kernel.refusal import Refused
from laurels.payments.actions import (
    cancel_order,
    change_bill_to,
    credit,
    mark_paid,
    note_refund_done,
    place_order,
    receive,
    return_surplus,
    set_billing,
)
from laurels.payments.models import Account, Invoice, Leg, MoneyEvent, Order, Receipt, Refund
from laurels.payments.queries import balances


def euros(minor):
    return Money(minor, "EUR")


@pytest.fixture
def order(world):
    return place(world, 119_000)


def place(world, minor, **more):
    set_billing(
        world.harbour, tax_basis_points=1900, country="DE", tax_id="DE123456789", by=world.sam.actor, now=world.morning
    )
    return place_order(
        world.harbour,
        world.ada,
        description="A seat",
        amount=euros(minor),
        by=world.ada.actor,
        now=world.morning,
        **more,
    )


def come(order, minor, reference="pi_1", way="card", **more):
    now = order.placed_at
    return receive(
        order.seller, euros(minor), order=order, way=way, reference=reference, by=order.buyer.actor, now=now, **more
    )


def books(order):
    return {account: minor for (account, _eur), minor in balances(order.seller, order=order).items() if minor}


def test_an_invoice_owes_net_and_tax(order):
    assert (order.net, order.tax, order.tax_words) == (euros(100_000), euros(19_000), "19\u00a0% VAT")
    assert books(order) == {"receivable": 119_000, "revenue": -100_000, "tax": -19_000}
    invoice = Invoice.objects.get()
    assert (invoice.number, invoice.content["gross"], invoice.content["reference"]) == (
        "INV-00001",
        119_000,
        order.reference,
    )


def test_the_same_money_told_twice_comes_once(order):
    first, second = come(order, 119_000), come(order, 119_000)

    assert first == second
    order.refresh_from_db()
    assert (order.is_paid, order.received_minor) == (True, 119_000)
    assert books(order) == {"card": 119_000, "revenue": -100_000, "tax": -19_000}


def test_a_part_is_not_all_and_two_parts_are(order):
    come(order, 19_000, "one", way="transfer")
    order.refresh_from_db()
    assert (order.is_paid, order.owed) == (False, euros(100_000))

    come(order, 100_000, "two", way="transfer")
    assert Order.objects.get(pk=order.pk).is_paid


def test_what_nobody_owed_goes_back(world, order):
    come(order, 119_000, "one")
    again = come(order, 119_000, "two")

    assert (again.surplus_minor, again.why_surplus) == (119_000, "too-much")
    refund = return_surplus(again, "Paid twice", by=world.sam.actor, now=world.noon)
    assert return_surplus(again, "Paid twice", by=world.sam.actor, now=world.noon) == refund
    note_refund_done(refund, external_id="re_1", by=world.sam.actor, now=world.noon)
    assert books(order) == {"card": 119_000, "revenue": -100_000, "tax": -19_000}


def test_half_of_a_paid_order_comes_back_with_its_tax(world, order):
    come(order, 119_000)
    credit(order, euros(59_500), "14 days before", by=world.ada.actor, now=world.noon)

    refund = Refund.objects.get()
    assert (refund.amount, refund.state, refund.receipt.way) == (euros(59_500), "asked", "card")
    assert books(order) == {"card": 119_000, "revenue": -50_000, "tax": -9_500, "refunds": -59_500}
    note_refund_done(refund, by=world.sam.actor, now=world.noon)
    assert books(order) == {"card": 59_500, "revenue": -50_000, "tax": -9_500}
    note = Invoice.objects.get(kind="credit-note")
    assert (note.number, note.content["about"], note.content["tax"]) == ("INV-00002", "INV-00001", 9_500)


def test_what_is_not_paid_and_cancelled_owes_nothing(world, order):
    cancel_order(order, by=world.ada.actor, now=world.noon)
    assert (books(order), Refund.objects.count()) == ({}, 0)


def test_nobody_gets_more_back_than_was_ordered(world, order):
    come(order, 119_000)
    credit(order, euros(100_000), "one", by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="more than is left"):
        credit(order, euros(19_001), "two", by=world.sam.actor, now=world.noon)


def test_money_for_a_cancelled_order_is_surplus(world, order):
    cancel_order(order, by=world.ada.actor, now=world.noon)
    assert come(order, 119_000).why_surplus == "cancelled"
    assert books(order) == {"card": 119_000, "surplus": -119_000}


def test_a_card_order_is_invoiced_when_it_is_paid(world):
    order = place(world, 5_000, way="card", held_until=world.noon)
    assert (Invoice.objects.count(), list(Order.objects.due())) == (0, [])
    come(order, 5_000)
    assert Invoice.objects.get().order == order


def test_other_data_on_the_paper_is_a_new_version_under_the_same_number(world, order):
    change_bill_to(order, {"company": "Engines Ltd"}, by=world.ada.actor, now=world.noon)

    assert list(Invoice.objects.in_order().values_list("number", "version", "content__bill_to__company")) == [
        ("INV-00001", 1, None),
        ("INV-00001", 2, "Engines Ltd"),
    ]
    with pytest.raises(Refused, match="not a VAT id"):
        change_bill_to(order, {"country": "FR", "tax_id": "12"}, by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="Only the buyer"):
        change_bill_to(order, {"company": "Mine"}, by=world.mallory.actor, now=world.noon)


def test_a_business_abroad_accounts_for_its_tax_itself(world):
    set_billing(world.harbour, has_reverse_charge=True, tax_id="DE1", country="", by=world.sam.actor, now=world.noon)
    order = place(world, 119_000, bill_to={"country": "FR", "tax_id": "FR12123456789", "company": "Moteurs"})
    assert (order.amount, order.tax) == (euros(100_000), euros(0))
    assert "Reverse charge" in order.tax_words


def test_the_databases_themselves_keep_the_books(order):
    for change in (
        lambda: Leg.objects.update(minor=1),
        lambda: MoneyEvent.objects.update(currency="USD"),
        lambda: Invoice.objects.update(content={}),
        lambda: Leg.objects.create(event=MoneyEvent.objects.get(), debit="bank", credit="bank", minor=1),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_no_number_is_skipped_by_what_was_undone(world, order):
    with transaction.atomic():
        place(world, 100)
        transaction.set_rollback(True)
    assert place(world, 100).invoices.get().number == "INV-00002"


MOVES = st.lists(
    st.tuples(st.sampled_from(["come", "credit", "paid", "done", "cancel"]), st.integers(1, 9_000)), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES)
def test_whatever_happens_the_books_agree_with_the_order(world, moves):
    """The order's own sums, the accounts and the papers tell one story after every move."""
    order = place(world, 6_000)
    for nth, (move, minor) in enumerate(moves):
        with suppress(Refused):
            make(world, order, move, minor, nth)
        order = Order.objects.get(pk=order.pk)
        agree(order)


def make(world, order, move, minor, nth):
    if move == "come":
        come(order, minor, f"{order.pk} {nth}")
    if move == "credit":
        credit(order, euros(minor), "less", by=world.sam.actor, now=world.noon)
    if move == "paid":
        mark_paid(order, by=world.sam.actor, now=world.noon)
    if move == "cancel":
        cancel_order(order, by=world.sam.actor, now=world.noon)
    if move == "done":
        for refund in order.refunds.open():
            note_refund_done(refund, by=world.sam.actor, now=world.noon)


def agree(order):
    kept = books(order)
    owed = order.amount_minor - order.credited_minor - order.received_minor + order.refunded_minor
    sold = sum(one.content["gross"] * (1 if one.kind == "invoice" else -1) for one in order.invoices.all())
    surplus = sum(Receipt.objects.filter(order=order).values_list("surplus_minor", flat=True))
    assert sum(kept.values()) == 0
    assert kept.get(Account.RECEIVABLE, 0) == owed
    assert -kept.get(Account.REVENUE, 0) - kept.get(Account.TAX, 0) == sold == order.amount_minor - order.credited_minor
    assert -kept.get(Account.SURPLUS, 0) == surplus
    assert not (order.is_paid and order.owed.minor)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=50))
def test_shares_add_up_to_the_cent(minor, weights):
    parts = shares(minor, weights)
    assert sum(parts) == minor
    assert all(part >= 0 for part in parts)
