"""From the button to the seat, and every way in which that may not come off."""

from datetime import timedelta

import pytest

from laurels.journal.worker import drain
from laurels.kernel.refusal import Refused
from laurels.payments.actions import open_card_session, pay_by_transfer
from laurels.payments.models import CardSession, Order, Receipt
from laurels.payments.queries import ways_offered
from laurels.workshops.models import Place, Seat


def test_a_seller_with_an_account_takes_cards(shop):
    assert ways_offered(shop.world.harbour) == ["card", "transfer"]
    assert ways_offered(shop.world.maple) == ["transfer"]


def test_paid_on_the_services_page_it_is_a_seat(shop):
    order = shop.order()
    intent = shop.paid(order)
    assert set(shop.bring()) == {200}

    order.refresh_from_db()
    receipt = Receipt.objects.get()
    assert (order.is_paid, receipt.reference, receipt.amount) == (True, intent, order.amount)
    assert list(Seat.objects.values_list("person", "order")) == [(shop.world.ada.pk, order.pk)]
    fee = 175  # the till keeps 1.5 % and 25
    assert shop.books(order) == {"card": 10_000 - fee, "revenue": -10_000}
    assert CardSession.objects.get().closed_at


def test_two_presses_are_one_page(shop):
    order = shop.order()
    assert shop.opened(order) == shop.opened(order)
    assert len(shop.stripe.checkout.sessions.list().data) == 1


def test_the_page_goes_back_to_where_the_buyer_was(shop):
    order = shop.order()
    shop.press(order, next="/workshops/x?a=1&b=2")
    session = shop.stripe.checkout.sessions.list().data[0]
    assert session.success_url.endswith(f"/orders/{order.public_id}/return?next=%2Fworkshops%2Fx%3Fa%3D1%26b%3D2")
    assert session.cancel_url.endswith(f"/orders/{order.public_id}")
    assert (session.amount_total, session.currency, session.customer_email) == (10_000, "eur", "ada@people.example")


def test_nobody_is_sent_to_a_strange_place(shop):
    shop.press(shop.order(), next="https://evil.example/")
    assert CardSession.objects.get().back_to == ""


@pytest.mark.parametrize("outcome", ["declined", "left", "refused"])
def test_not_paid_is_not_a_seat_and_can_be_tried_again(shop, outcome):
    """Declined; 3-D Secure left; 3-D Secure refused."""
    order = shop.order()
    session = shop.opened(order)
    shop.till.pay(session.session_id, outcome)
    shop.bring()

    page = shop.client.get(f"/orders/{order.public_id}").content.decode()

    assert ("Pay EUR\u00a0100.00 by card" in page, "held for you until" in page) == (True, True)
    assert (Receipt.objects.count(), Seat.objects.count(), shop.workshop.seats_left()) == (0, 0, 1)
    assert shop.opened(order) == session
    shop.till.pay(session.session_id)
    shop.bring()
    assert Seat.objects.count() == 1


def test_a_due_invoice_can_be_paid_by_card(shop):
    order = shop.order(way="transfer")
    shop.paid(order)
    shop.bring()
    assert Order.objects.get(pk=order.pk).payment.way == "card"
    with pytest.raises(Refused, match="paid already"):
        open_card_session(order, by=shop.world.ada.actor, now=shop.now)


def test_strangers_do_not_get_there(shop):
    order = shop.order()
    shop.client.force_login(shop.world.mallory)
    for path in ("card", "transfer"):
        assert shop.client.post(f"/orders/{order.public_id}/{path}").status_code == 404
    assert shop.client.get(f"/orders/{order.public_id}/return").status_code == 404


def test_the_browser_is_back_before_the_word_of_the_service(shop):
    order = shop.order()
    shop.paid(order)

    answer = shop.client.get(f"/orders/{order.public_id}/return?next=/journey")

    assert (answer.status_code, answer["Location"]) == (303, "/journey")
    shop.bring()
    assert (Receipt.objects.count(), Seat.objects.count()) == (1, 1)


def test_the_browser_is_back_and_nothing_is_certain(shop):
    order = shop.order()
    shop.opened(order)
    page = shop.client.get(f"/orders/{order.public_id}/return")
    assert (page.status_code, b"being confirmed" in page.content, b'data-behaviour="look-again"' in page.content) == (
        200,
        True,
        True,
    )


def test_the_service_is_down_when_the_browser_is_back(shop):
    order = shop.order()
    shop.paid(order)
    shop.till.turn(down=9)
    assert b"being confirmed" in shop.client.get(f"/orders/{order.public_id}/return").content
    shop.till.turn(down=0)
    assert shop.client.get(f"/orders/{order.public_id}/return").status_code == 303


def test_the_service_is_down_the_seat_is_held_and_it_works_later(shop):
    order = shop.order()
    shop.till.turn(down=9)
    answer = shop.press(order)
    page = shop.client.get(answer["Location"]).content.decode()
    for words in (
        "does not answer",
        "nothing is lost",
        "held for you until",
        "(Europe/Berlin)",
        "Try again",
        "invoice instead",
    ):
        assert words in page, words
    assert shop.workshop.seats_left() == 1

    shop.till.turn(down=0)
    shop.opened(order)
    assert "does not answer" not in shop.client.get(answer["Location"]).content.decode()


def test_a_lost_answer_does_not_open_two_pages(shop):
    order = shop.order()
    shop.till.turn(down=2, down_how="lose_answer")
    shop.press(order)
    shop.till.turn(down=0)
    shop.opened(order)
    assert len(shop.stripe.checkout.sessions.list().data) == 1


def test_by_invoice_instead(shop):
    order = shop.order()
    shop.client.force_login(shop.world.ada)
    assert shop.client.post(f"/orders/{order.public_id}/transfer").status_code == 303
    drain(is_strict=True)
    assert (Order.objects.get(pk=order.pk).way, Seat.objects.count()) == ("transfer", 1)


def test_a_page_for_another_amount_is_closed_and_a_new_one_opened(shop):
    order = shop.order()
    first = shop.opened(order)
    Order.objects.filter(pk=order.pk).update(amount_minor=9_000)
    second = shop.opened(order)
    assert (second.amount_minor, second.pk != first.pk) == (9_000, True)
    assert shop.stripe.checkout.sessions.retrieve(first.session_id).status == "expired"
    assert set(shop.bring()) == {200}
    assert Order.objects.get(pk=order.pk).cancelled_at is None


def test_when_the_time_is_over_there_is_no_page(shop):
    order = shop.order()
    with pytest.raises(Refused, match="time for paying is over"):
        open_card_session(order, by=shop.world.ada.actor, now=shop.now + timedelta(minutes=21))


def test_both_ways_at_once_pay_once(shop):
    order = shop.order()
    session = shop.opened(order)
    pay_by_transfer(order, by=shop.world.ada.actor, now=shop.now)
    shop.till.pay(session.session_id)
    shop.bring()
    assert (Order.objects.get(pk=order.pk).is_paid, Place.objects.get().state, Receipt.objects.count()) == (
        True,
        "named",
        1,
    )
