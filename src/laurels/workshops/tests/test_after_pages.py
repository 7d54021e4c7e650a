"""The pages after booking: the quote stands there before the button, and the button keeps its word."""

from datetime import date

import pytest

from laurels.participation.tests.conftest import browser_of
from laurels.payments.actions import mark_paid
from laurels.payments.models import Invoice, Order, Refund
from laurels.workshops.actions import check_out, substitute
from laurels.workshops.models import Sale, Seat
from laurels.workshops.rules import Attendee, Basket

ADA, GRACE = Attendee("Ada Lovelace", "ada@people.example"), Attendee("Grace Hopper", "grace@people.example")
STARTS = date(2098, 4, 15)


@pytest.fixture
def seats(world):
    """Far from the first day, Ada has paid for herself and Grace."""
    workshop = world.workshop_with(price_minor=100_000, starts_on=STARTS, ends_on=STARTS.replace(day=16))
    bought = check_out(workshop, world.ada, Basket((ADA, GRACE)), by=world.ada.actor, now=world.morning)
    mark_paid(bought.order, by=world.sam.actor, now=world.morning)
    return bought.seats


def other(world, **changes):
    return world.workshop_with(starts_on=STARTS.replace(day=20), ends_on=STARTS.replace(day=21), **changes)


def test_the_quote_then_the_refund(world, seats):
    browser, path = browser_of(world.ada), f"/seats/{seats[0].public_id}/cancellation"
    page = browser.get(path).content.decode()

    assert "Cancel today: EUR\u00a01\u2009000.00 back, EUR\u00a00.00 kept." in page
    assert "This holds until 1 April 2098; from then on it is EUR\u00a0500.00." in page
    assert 'name="expected" value="100000"' in page
    assert browser.post(path, {"expected": "99999"}).status_code == 409
    assert Refund.objects.count() == 0
    assert browser.post(path, {"expected": "100000"}).status_code == 303
    assert Refund.objects.get().minor == 100_000


def test_three_pages_say_the_same_terms(world, seats, client):
    own, workshop = seats[0], seats[0].workshop
    browser = browser_of(world.ada)
    sources = [
        client.get(f"/workshops/{workshop.public_id}"),
        browser.get(f"/seats/{own.public_id}"),
        browser.get(f"/seats/{own.public_id}/cancellation"),
    ]
    terms = [page.content.decode().split('id="terms"')[1].split("</section>")[0] for page in sources]
    assert terms[0] == terms[1] == terms[2]
    assert "Until 7 days before: 50 % of the price back." in terms[0]


def test_the_buyer_cares_for_every_seat_and_whoever_sits_there_for_their_own(world, seats):
    grace = seats[1].person
    assert browser_of(world.ada).get(f"/seats/{seats[1].public_id}/cancellation").status_code == 200
    page = browser_of(grace).get(f"/seats/{seats[1].public_id}/cancellation").content.decode()
    assert "it is for Ada Lovelace, who bought the seat" in page
    assert browser_of(grace).get(f"/seats/{seats[0].public_id}").status_code == 404
    assert browser_of(world.mallory).get(f"/seats/{seats[0].public_id}/move").status_code == 404


def test_the_link_of_the_class_is_not_the_buyers(world, seats):
    workshop = seats[0].workshop
    workshop.place = "https://meet.example/secret"
    workshop.save()
    buyer = browser_of(world.ada)
    assert "meet.example" in buyer.get(f"/seats/{seats[0].public_id}").content.decode()
    assert "meet.example" not in buyer.get(f"/seats/{seats[1].public_id}").content.decode()


def test_another_date_from_the_page(world, seats):
    target, private, full = other(world, price_minor=110_000), other(world), other(world, capacity=1)
    Sale.objects.create(workshop=private, invite_code="X")
    check_out(full, world.ada, Basket((ADA,)), by=world.ada.actor, now=world.morning)
    browser, path = browser_of(world.ada), f"/seats/{seats[0].public_id}/move"
    page = browser.get(path).content.decode()

    assert "EUR\u00a0100.00 to pay" in page
    assert (private.public_id in page, full.public_id in page) == (False, False)
    assert browser.post(path, {"to": target.public_id, "expected": "0"}).status_code == 409
    assert browser.post(path, {"to": "nonsense", "expected": "0"}).status_code == 409
    done = browser.post(path, {"to": target.public_id, "expected": "10000"})
    moved = Seat.objects.get(workshop=target)
    assert (done.status_code, done["Location"]) == (303, f"/seats/{moved.public_id}")
    assert "is on another date now" in browser.get(f"/seats/{seats[0].public_id}").content.decode()


def test_a_colleague_from_the_page(world, seats):
    browser, path = browser_of(world.ada), f"/seats/{seats[0].public_id}/substitute"
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"name": "Linus", "email": "nonsense"}).status_code == 422
    assert browser.post(path, {"name": "Grace", "email": "grace@people.example"}).status_code == 422
    assert browser.post(path, {"name": "Linus", "email": "linus@people.example"}).status_code == 303
    assert Seat.objects.filled().filter(name="Linus").count() == 1


def test_whoever_gave_a_seat_away_sees_that_and_not_more(world, seats):
    given = substitute(seats[1], Attendee("Linus", "linus@people.example"), by=world.ada.actor, now=world.noon)
    page = browser_of(seats[1].person).get(f"/seats/{seats[1].public_id}").content.decode()
    assert ("A colleague comes instead." in page, given.public_id in page) == (True, False)


def test_other_billing_data_make_a_new_version(world, seats):
    order = Order.objects.get()
    browser, path = browser_of(world.ada), f"/orders/{order.public_id}/billing"
    assert "is out in version 1" in browser.get(path).content.decode()
    assert browser.post(path, {"name": "Ada", "country": "de", "tax_id": "nonsense"}).status_code == 422
    assert browser.post(path, {"name": "Ada", "company": "Engines", "country": "de"}).status_code == 303
    versions = Invoice.objects.filter(kind="invoice").in_order()
    assert [(one.number, one.version, one.content["bill_to"].get("company", "")) for one in versions] == [
        ("INV-00001", 1, ""),
        ("INV-00001", 2, "Engines"),
    ]
    assert browser_of(world.mallory).get(path).status_code == 404


def test_staff_move_and_give_everything_back(world, seats):
    browser, path = browser_of(world.sam), f"/seats/{seats[0].public_id}/cancellation"
    assert "For staff" in browser.get(path).content.decode()
    assert "For staff" not in browser_of(world.ada).get(path).content.decode()
    sent = {"expected": "0", "gives_all_back": "on", "reason": ""}
    assert browser.post(path, sent).status_code == 422
    assert browser.post(path, {**sent, "reason": "Ill"}).status_code == 303
    assert Refund.objects.get().reason == "Ill"
