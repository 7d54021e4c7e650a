"""One price wherever it is told: catalogue, other sites, search engines, the queue's offer, the order."""

import json
import re

import pytest
from django.utils import timezone

from laurels.workshops.actions import cancel_seat, take_offer
from laurels.workshops.models import Offer, Sale
from laurels.workshops.queries.queue import offer_page
from laurels.workshops.rules import Attendee, Basket, queue_in_words
from laurels.workshops.tests.queueing import full_class, waiting


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


def told(client, workshop):
    """The price for other sites, and for search engines on the workshop's page and in the catalogue."""
    [listed] = client.get("/embed/harbour/dates.json").json()["dates"]
    prices = [listed["price"]["amount"]]
    for page in (f"/workshops/{workshop.public_id}", "/workshops"):
        text = client.get(page).content.decode()
        linked = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.DOTALL)
        assert linked is not None
        json.loads(linked[1])
        prices += set(re.findall(r'"price": "([0-9.]+)"', linked[1]))
    return prices


def test_early_birds_are_told_while_they_last(world, client):
    workshop = world.workshop_with(price_minor=119_000)
    Sale.objects.create(workshop=workshop, early_minor=99_000, early_until=world.morning.date())
    assert told(client, workshop) == ["990.00"] * 3
    assert "early-bird" in client.get("/embed/harbour/dates").content.decode()
    Sale.objects.update(early_until=world.morning.date().replace(month=1))
    assert told(client, workshop) == ["1190.00"] * 3


def test_a_sliding_scale_is_said_and_is_not_free(world, client):
    workshop = world.workshop_with(price_minor=0)
    Sale.objects.create(workshop=workshop, least_minor=0)
    text = client.get("/embed/harbour/dates").content.decode()
    assert "You choose what you give" in text
    assert '"category": "Paid"' in client.get(f"/workshops/{workshop.public_id}").content.decode()


def test_an_offer_says_what_its_order_will_ask(world):
    workshop, [seat] = full_class(world, price_minor=10_000)
    Sale.objects.create(workshop=workshop, early_minor=8_000, early_seats=1)
    waiting(world, "Ann")
    cancel_seat(seat, by=world.grace.actor, now=world.morning)
    offer = Offer.objects.select_related("queue_place__person", "workshop__sale").get()
    ann = offer.person
    page = offer_page(offer, by=ann.actor, now=world.noon)
    order = take_offer(offer, Basket((Attendee("Ann", ann.email),)), by=ann.actor, now=world.noon).order
    assert (page.asked.now, order.amount_minor) == (order.amount, 8_000)


def test_the_front_page_tells_the_same_price(world, client, django_assert_num_queries):
    workshop = world.workshop_with(price_minor=119_000)
    Sale.objects.create(workshop=workshop, early_minor=99_000, early_until=world.morning.date())
    with django_assert_num_queries(1):
        text = client.get("/").content.decode().replace("\u00a0", " ")
    assert ("EUR 990.00", "early-bird until 2 March 2026" in text) == (re.findall("EUR [0-9 .]+[0-9]", text)[0], True)

    chosen = world.workshop_with(price_minor=0)
    Sale.objects.create(workshop=chosen, least_minor=0)
    with django_assert_num_queries(1):
        text = client.get("/").content.decode().replace("\u2009", " ")
    assert "You choose what you give" in text


def test_the_queue_says_both_halves_of_the_rule_about_an_unpaid_offer():
    [said] = [words for words in queue_in_words() if "payment fails" in words]
    assert said.endswith("Your place is kept the first time; afterwards you go behind the others.")
