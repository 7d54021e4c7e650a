"""What the service tells: before, never, twice, in any order, late, forged, of another, with another amount."""

import json
import time
from datetime import timedelta

import pytest

from laurels.journal.worker import drain
from laurels.payments.actions import look_after_sessions, roll_webhook_secret
from laurels.payments.models import CardSession, Order, ProviderEvent, Receipt
from laurels.payments.providers.stripe_events import Forged, read_event, signed
from laurels.payments.tasks import CARDS
from laurels.workshops.models import Seat


def outcomes():
    return sorted(ProviderEvent.objects.exclude(outcome="nothing to do").values_list("outcome", flat=True))


def counts():
    return Receipt.objects.count(), Seat.objects.count()


def test_twice_in_any_order_and_again_is_once(shop):
    order = shop.order()
    shop.till.turn(copies=2)
    shop.paid(order)
    shop.bring(shuffled=6, times=3)

    assert counts() == (1, 1)
    assert ProviderEvent.objects.count() == len({json.loads(body)["id"] for _mark, body in shop.ear.heard})
    shop.brought = 0
    assert (set(shop.bring()), counts()) == ({200}, (1, 1))


def test_it_never_came_and_we_look_ourselves(shop):
    order = shop.order()
    shop.till.turn(drop=99)
    shop.paid(order)
    assert look_after_sessions(by=CARDS, now=shop.now + timedelta(seconds=110)) == 0
    assert look_after_sessions(by=CARDS, now=shop.now + timedelta(seconds=130)) == 1
    drain(is_strict=True)
    assert counts() == (1, 1)
    assert look_after_sessions(by=CARDS, now=shop.now + timedelta(hours=1)) == 0


def test_it_is_faster_than_our_own_note(shop):
    """The answer to our question was lost with the process that asked, and the buyer paid all the same."""
    order = shop.order()
    shop.paid(order)
    CardSession.objects.update(session_id=None, url="")
    shop.bring()
    assert counts() == (1, 1)


def test_late_by_a_day_it_still_counts(shop):
    order = shop.order()
    shop.paid(order)
    [body] = [body for _mark, body in shop.heard() if json.loads(body)["type"] == "payment_intent.succeeded"]
    event = json.loads(body) | {"created": int(time.time()) - 86_400}
    late = json.dumps(event).encode()
    stamp = str(int(time.time()))
    assert shop.tell(late, f"t={stamp},v1={signed(late, stamp, shop.secret)}").status_code == 200
    drain(is_strict=True)
    assert counts() == (1, 1)


def forgeries(body, secret):
    """(why, body, header): all of them look right at a glance."""
    now = int(time.time())

    def header(stamp, key=secret, of=body):
        return f"t={stamp},v1={signed(of, str(stamp), key)}"

    mine = header(now).partition("v1=")[2]
    return [
        ("by nobody", body, ""),
        ("with another's secret", body, header(now, "whsec_mine")),
        ("with the empty secret", body, header(now, "")),
        ("about something else", body.replace(b"10000", b"10001"), header(now)),
        ("for another second", body, f"t={now - 1},v1={mine}"),
        ("six minutes ago", body, header(now - 360)),
        ("an hour ago", body, header(now - 3600)),
        ("in two minutes", body, header(now + 120)),
        ("in a year", body, header(now + 31_000_000)),
        ("in the year 9999", body, header(253_402_300_799)),
        ("with two stamps", body, f"t={now},{header(now)}"),
        ("by another way", body, header(now).replace("v1=", "v0=")),
        ("with a strange stamp", body, f"t=²{now},v1={mine}".encode().decode("latin-1")),
        ("signed, and no event", b"[]", header(now, of=b"[]")),
        ("signed, and no JSON", b"{", header(now, of=b"{")),
        ("signed, and too deep", b"[" * 100_000, header(now, of=b"[" * 100_000)),
        ("signed, with half a letter", b'{"a":"\\ud800"}', header(now, of=b'{"a":"\\ud800"}')),
    ]


def test_what_is_forged_leaves_nothing_but_a_line_in_the_log(shop, caplog):
    order = shop.order()
    shop.paid(order)
    [body] = [body for _mark, body in shop.heard() if json.loads(body)["type"] == "payment_intent.succeeded"]

    for why, forged, header in forgeries(body, shop.secret):
        assert (why, shop.tell(forged, header).status_code) == (why, 400)

    assert (ProviderEvent.objects.count(), counts()) == (0, (0, 0))
    assert len([one for one in caplog.records if one.name == "laurels.cards"]) == len(forgeries(body, shop.secret))
    assert not any(shop.secret in one.getMessage() or order.public_id in one.getMessage() for one in caplog.records)
    now = str(int(time.time()))
    assert shop.tell(body, f"t={now},v1={signed(body, now, shop.secret)}").status_code == 200


