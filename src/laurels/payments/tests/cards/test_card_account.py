"""The seller's account at the service: keys in, tried at once, never out again."""

import pytest

from laurels.payments.models import CardAccount
from laurels.payments.queries import ways_offered
from laurels.payments.tests.cards.conftest import ADA
from laurels.workshops.actions import check_out
from laurels.workshops.rules import Basket


@pytest.fixture
def sam(shop):
    shop.client.force_login(shop.world.sam)
    return shop.client


PAGE = "/organisations/harbour/card"


def test_a_key_is_tried_at_once(shop, sam, settings):
    settings.CARD_SERVICE = shop.till.base_url
    answer = sam.post(PAGE, {"key": "sk_test_unknown", "webhook_secret": ""})
    assert (answer.status_code, "does not take this key" in answer.content.decode()) == (422, True)
    assert CardAccount.objects.get().account_id == shop.account.account_id
    shop.till.open_account("acct_second", "sk_test_second", name="Harbour, second")
    assert sam.post(PAGE, {"key": "sk_test_second", "webhook_secret": "whsec_second"}).status_code == 303
    second = CardAccount.objects.get()
    assert (second.account_id, second.name, second.webhook_secrets[0]) == (
        "acct_second",
        "Harbour, second",
        "whsec_second",
    )


def test_a_service_that_is_not_there_is_said(shop, sam, settings):
    settings.CARD_SERVICE = "http://127.0.0.1:9"
    answer = sam.post(PAGE, {"key": "sk_test_x", "webhook_secret": ""})
    assert (answer.status_code, b"does not answer just now" in answer.content) == (422, True)


def test_what_is_no_key_is_not_sent_anywhere(sam):
    answer = sam.post(PAGE, {"key": "pk_test_x", "webhook_secret": "secret"})
    page = answer.content.decode()
    assert (answer.status_code, "begins with sk_ or rk_" in page, "begins with whsec_" in page) == (422, True, True)


def test_secrets_are_never_shown_again(shop, sam, caplog, settings):
    settings.CARD_SERVICE = shop.till.base_url
    for answer in (
        sam.get(PAGE),
        sam.post(PAGE, {"key": f"{shop.key}x", "webhook_secret": shop.secret}),
        sam.post(f"{PAGE}/secret", {"secret": "nonsense of mine"}),
    ):
        page = answer.content.decode()
        assert shop.account.public_id in page
        assert [one for one in (shop.key, shop.secret, "nonsense of mine") if one in page] == []
    assert shop.key not in caplog.text


def test_a_rolled_secret_is_believed(shop, sam):
    assert sam.post(f"{PAGE}/secret", {"secret": "whsec_new"}).status_code == 303
    assert CardAccount.objects.get().webhook_secrets == ["whsec_new", shop.secret]


def test_switched_off_cards_are_not_offered_and_what_was_begun_can_be_paid(shop, sam):
    order = shop.order()
    session = shop.opened(order)
    sam.force_login(shop.world.sam)
    sam.post(f"{PAGE}/activity", {"is_active": "0"})
    assert ways_offered(shop.world.harbour) == ["transfer"]
    shop.till.pay(session.session_id)
    shop.bring()
    order.refresh_from_db()
    assert order.is_paid
    sam.force_login(shop.world.sam)
    sam.post(f"{PAGE}/activity", {"is_active": "1"})
    assert ways_offered(shop.world.harbour) == ["card", "transfer"]


def test_only_the_sellers_staff_get_there(shop):
    for person in (shop.world.mallory, shop.world.ada, shop.world.tess):
        shop.client.force_login(person)
        assert shop.client.get(PAGE).status_code == 404
        assert shop.client.post(f"{PAGE}/secret", {"secret": "whsec_mine"}).status_code == 404
        assert shop.client.post(f"{PAGE}/activity", {"is_active": "0"}).status_code == 404
    shop.client.logout()
    assert shop.client.get(PAGE).status_code == 302


def test_by_card_one_checks_out_like_by_invoice(shop):
    bought = check_out(shop.workshop, shop.world.ada, Basket((ADA,), way="card"), by=shop.world.ada.actor, now=shop.now)
    assert (bought.seats, len(bought.places), bought.order.is_paying) == ([], 1, True)
