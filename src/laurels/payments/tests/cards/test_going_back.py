"""Money that goes back to a card: all of it, parts, what fails, and what a bank disputes."""

from datetime import timedelta

import pytest

from laurels.journal.worker import drain
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.payments.actions import ask_refund_again, credit, look_after_refunds, send_card_refund
from laurels.payments.models import Dispute, Order, ProviderEvent, Refund
from laurels.payments.providers import ServiceDown
from laurels.payments.tasks import CARDS
from laurels.workshops.models import Seat


@pytest.fixture
def order(shop):
    order = shop.order()
    shop.paid(order)
    shop.bring()
    return Order.objects.get(pk=order.pk)


def give_back(shop, order, minor):
    credit(order, Money(minor, "EUR"), "By the terms", by=shop.world.sam.actor, now=shop.now)


def states():
    return list(Refund.objects.order_by("pk").values_list("minor", "state"))


def at_the_service(shop, order):
    intent = order.receipts.get().reference
    return sorted(one.amount for one in shop.stripe.refunds.list({"payment_intent": intent}).data)


def test_parts_go_back_by_themselves_once_each(shop, order):
    for minor in (2_500, 2_500, 5_000):
        give_back(shop, order, minor)
    drain(is_strict=True)
    shop.bring(shuffled=1, times=2)
    assert states() == [(2_500, "done"), (2_500, "done"), (5_000, "done")]
    assert at_the_service(shop, order) == [2_500, 2_500, 5_000]
    assert shop.books(order) == {"card": -175}


def test_asked_twice_it_is_sent_once(shop, order):
    give_back(shop, order, 4_000)
    refund = Refund.objects.get()
    shop.till.turn(down=9, down_how="lose_answer")
    with pytest.raises(ServiceDown):
        send_card_refund(refund, by=CARDS, now=shop.now)
    shop.till.turn(down=0)
    assert states() == [(4_000, "asked")]
    drain(is_strict=True)
    send_card_refund(refund, by=CARDS, now=shop.now)
    assert (states(), at_the_service(shop, order)) == ([(4_000, "done")], [4_000])


def test_the_bank_takes_its_time(shop, order):
    shop.till.turn(next_refund="pending")
    give_back(shop, order, 4_000)
    drain(is_strict=True)
    shop.bring()
    refund = Refund.objects.get()
    assert (refund.state, shop.books(order)["refunds"]) == ("sent", -4_000)
    shop.till.control("POST", f"refunds/{refund.external_id}/finish", {"outcome": "succeeded"})
    shop.bring()
    assert (states(), "refunds" in shop.books(order)) == ([(4_000, "done")], False)


def test_no_word_of_it_and_we_look_ourselves(shop, order):
    shop.till.turn(next_refund="pending", drop=99)
    give_back(shop, order, 4_000)
    drain(is_strict=True)
    external = Refund.objects.get().external_id
    shop.till.control("POST", f"refunds/{external}/finish", {"outcome": "succeeded"})
    assert look_after_refunds(by=CARDS, now=shop.now + timedelta(minutes=19)) == 0
    assert look_after_refunds(by=CARDS, now=shop.now + timedelta(minutes=21)) == 1
    assert states() == [(4_000, "done")]


def test_one_that_failed_is_shown_to_staff_and_sent_again(shop, order):
    shop.till.turn(next_refund="failed")
    give_back(shop, order, 4_000)
    drain(is_strict=True)
    shop.bring()
    refund = Refund.objects.get()
    assert (refund.state, refund.problem) == ("failed", "expired_or_canceled_card")
    with pytest.raises(Refused, match="Only the seller's staff"):
        ask_refund_again(refund, by=shop.world.ada.actor, now=shop.now)

    shop.client.force_login(shop.world.sam)
    assert shop.client.post(f"/refunds/{refund.public_id}/sending").status_code == 303
    drain(is_strict=True)
    shop.brought = 0
    shop.bring(shuffled=3)
    assert states() == [(4_000, "done")]
    assert shop.books(order) == {"card": 6_000 - 175, "revenue": -6_000}


def test_one_that_comes_back_days_later_stands_in_the_books_again(shop, order):
    give_back(shop, order, 4_000)
    drain(is_strict=True)
    shop.bring()
    refund = Refund.objects.get()
    shop.till.control("POST", f"refunds/{refund.external_id}/finish", {"outcome": "failed"})
    shop.bring()
    assert states() == [(4_000, "failed")]
    assert shop.books(order) == {"card": 10_000 - 175, "revenue": -6_000, "refunds": -4_000}
    ask_refund_again(Refund.objects.get(), by=shop.world.sam.actor, now=shop.now)
    drain(is_strict=True)
    assert shop.books(order) == {"card": 6_000 - 175, "revenue": -6_000}