def test_stamps_are_judged_by_the_clock_that_is_given(shop):
    body = b'{"id":"evt_1","type":"x","created":1,"data":{"object":{}}}'
    at = 1_790_000_000
    header = f"t={at},v1={signed(body, str(at), 's')}"
    for seconds, is_taken in ((-61, False), (-60, True), (0, True), (300, True), (301, False)):
        now = shop.now.fromtimestamp(at + seconds, tz=shop.now.tzinfo)
        if is_taken:
            assert read_event(body, header, ["s"], now=now).id == "evt_1"
        else:
            with pytest.raises(Forged, match="another time"):
                read_event(body, header, ["s"], now=now)


def test_too_large_or_unknown(shop):
    assert shop.tell(b"x" * 300_000, "").status_code == 413
    assert shop.client.post("/webhooks/cards/nobody", b"{}", "application/json").status_code == 404
    assert shop.client.get(f"/webhooks/cards/{shop.account.public_id}").status_code == 405


def test_the_word_of_another_account_counts_for_nothing_here(shop, other_shop):
    """Well signed by Maple's own account, about Harbour's order: to Harbour it is forged, to Maple it is set aside."""
    order = shop.order()
    shop.paid(order)
    intent = next(json.loads(b)["data"]["object"] for _m, b in shop.heard() if b"payment_intent.succeeded" in b)
    other_shop.invent("payment_intent.succeeded", object=intent)
    [(mark, body)] = other_shop.heard()

    assert shop.tell(body, mark).status_code == 400
    assert other_shop.bring() == [200]

    assert outcomes() == ["set aside: the order of another account"]
    assert counts() == (0, 0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"amount_received": 9_999}, "EUR\u00a099.99 came, EUR\u00a0100.00 was asked"),
        ({"amount_received": 10_001}, "EUR\u00a0100.01 came, EUR\u00a0100.00 was asked"),
        ({"currency": "usd"}, "USD\u00a0100.00 came, EUR\u00a0100.00 was asked: another currency"),
        ({"metadata": {}}, "a payment that we did not ask for"),
        ({"metadata": {"order": "another", "session": "another"}}, "a payment that we did not ask for"),
        ({"amount_received": "much"}, "not understood (ValueError)"),
        ({"currency": None}, "NONE"),
    ],
)
def test_another_amount_or_currency_is_set_aside_for_staff(shop, change, says):
    order = shop.order()
    session = shop.opened(order)
    names = {"order": order.public_id, "session": session.public_id}
    intent = {"id": "pi_x", "object": "payment_intent", "amount_received": 10_000, "currency": "eur", "metadata": names}
    shop.invent("payment_intent.succeeded", object=intent | change)
    shop.bring()

    [event] = ProviderEvent.objects.set_aside()
    assert says in event.outcome
    assert (counts(), Order.objects.get(pk=order.pk).received_minor) == ((0, 0), 0)


def test_a_page_with_our_names_that_is_not_ours(shop):
    order = shop.order()
    session = shop.opened(order)
    names = {"order": order.public_id, "session": session.public_id}
    completed = {"status": "complete", "payment_status": "paid", "payment_intent": "pi_x", "metadata": names}
    other = {"id": "cs_other", "url": None, "amount_total": 10_000, "currency": "eur"}
    shop.invent("checkout.session.completed", object=completed | other)
    shop.bring()
    assert (outcomes(), counts()) == (["set aside: a payment that we did not ask for"], (0, 0))


def test_a_rolled_secret_and_the_one_before_are_believed_an_older_one_is_not(shop):
    order = shop.order()
    shop.paid(order)
    shop.heard()
    roll_webhook_secret(shop.account, "whsec_second", by=shop.world.sam.actor, now=shop.now)
    assert set(shop.bring()) == {200}

    roll_webhook_secret(shop.account, "whsec_third", by=shop.world.sam.actor, now=shop.now)
    shop.brought = 0
    assert set(shop.bring()) == {400}
    shop.till.control("POST", f"accounts/{shop.account.account_id}/secret", {"secret": "whsec_third"})
    shop.till.control("POST", "deliveries", {})
    shop.brought = len(shop.ear.heard)
    assert set(shop.bring()) == {200}
    assert counts() == (1, 1)


@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_a_clock_that_is_wrong_by_an_hour_loses_nothing(shop, seconds):
    """Its word is not believed; but we look ourselves."""
    order = shop.order()
    shop.paid(order)
    shop.heard()
    shop.brought = len(shop.ear.heard)
    shop.till.turn(ahead=seconds)
    shop.till.control("POST", "deliveries", {})
    assert set(shop.bring()) == {400}
    assert counts() == (0, 0)
    look_after_sessions(by=CARDS, now=shop.now + timedelta(minutes=3))
    drain(is_strict=True)
    assert counts() == (1, 1)


def test_secrets_are_sealed(shop):
    row = type(shop.account).objects.values_list().get(pk=shop.account.pk)
    assert not any(secret in str(row) for secret in (shop.key, shop.secret))
    assert (shop.account.secret_key, shop.account.webhook_secrets) == (shop.key, [shop.secret])
