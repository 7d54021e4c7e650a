"""The buyer's pages, with forms sent as a browser sends them."""

import httpx
import pytest

from laurels.web.demo.stripe_like.cards import CARDS

GOOD, DECLINED, ASKING = "4242 4242 4242 4242", "4000000000000002", "4000002500003155"
PAID = "http://school.example/paid?session={}"


browser = httpx.Client()


def press(url: str, act: str, **typed: str) -> httpx.Response:
    return browser.post(url, data={"act": act, **typed})


def test_the_page_says_who_sells_what_for_how_much(seller):
    page = browser.get(seller.sell(129_000).url)

    assert page.status_code == 200
    for told in ["Pay Harbour School", "A seat", "EUR\u00a01\u2009290.00", "Test till", "http://school.example/left"]:
        assert told in page.text
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")


def test_a_good_card_leads_back_and_paying_twice_takes_once(seller):
    session = seller.sell()
    for _press in range(2):
        answer = press(session.url, "pay", number=GOOD)
        assert (answer.status_code, answer.headers["Location"]) == (303, PAID.format(session.id))

    assert "This has been paid." in browser.get(session.url).text
    assert len(seller.stripe.charges.list().data) == 1


@pytest.mark.parametrize(("act", "number"), [("decline", GOOD), ("pay", DECLINED), ("pay", "4000 0000 0000 9995")])
def test_a_declined_card_stays_on_the_page_and_the_next_may_pay(seller, act, number):
    session = seller.sell()
    answer = press(session.url, act, number=number)
    assert (answer.status_code, answer.headers["Location"]) == (303, session.url)
    assert "Nothing was taken; try another card." in browser.get(session.url).text
    assert seller.stripe.checkout.sessions.retrieve(session.id).status == "open"

    press(session.url, "pay", number=GOOD)
    told = seller.told()
    assert (told.count("payment_intent.payment_failed"), told.count("checkout.session.completed")) == (1, 1)
    assert [charge.status for charge in seller.stripe.charges.list().data] == ["succeeded", "failed"]


def test_a_card_that_is_no_test_card_is_not_taken(seller):
    session = seller.sell()
    answer = press(session.url, "pay", number="5500000000000004")

    assert answer.status_code == 422
    assert "never type a real one" in answer.text
    assert seller.stripe.payment_intents.list().data == []


def test_the_owner_of_the_card_is_asked(seller):
    session = seller.sell()
    bank = press(session.url, "pay", number=ASKING).headers["Location"]
    assert "is this you?" in browser.get(bank).text
    assert seller.stripe.payment_intents.list().data[0].status == "requires_action"

    refused = press(bank, "refuse")
    assert refused.headers["Location"] == session.url
    assert "did not confirm" in browser.get(session.url).text

    bank = press(session.url, "pay", number=ASKING).headers["Location"]
    for _press in range(2):
        assert press(bank, "confirm").headers["Location"] == PAID.format(session.id)
    assert seller.stripe.checkout.sessions.retrieve(session.id).payment_status == "paid"
    assert len([one for one in seller.stripe.charges.list().data if one.paid]) == 1


def test_leaving_the_bank_without_an_answer_leaves_it_open_and_too_late_is_too_late(seller):
    session = seller.sell()
    bank = press(session.url, "pay", number=ASKING).headers["Location"]
    assert "http://school.example/left" in browser.get(bank).text

    seller.stripe.checkout.sessions.expire(session.id)

    press(bank, "confirm")
    assert seller.stripe.payment_intents.list().data[0].status == "canceled"
    assert seller.stripe.balance_transactions.list().data == []
    assert "Nothing was taken" in browser.get(session.url).text


def test_a_bare_intent_goes_to_the_bank_and_back(seller):
    asked = {"amount": 500, "currency": "eur", "confirm": True, "payment_method": "pm_card_threeDSecureRequired"}
    intent = seller.stripe.payment_intents.create({**asked, "return_url": "http://school.example/back"})
    redirect = intent.next_action.redirect_to_url

    answer = press(redirect.url, "confirm")
    assert answer.headers["Location"] == (
        f"http://school.example/back?payment_intent={intent.id}&redirect_status=succeeded"
    )


def test_names_are_shown_as_they_are_written(seller):
    price = {"currency": "jpy", "unit_amount": 500, "product_data": {"name": "<script>alert(1)</script>"}}
    page = browser.get(seller.sell(line_items=[{"price_data": price, "quantity": 3}]).url).text

    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "JPY\u00a01\u2009500" in page


def test_there_is_nothing_at_other_addresses(shared):
    for path in ["/", "/pay/cs_test_none", "/owner/pi_none", "/pay/"]:
        assert browser.get(shared.base_url + path).status_code == 404
    assert len(CARDS) == len(set(CARDS))
