"""Many at once: one page, one receipt, and an end of a hold that never costs both the seat and the money."""

from datetime import timedelta
from threading import Barrier

import pytest
from django.test import Client

from laurels.credentials.tests.test_race import at_once
from laurels.journal.worker import drain
from laurels.payments import rules
from laurels.payments.actions import end_hold, open_card_session
from laurels.payments.models import CardSession, Order, ProviderEvent, Receipt
from laurels.payments.providers.stripe_service import StripeService
from laurels.payments.tasks import CARDS
from laurels.payments.tests.cards.conftest import connect
from laurels.web.demo.stripe_like.state import DIALS
from laurels.web.tests.till.receiving import listening
from laurels.workshops.models import Seat
from tests.drills.webhook_storm import unguarded, without_a_service
from tests.world.cast import World

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def racing(one_till):
    """The shop, with threads instead of one transaction around everything."""
    world = World()
    with listening() as ear:
        yield connect(world, world.harbour, one_till, world.sam, ear, Client())
    one_till.turn(**DIALS)


def pages(shop, order, monkeypatch):
    """How many pages are opened at the service by six presses, of which none is answered before all have asked."""
    asked, ask = Barrier(6, timeout=20), StripeService.open_session

    def together(self, purchase):
        asked.wait()
        return ask(self, purchase)

    monkeypatch.setattr(StripeService, "open_session", together)
    now, actor = shop.now, shop.world.ada.actor
    answers = at_once(lambda _n: open_card_session(order, by=actor, now=now), 6)
    assert [type(one) for one in answers] == [CardSession] * 6
    return len(shop.stripe.checkout.sessions.list().data)


def test_six_presses_at_once_are_one_page(racing, monkeypatch):
    assert pages(racing, racing.order(), monkeypatch) == 1


def test_without_knowing_the_same_click_they_are_more(racing, monkeypatch):
    """Positive control."""
    monkeypatch.setattr(rules, "SAME_CLICK", timedelta(0))
    assert pages(racing, racing.order(), monkeypatch) > 1


def told_by_eight(shop):
    shop.paid(shop.order())
    heard = [one for one in shop.heard() if b"succeeded" in one[1] or b"completed" in one[1]] * 4
    at_once(lambda n: shop.tell(heard[n][1], heard[n][0]), len(heard))
    drain(is_strict=True)
    return ProviderEvent.objects.count(), Receipt.objects.count()


def test_the_same_word_from_many_sides_is_one_receipt(racing):
    events, receipts = told_by_eight(racing)
    assert (receipts, events <= 3) == (1, True)


def test_the_same_word_is_many_receipts_when_it_is_not_known_again(racing):
    """Positive control."""
    with without_a_service(), unguarded():
        assert told_by_eight(racing)[1] > 1


@pytest.mark.parametrize("round_", range(3))
def test_paid_in_the_moment_in_which_the_hold_ends(racing, round_):
    order = racing.order()
    session = racing.opened(order)
    later = racing.now + timedelta(minutes=21)

    at_once(lambda n: racing.till.pay(session.session_id) if n else end_hold(order, by=CARDS, now=later), 2)
    drain(is_strict=True)
    racing.bring()

    order = Order.objects.get(pk=order.pk)
    taken = sum(Receipt.objects.values_list("amount_minor", flat=True))
    assert (order.is_paid, Seat.objects.filter(order=order).count(), taken) in [(True, 1, 10_000), (False, 0, 0)]
    assert order.is_paid != bool(order.cancelled_at)
