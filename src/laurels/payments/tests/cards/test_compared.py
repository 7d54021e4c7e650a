"""``laurels fsck`` asks the card service for its own lists: every way in which they can differ is made on purpose."""

import sqlite3
from datetime import timedelta

import pytest
import typer

from laurels.journal.worker import drain
from laurels.kernel.money import Money
from laurels.payments.actions import compare_with_service, credit, note_refund_done, receive
from laurels.payments.actions.cards.disputes import close_dispute, open_dispute
from laurels.payments.models import CardAccount, Dispute, Order, Receipt, Refund
from laurels.payments.providers.stripe_service import StripeService, _client, service_of
from laurels.payments.tasks import CARDS
from laurels.payments.tests.test_money import euros
from laurels.web.commands.fsck import fsck
from laurels.workshops.rules import Attendee, Basket


@pytest.fixture
def order(shop):
    order = shop.order()
    shop.paid(order)
    shop.bring()
    return Order.objects.get(pk=order.pk)


def give_back(shop, order, minor):
    credit(order, euros(minor), "By the terms", by=shop.world.sam.actor, now=shop.now)
    drain(is_strict=True)
    shop.bring()


def dispute(shop, order):
    shop.till.control("POST", "disputes", {"payment_intent": order.receipts.get().reference})


def told(shop, minutes=60):
    found = compare_with_service(shop.world.harbour, now=shop.now + timedelta(minutes=minutes))
    assert found.problem == ""
    return [str(fault).replace("\u00a0", " ") for fault in found.faults]


def change_there(shop, thing, **fields):
    """In the service's own records, behind everybody's back."""
    with sqlite3.connect(shop.till.state, timeout=10) as there:
        for name, value in fields.items():
            changed = there.execute(
                "UPDATE thing SET body = json_set(body, ?, ?) WHERE id = ?", (f"$.{name}", value, thing)
            )
            assert changed.rowcount == 1
    there.close()


def charge_of(shop, order):
    return shop.stripe.charges.list({"payment_intent": order.receipts.get().reference}).data[0].id


def test_an_eventful_account_agrees(shop, order):
    give_back(shop, order, 2_000)
    shop.till.turn(next_refund="pending")
    give_back(shop, order, 1_000)
    shop.till.turn(next_refund="failed")
    give_back(shop, order, 500)
    dispute(shop, order)
    shop.bring()
    assert {refund.state for refund in Refund.objects.all()} == {"done", "sent", "failed"}
    assert told(shop) == []

    shop.till.control("POST", f"disputes/{Dispute.objects.get().external_id}/closing", {"outcome": "won"})
    shop.bring()
    assert told(shop) == []


def test_a_charge_that_we_never_heard_of(shop):
    shop.till.turn(hold=True)
    intent = shop.paid()
    assert told(shop, minutes=0) == []  # its word may still be on its way
    assert told(shop) == [f"charge {intent}: EUR 100.00 at the card service, missing in the books"]


def test_a_charge_that_the_service_never_had(shop, order):
    receive(shop.world.harbour, euros(700), order=None, way="card", reference="pi_no", by=CARDS, now=shop.now)
    assert told(shop) == ["charge pi_no: EUR 7.00 in the books, missing at the card service"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": 9_999}, "another amount: EUR 100.00 in the books, EUR 99.99 at the card service"),
        ({"currency": "usd"}, "another currency: EUR 100.00 in the books, USD 100.00 at the card service"),
    ],
)
def test_a_charge_of_another_amount_or_currency(shop, order, fields, words):
    change_there(shop, charge_of(shop, order), **fields)
    assert told(shop, minutes=0) == [f"charge {order.receipts.get().reference}: {words}"]


def test_what_others_take_with_the_same_account_is_not_ours(shop, order):
    elsewhere = {"amount": 500, "currency": "eur", "payment_method": "pm_card_visa", "confirm": True}
    elsewhere["return_url"] = "https://shop.example/"
    shop.stripe.payment_intents.create(elsewhere)
    assert len(shop.stripe.charges.list().data) == 2
    assert told(shop) == []


def test_a_refund_that_somebody_sent_at_the_service(shop, order):
    shop.till.turn(hold=True)
    sent = shop.stripe.refunds.create({"payment_intent": order.receipts.get().reference, "amount": 300})
    assert told(shop, minutes=0) == []
    assert told(shop) == [f"refund {sent.id}: EUR 3.00 at the card service, missing in the books"]


