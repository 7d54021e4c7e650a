"""Somebody without an account pays by card, and comes back by a signed link: from the letter, and from the service."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.payments.actions import let_go, place_order
from laurels.payments.models import Order
from laurels.payments.queries import link_of, order_of_link
from laurels.workshops.actions import check_out_unproven
from laurels.workshops.models import Place
from laurels.workshops.rules import Attendee, Basket

NOOR = Attendee("Noor", "noor@people.example")
GRACE = Attendee("Grace", "grace@people.example")


@pytest.fixture
def guest():
    return Client(REMOTE_ADDR="192.0.2.7")


@pytest.fixture
def order(shop, guest):
    bought = check_out_unproven(
        shop.workshop, NOOR, Basket((NOOR, GRACE), way="card"), client="192.0.2.7", by=ANONYMOUS, now=shop.now
    )
    return Order.objects.get(pk=bought.order.pk)


def path_of(link):
    assert link.startswith(settings.PUBLIC_URL)
    return link.removeprefix(settings.PUBLIC_URL)


def press(browser, order):
    browser.get(path_of(link_of(order)))
    answer = browser.post(f"/orders/{order.public_id}/card", {"next": f"/bookings/{order.public_id}"})
    assert answer.status_code == 303
    return order.card_sessions.get()


def test_the_letter_opens_the_booking_in_any_browser(shop, guest, order):
    session = press(guest, order)
    shop.till.pay(session.session_id)
    shop.bring()
    letter = Letter.objects.get(key="booking-confirmed")
    [sent] = [one for one in mail.outbox if one.subject == letter.subject]
    link = path_of(re.search(r"https?://\S+/link/\S+", sent.body)[0])

    elsewhere = Client()
    assert elsewhere.get(f"/bookings/{order.public_id}").status_code == 302
    page = elsewhere.get(link, follow=True)

    assert (letter.to, letter.text, page.status_code) == ("noor@people.example", "", 200)
    shown = page.content.decode()
    for words in ("Booked and paid", "Grace", "Sign in to change", "/link/"):
        assert words in shown
    assert f"/sign-in?next=/bookings/{order.public_id}" in shown.replace("%2F", "/")


def test_the_service_sends_them_back_into_another_browser(shop, guest, order):
    session = press(guest, order)
    shop.till.pay(session.session_id)
    there = shop.stripe.checkout.sessions.retrieve(session.session_id)

    elsewhere = Client()
    back = elsewhere.get(path_of(there.success_url))
    assert (back.status_code, back["Location"].startswith(f"/orders/{order.public_id}/return?next=")) == (303, True)
    seen = elsewhere.get(back["Location"], follow=True)

    assert (seen.status_code, seen.redirect_chain[-1][0]) == (200, f"/bookings/{order.public_id}")
    assert path_of(there.cancel_url).startswith(f"/orders/{order.public_id}/link/")


def test_while_it_is_being_confirmed_the_page_keeps_the_link(shop, guest, order):
    session = press(guest, order)
    shop.till.turn(down=999)
    page = guest.get(f"/orders/{order.public_id}/return?next=/bookings/{order.public_id}").content.decode()
    assert ("being confirmed" in page, "/link/" in page, "Sign in to change" in page) == (True, True, True)
    assert session.public_id


def test_a_link_is_for_one_order_and_not_for_ever(shop, order):
    other = place_order(
        shop.world.harbour, shop.world.ada, description="Other", amount=Money(100, "EUR"), by=shop.world.ada.actor,
        now=shop.now,
    )  # fmt: skip
    mark, others = (link_of(one).rpartition("/")[2] for one in (order, other))
    assert order_of_link(order.public_id, mark, now=shop.now) == order
    for public_id, tried in ((order.public_id, others), (other.public_id, mark), (order.public_id, mark[:-1] + "x")):
        assert order_of_link(public_id, tried, now=shop.now) is None
        forged, unknown = Client(), Client()
        wrong = forged.get(f"/orders/{public_id}/link/{tried}")
        never = unknown.get(f"/orders/{'z' * 16}/link/{tried}")
        assert (wrong.status_code, never.status_code, "placed_orders" in forged.session) == (404, 404, False)
    assert order_of_link(order.public_id, mark, now=shop.now + timedelta(days=401)) is None


def test_whoever_is_signed_in_does_not_become_the_buyer(shop, order):
    shop.client.force_login(shop.world.mallory)
    assert shop.client.get(path_of(link_of(order)), follow=True).status_code == 404


def test_whoever_has_an_account_gets_no_such_link(shop):
    order = shop.order()
    session = shop.opened(order)
    there = shop.stripe.checkout.sessions.retrieve(session.session_id)
    assert "/link/" not in there.success_url
    shop.till.pay(session.session_id)
    shop.bring()
    assert [("/link/" in one.text, one.has_secret) for one in Letter.objects.filter(key="seat-paid")] == [
        (False, False)
    ]


def test_a_guest_lets_go_of_what_is_held_and_nobody_can_pay_there_any_more(shop, guest, order):
    session = press(guest, order)
    there = f"/bookings/{order.public_id}"
    assert "Let go" in guest.get(there).content.decode()

    answer = guest.post(f"/orders/{order.public_id}/letting-go", {"next": there})
    shop.bring()

    assert (answer.status_code, answer["Location"]) == (303, there)
    assert shop.stripe.checkout.sessions.retrieve(session.session_id).status == "expired"
    assert {place.state for place in Place.objects.filter(order=order)} == {"released"}
    assert "This booking is cancelled" in guest.get(there).content.decode()


def test_let_go_too_late_it_stays_paid(shop, guest, order):
    session = press(guest, order)
    shop.till.turn(hold=True)
    shop.till.pay(session.session_id)
    guest.post(f"/orders/{order.public_id}/letting-go")
    assert Order.objects.get(pk=order.pk).is_paid


def test_while_the_service_is_down_it_stays_held_and_says_so(shop, guest, order):
    press(guest, order)
    shop.till.turn(down=999)
    page = guest.post(f"/orders/{order.public_id}/letting-go", follow=True).content.decode()
    assert ("does not answer just now" in page, Order.objects.get(pk=order.pk).is_paying) == (True, True)


def test_strangers_let_nothing_go(shop, order):
    assert Client().post(f"/orders/{order.public_id}/letting-go").status_code == 404
    with pytest.raises(Refused, match="Only the buyer"):
        let_go(order, by=ANONYMOUS, now=shop.now)