def test_a_refund_made_at_the_service_itself_is_set_aside(shop, order):
    shop.stripe.refunds.create({"payment_intent": order.receipts.get().reference, "amount": 1_000})
    shop.bring()
    assert "did not ask for" in ProviderEvent.objects.set_aside()[0].outcome
    assert states() == []


def dispute(shop, order):
    shop.till.control("POST", "disputes", {"payment_intent": order.receipts.get().reference})
    shop.bring()
    return Dispute.objects.get()


def test_a_dispute_freezes_and_erases_nothing(shop, order):
    found = dispute(shop, order)
    assert (found.state, shop.books(order)) == ("open", {"card": -175, "disputed": 10_000, "revenue": -10_000})
    assert Seat.objects.filter(state="taken").count() == 1
    with pytest.raises(Refused, match="Until that is decided"):
        credit(order, Money(4_000, "EUR"), "I cancel", by=shop.world.ada.actor, now=shop.now)
    give_back(shop, order, 4_000)
    drain(is_strict=True)
    assert (states(), at_the_service(shop, order)) == ([(4_000, "asked")], [])
    look_after_refunds(by=CARDS, now=shop.now + timedelta(hours=1))
    assert states() == [(4_000, "asked")]
    shop.client.force_login(shop.world.ada)
    assert "bank has been asked" in shop.client.get(f"/orders/{order.public_id}").content.decode()

    shop.till.control("POST", f"disputes/{found.external_id}/closing", {"outcome": "won"})
    shop.bring()
    assert Dispute.objects.get().state == "won"
    books = shop.books(order)
    assert ("disputed" in books, books["revenue"]) == (False, -6_000)


def test_a_lost_dispute_is_a_loss(shop, order):
    found = dispute(shop, order)
    shop.till.control("POST", f"disputes/{found.external_id}/closing", {"outcome": "lost"})
    shop.bring(shuffled=2)
    assert shop.books(order) == {"card": -175, "losses": 10_000, "revenue": -10_000}
    assert Seat.objects.filter(state="taken").count() == 1


def test_the_end_of_a_dispute_told_before_its_beginning(shop, order):
    shop.till.turn(hold=True)
    shop.till.control("POST", "disputes", {"payment_intent": order.receipts.get().reference})
    external = shop.stripe.disputes.list().data[0].id
    shop.till.control("POST", f"disputes/{external}/closing", {"outcome": "lost"})
    shop.till.turn(hold=False)
    heard = shop.heard()
    shop.brought = len(shop.ear.heard)
    for mark, body in sorted(heard, key=lambda one: b"charge.dispute.closed" not in one[1]):
        assert shop.tell(body, mark).status_code == 200
        drain(is_strict=True)
    assert (Dispute.objects.get().state, shop.books(order)["losses"]) == ("lost", 10_000)


def warned(key):
    return [letter.to for letter in Letter.objects.filter(key=key).order_by("pk")]


def test_staff_are_told_of_a_dispute_once_and_what_to_do(shop, order):
    dispute(shop, order)
    shop.brought = 0
    shop.bring(shuffled=5)
    [letter] = Letter.objects.filter(key="dispute-opened")
    assert letter.to == shop.world.sam.email
    where = f"/organisations/{shop.world.harbour.slug}/card"
    assert (order.reference in letter.text, where in letter.text) == (True, True)
    assert "do not send a refund as well" in letter.text


def test_staff_are_told_of_a_refund_that_failed_once_for_each_try(shop, order):
    shop.till.turn(next_refund="failed")
    give_back(shop, order, 4_000)
    drain(is_strict=True)
    shop.bring(times=2)
    assert warned("refund-failed") == [shop.world.sam.email]
    [letter] = Letter.objects.filter(key="refund-failed")
    where = f"/organisations/{shop.world.harbour.slug}/card"
    assert ("expired_or_canceled_card" in letter.text, where in letter.text) == (True, True)
    shop.till.turn(next_refund="failed")
    ask_refund_again(Refund.objects.get(), by=shop.world.sam.actor, now=shop.now)
    drain(is_strict=True)
    shop.bring()
    assert len(warned("refund-failed")) == 2