def test_a_refund_that_the_service_never_sent(shop, order):
    credit(order, euros(900), "By the terms", by=shop.world.sam.actor, now=shop.now)
    refund = Refund.objects.get()
    assert told(shop) == []  # asked, and nobody has sent it yet
    note_refund_done(refund, external_id="re_no", by=CARDS, now=shop.now)
    assert told(shop) == ["refund re_no: EUR 9.00 in the books, missing at the card service"]


@pytest.mark.parametrize("is_pending", [False, True])
def test_a_refund_of_another_amount(shop, order, is_pending):
    shop.till.turn(next_refund="pending" if is_pending else None)
    give_back(shop, order, 900)
    external = Refund.objects.get().external_id
    change_there(shop, external, amount=901)
    assert told(shop) == [f"refund {external}: another amount: EUR 9.00 in the books, EUR 9.01 at the card service"]


def test_a_refund_that_came_back_and_we_never_heard(shop, order):
    give_back(shop, order, 900)
    external = Refund.objects.get().external_id
    shop.till.turn(hold=True)
    shop.till.control("POST", f"refunds/{external}/finish", {"outcome": "failed"})
    assert told(shop) == [f"refund {external}: EUR 9.00 in the books, missing at the card service"]


def test_a_dispute_that_we_never_heard_of_and_one_that_never_was(shop, order):
    shop.till.turn(hold=True)
    dispute(shop, order)
    there = shop.stripe.disputes.list().data[0].id
    assert told(shop) == [f"dispute {there}: EUR 100.00 at the card service, missing in the books"]
    shop.till.turn(hold=False)
    shop.bring()
    assert told(shop) == []
    open_dispute(Receipt.objects.get(), "du_no", 400, "", by=CARDS, now=shop.now)
    assert told(shop) == ["dispute du_no: EUR 4.00 in the books, missing at the card service"]


def test_a_dispute_of_another_amount_and_decided_otherwise(shop, order):
    dispute(shop, order)
    shop.bring()
    there = Dispute.objects.get()
    close_dispute(there, is_won=True, by=CARDS, now=shop.now)
    change_there(shop, there.external_id, amount=9_000)
    assert told(shop) == [
        f"dispute {there.external_id}: another amount: EUR 100.00 in the books, EUR 90.00 at the card service",
        f"dispute {there.external_id}: is won in the books, open at the card service",
    ]


def test_lists_are_read_to_the_end_page_by_page(shop, order):
    order = shop.order(basket=Basket((Attendee("Grace", "grace@people.example"),), way="card"))
    shop.paid(order)
    shop.bring()
    for minor in (100, 200, 300, 400, 500):
        give_back(shop, order, minor)
    account = CardAccount.objects.get()
    at_once = service_of(account)
    by_twos = StripeService(_client(account.secret_key, account.api_base), page=2)
    for listing in ("charges", "refunds", "disputes"):
        assert list(getattr(by_twos, listing)()) == list(getattr(at_once, listing)())
    assert [one.money for one in by_twos.refunds()] == [Money(minor, "EUR") for minor in (500, 400, 300, 200, 100)]
    assert told(shop) == []


def test_each_seller_is_held_against_its_own_account(shop, other_shop, order):
    receive(other_shop.world.maple, euros(5), order=None, way="card", reference="pi_m", by=CARDS, now=shop.now)
    assert told(shop) == []
    found = compare_with_service(shop.world.maple, now=shop.now)
    assert [fault.place for fault in found.faults] == ["charge pi_m"]


def test_fsck_says_who_does_not_answer_and_goes_on(shop, other_shop, order, capsys):
    fsck()
    assert "Everything agrees." in capsys.readouterr().out

    CardAccount.objects.filter(seller=shop.world.harbour).update(api_base="http://127.0.0.1:9")
    with pytest.raises(typer.Exit) as unasked:
        fsck()
    said = capsys.readouterr()
    words = f"{shop.world.harbour.slug}, card service: not compared"
    assert (unasked.value.exit_code, words in said.err) == (2, True)
    assert "Not every card service could be asked." in said.out

    receive(other_shop.world.maple, euros(5), order=None, way="card", reference="pi_m", by=CARDS, now=shop.now)
    with pytest.raises(typer.Exit) as faulty:
        fsck()
    said = capsys.readouterr()
    assert (faulty.value.exit_code, "charge pi_m" in said.err, "not compared" in said.err) == (1, True, True)
