"""The till as the real SDK sees it: sessions, intents, refunds, disputes, the balance."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from laurels.web.demo.stripe_like.balance import fee_of
from laurels.web.demo.stripe_like.events import API_VERSION
from laurels.web.tests.till.conftest import seller_at

INTENT = ["payment_intent.created", "payment_intent.succeeded"]


def test_it_speaks_the_version_of_the_sdk():
    assert stripe.api_version == API_VERSION


def test_a_session_is_paid_charged_and_booked(seller):
    session = seller.sell(
        129_000,
        client_reference_id="order-7",
        metadata={"order": "7"},
        payment_intent_data={"metadata": {"order": "7"}, "description": "Two days"},
    )
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)

    seller.till.pay(session.id)

    paid = seller.stripe.checkout.sessions.retrieve(
        session.id, {"expand": ["payment_intent.latest_charge.balance_transaction", "line_items"]}
    )
    intent, charge = paid.payment_intent, paid.payment_intent.latest_charge
    line = charge.balance_transaction
    assert (paid.status, paid.payment_status, paid.amount_total, paid.currency) == ("complete", "paid", 129_000, "eur")
    assert (paid.client_reference_id, paid.metadata.order, intent.metadata.order) == ("order-7", "7", "7")
    assert paid.customer_details.email == "ada@example.org"
    assert [(item.description, item.amount_total) for item in paid.line_items.data] == [("A seat", 129_000)]
    assert (intent.status, intent.amount_received, intent.description) == ("succeeded", 129_000, "Two days")
    assert (charge.paid, charge.payment_method_details.card.last4) == (True, "4242")
    assert (line.amount, line.fee, line.net) == (129_000, 1_960, 127_040)


@pytest.mark.parametrize(("amount", "fee"), [(0, 25), (100, 27), (33, 25), (34, 26), (129_000, 1_960)])
def test_the_fee_is_one_and_a_half_percent_and_a_quarter(amount, fee):
    assert fee_of(amount) == fee


@pytest.mark.parametrize(
    ("more", "param", "code"),
    [
        ({"mode": "subscription"}, "mode", "parameter_invalid"),
        ({"line_items": []}, "line_items", "parameter_missing"),
        ({"success_url": "javascript:alert(1)"}, "success_url", "url_invalid"),
        ({"customer_email": "nobody"}, "customer_email", "email_invalid"),
        ({"automatic_tax": {"enabled": True}}, "automatic_tax", "parameter_unknown"),
        ({"expires_at": int(time.time()) + 20 * 60}, "expires_at", "parameter_invalid"),
        ({"metadata": {"long": "x" * 501}}, "metadata[long]", "parameter_invalid"),
    ],
)
def test_what_stripe_would_refuse_is_refused(seller, more, param, code):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        seller.sell(**more)

    assert (refused.value.http_status, refused.value.param, refused.value.code) == (400, param, code)
    assert refused.value.request_id.startswith("req_")


def test_forty_cents_are_too_little_and_nothing_is_free(seller):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        seller.sell(40)
    assert refused.value.code == "amount_too_small"

    free = seller.till.pay(seller.sell(0).id)
    assert (free["status"], free["payment_status"], free["payment_intent"]) == ("complete", "no_payment_required", None)


def test_a_wrong_key_opens_nothing_and_another_sellers_things_do_not_exist(seller, shared):
    session = seller.sell()
    shared.open_account("acct_other", "sk_test_other")
    other = stripe.StripeClient("sk_test_other", base_addresses={"api": shared.base_url}).v1

    with pytest.raises(stripe.InvalidRequestError) as refused:
        other.checkout.sessions.retrieve(session.id)
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")
    assert other.checkout.sessions.list().data == []
    assert other.accounts.retrieve_current().id == "acct_other"

    with pytest.raises(stripe.AuthenticationError):
        stripe.StripeClient("sk_test_nobody", base_addresses={"api": shared.base_url}).v1.checkout.sessions.list()


def test_asking_twice_with_one_key_gives_one_session_and_other_words_are_refused(seller):
    asked = {"amount": 500, "currency": "eur"}
    first = seller.stripe.payment_intents.create(asked, {"idempotency_key": "order-9"})
    second = seller.stripe.payment_intents.create(asked, {"idempotency_key": "order-9"})
    assert second.id == first.id
    assert second.last_response.headers["Idempotent-Replayed"] == "true"

    with pytest.raises(stripe.IdempotencyError) as refused:
        seller.stripe.payment_intents.create({**asked, "amount": 501}, {"idempotency_key": "order-9"})
    assert refused.value.http_status == 400
    # Without the key it is two.
    assert seller.stripe.payment_intents.create(asked).id != first.id


def test_a_declined_card_is_remembered_for_its_key_and_a_slip_is_not(seller):
    declined = {"amount": 500, "currency": "eur", "confirm": True, "payment_method": "pm_card_chargeDeclined"}
    told = []
    for _time in range(2):
        with pytest.raises(stripe.CardError) as refused:
            seller.stripe.payment_intents.create(declined, {"idempotency_key": "d"})
        told.append((refused.value.code, refused.value.error.decline_code, refused.value.error.payment_intent.id))
    assert told == [("card_declined", "generic_decline", told[0][2])] * 2

    with pytest.raises(stripe.InvalidRequestError):
        seller.stripe.payment_intents.create({"currency": "eur"}, {"idempotency_key": "slip"})
    mended = seller.stripe.payment_intents.create({"amount": 500, "currency": "eur"}, {"idempotency_key": "slip"})
    assert mended.status == "requires_payment_method"


def test_an_intent_is_confirmed_once_or_called_off(seller):
    intents = seller.stripe.payment_intents
    intent = intents.create({"amount": 500, "currency": "eur"})
    assert intents.confirm(intent.id, {"payment_method": "pm_card_visa"}).status == "succeeded"
    for again in (lambda: intents.confirm(intent.id), lambda: intents.cancel(intent.id)):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            again()
        assert refused.value.code == "payment_intent_unexpected_state"

    other = intents.create({"amount": 500, "currency": "eur"})
    assert intents.cancel(other.id).status == "canceled"


def test_no_more_goes_back_than_came(seller):
    intent, refunds = seller.sold(10_000), seller.stripe.refunds
    part = refunds.create({"payment_intent": intent, "amount": 4_000, "metadata": {"seat": "3"}})
    assert (part.status, part.amount, part.metadata.seat) == ("succeeded", 4_000, "3")

    with pytest.raises(stripe.InvalidRequestError) as refused:
        refunds.create({"payment_intent": intent, "amount": 6_001})
    assert refused.value.param == "amount"

    rest = refunds.create({"payment_intent": intent, "reason": "requested_by_customer"})
    assert rest.amount == 6_000
    with pytest.raises(stripe.InvalidRequestError) as refused:
        refunds.create({"payment_intent": intent, "amount": 1})
    assert refused.value.code == "charge_already_refunded"

    charge = seller.stripe.charges.list({"payment_intent": intent}).data[0]
    assert (charge.amount_refunded, charge.refunded) == (10_000, True)
    assert [one.id for one in refunds.list({"payment_intent": intent}).data] == [rest.id, part.id]
    lines = seller.stripe.balance_transactions.list({"type": "refund"}).data
    assert [line.amount for line in lines] == [-6_000, -4_000]


def test_a_refund_may_fail_later_and_then_the_money_is_the_sellers_again(seller):
    intent = seller.sold(10_000)
    refund = seller.stripe.refunds.create({"payment_intent": intent})

    seller.till.control("POST", f"refunds/{refund.id}/finish", {"outcome": "failed"})

    assert seller.stripe.refunds.retrieve(refund.id).status == "failed"
    charge = seller.stripe.charges.list({"payment_intent": intent}).data[0]
    assert (charge.amount_refunded, charge.refunded) == (0, False)


@pytest.mark.parametrize(("outcome", "net"), [("won", 10_000 - 175 - 2_000), ("lost", -175 - 2_000)])
def test_a_dispute_takes_the_money_until_it_is_decided(seller, outcome, net):
    intent = seller.sold(10_000)
    dispute = seller.till.control("POST", "disputes", {"payment_intent": intent})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        seller.stripe.refunds.create({"payment_intent": intent})
    assert refused.value.code == "charge_disputed"

    seller.till.control("POST", f"disputes/{dispute['id']}/closing", {"outcome": outcome})

    assert seller.stripe.disputes.retrieve(dispute["id"]).status == outcome
    assert [one.id for one in seller.stripe.disputes.list({"payment_intent": intent}).data] == [dispute["id"]]
    assert sum(line.net for line in seller.stripe.balance_transactions.list().data) == net


def test_lists_come_in_pages_newest_first(seller):
    made = [seller.stripe.payment_intents.create({"amount": 500 + n, "currency": "eur"}).id for n in range(7)]
    intents = seller.stripe.payment_intents

    page = intents.list({"limit": 3})
    assert ([one.id for one in page.data], page.has_more) == (made[:3:-1], True)
    assert [one.id for one in page.auto_paging_iter()] == made[::-1]
    before = intents.list({"limit": 2, "ending_before": made[3]})
    assert [one.id for one in before.data] == [made[5], made[4]]
    assert intents.list({"created": {"gt": int(time.time()) + 60}}).data == []
    assert len(intents.list({"created": {"gte": int(time.time()) - 60}}).data) == 7


def test_metadata_can_be_changed_later_and_a_key_taken_away(seller):
    session = seller.sell(metadata={"order": "7", "note": "x"})
    seller.stripe.checkout.sessions.update(session.id, {"metadata": {"order": "8", "note": ""}})
    assert seller.stripe.checkout.sessions.retrieve(session.id).metadata.to_dict() == {"order": "8"}


def test_a_session_may_be_opened_again_after_a_restart(till, ear):
    seller = seller_at(till, ear)
    session = seller.sell()
    till.stop()
    till.come_back()

    assert seller.stripe.checkout.sessions.retrieve(session.id).url == session.url
    assert till.pay(session.id)["payment_status"] == "paid"
    seller.till.open_account(seller.account, seller.key, webhook_url=ear.url, webhook_secret="whsec_ignored")
    assert seller.told() == ["charge.succeeded", "checkout.session.completed", *INTENT]


def test_a_session_ends_by_hand_or_by_time_and_then_takes_nothing(seller):
    by_hand, by_time = seller.sell(), seller.sell(expires_at=int(time.time()) + 1801)
    assert seller.stripe.checkout.sessions.expire(by_hand.id).status == "expired"
    seller.till.turn(ahead=1900)

    assert seller.till.pay(by_time.id)["payment_intent"] is None
    with pytest.raises(stripe.InvalidRequestError):
        seller.stripe.checkout.sessions.expire(by_hand.id)
    until = time.monotonic() + 5
    while seller.stripe.checkout.sessions.retrieve(by_time.id).status == "open" and time.monotonic() < until:
        time.sleep(0.05)
    assert [one.status for one in seller.stripe.checkout.sessions.list().data] == ["expired", "expired"]
    seller.till.turn(ahead=0)
    assert seller.told() == ["checkout.session.expired"] * 2


def test_of_many_who_pay_one_session_at_once_one_does(seller):
    session = seller.sell()
    with ThreadPoolExecutor(8) as buyers:
        list(buyers.map(seller.till.pay, [session.id] * 16))

    assert len(seller.stripe.charges.list().data) == 1


def test_of_many_refunds_at_once_no_more_than_the_price_goes_back(seller):
    intent = seller.sold(10_000)

    def give_back(_number: int) -> int:
        try:
            return seller.stripe.refunds.create({"payment_intent": intent, "amount": 3_000}).amount
        except stripe.InvalidRequestError:
            return 0

    with ThreadPoolExecutor(8) as tills:
        assert sum(tills.map(give_back, range(12))) == 9_000
