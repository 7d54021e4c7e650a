import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.kernel.money import Money
from laurels.payments.actions import credit, mark_paid, place_order, receive, set_billing
from laurels.payments.rules import Line
from laurels.payments.tests.test_place_order import place


def without_token(answer):
    """A page's bytes without the masked CSRF token, which differs each time a page is drawn."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)


def orders(world, count, *, first=0):
    for number in range(first, first + count):
        buyer = world.person(f"Buyer {number}", f"buyer{number}@people.example")
        place_order(
            world.harbour,
            buyer,
            description=f"Seat {number}",
            amount=Money(5000, "EUR"),
            due_on=date(2026, 3, 1) + timedelta(days=number),
            by=buyer.actor,
            now=world.morning,
        )


def test_the_buyer_reads_how_to_pay_by_invoice(world, client):
    world.harbour.postal_address = "Pier 4\n20457 Hamburg"
    world.harbour.save()
    order = place(world, world.ada, by=world.ada.actor)
    client.force_login(world.ada)

    page = client.get(f"/orders/{order.public_id}").content.decode()

    for words in (
        order.reference,
        "EUR\u00a01\u2009200.00",
        "16 March 2026",
        "20457 Hamburg",
        "Harbour Product School",
    ):
        assert words in page
    assert "Mark paid" not in page


def test_staff_mark_paid_and_come_back_to_the_list(world, client):
    order = place(world, world.ada, by=world.ada.actor)
    client.force_login(world.sam)
    assert "Ada Lovelace" in client.get("/organisations/harbour/orders").content.decode()

    answer = client.post(f"/orders/{order.public_id}/payment", {"next": "/organisations/harbour/orders"})

    assert (answer.status_code, answer["Location"]) == (303, "/organisations/harbour/orders")
    assert "Nothing is due" in client.get("/organisations/harbour/orders").content.decode()
    assert "Ada Lovelace" in client.get("/organisations/harbour/orders?show=paid").content.decode()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_way_back_never_leads_elsewhere(world, client, elsewhere):
    order = place(world, world.ada, by=world.ada.actor)
    client.force_login(world.sam)

    answer = client.post(f"/orders/{order.public_id}/payment", {"next": elsewhere})

    assert answer["Location"] == f"/orders/{order.public_id}"


@pytest.mark.parametrize("somebody", ["mallory", "grace", "bo", "tess"])
def test_for_outsiders_an_order_does_not_exist(world, client, somebody):
    order = place(world, world.ada, by=world.ada.actor)
    client.force_login(getattr(world, somebody))
    foreign = client.get(f"/orders/{order.public_id}")
    nowhere = client.get("/orders/0000000000zzzzzzzz")

    assert (foreign.status_code, nowhere.status_code) == (404, 404)
    assert without_token(foreign) == without_token(nowhere)
    assert client.post(f"/orders/{order.public_id}/payment").status_code == 404
    assert client.get("/organisations/harbour/orders").status_code == 404


def test_the_buyer_cannot_say_that_it_is_paid(world, client):
    order = place(world, world.ada, by=world.ada.actor)
    client.force_login(world.ada)

    assert client.post(f"/orders/{order.public_id}/payment").status_code == 409


@pytest.mark.parametrize("show", ["due", "paid"])
def test_pages_follow_one_another_without_loss(world, client, show, monkeypatch):
    monkeypatch.setattr("laurels.payments.queries.orders.PAGE", 3)
    orders(world, 7)
    if show == "paid":
        for number, order in enumerate(world.harbour.orders.order_by("pk")):
            mark_paid(order, by=world.sam.actor, now=world.morning + timedelta(minutes=number))
    client.force_login(world.sam)

    seen, after = [], ""
    for _ in range(4):
        page = client.get(f"/organisations/harbour/orders?show={show}&after={after}").context["page"]
        seen += [row.order.description for row in page.rows]
        after = page.next_after
        if not after:
            break

    expected = [f"Seat {number}" for number in range(7)]
    assert seen == (expected if show == "due" else expected[::-1])


def test_the_list_asks_as_much_for_three_as_for_one(world, client):
    client.force_login(world.sam)
    orders(world, 1)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/organisations/harbour/orders")
    orders(world, 2, first=1)
    with CaptureQueriesContext(connection) as three:
        client.get("/organisations/harbour/orders")

    assert len(three) == len(one) <= 8


def test_the_order_says_what_it_is_made_of_what_came_and_what_goes_back(world, client, django_assert_max_num_queries):
    set_billing(world.harbour, tax_basis_points=1900, iban="DE02120300000000202051", by=world.sam.actor,
                now=world.morning)  # fmt: skip
    order = place_order(
        world.harbour, world.ada, description="Two seats", amount=Money(20_000, "EUR"),
        lines=[Line("Seat", 19_000, 2), Line("Dinner", 1_000)],
        bill_to={"name": "Ada", "company": "Engines Ltd", "purchase_number": "PO 7", "address": "Pier 4\nHull"},
        by=world.ada.actor, now=world.morning,
    )  # fmt: skip
    client.force_login(world.ada)
    page = client.get(f"/orders/{order.public_id}").content.decode()
    for words in ("Seat", "× 2", "Dinner", "19\u00a0% VAT", "EUR\u00a031.93", "EUR\u00a0168.07",
                  "PO 7", "Hull", "INV-",
                  "DE02120300000000202051", "Engines Ltd"):  # fmt: skip
        assert words in page, words

    receive(world.harbour, order.amount, order=order, way="transfer", reference="line 1", by=world.sam.actor,
            now=world.noon)  # fmt: skip
    credit(order, Money(5_000, "EUR"), "A seat given back", by=world.sam.actor, now=world.noon)
    with django_assert_max_num_queries(9):
        page = client.get(f"/orders/{order.public_id}").content.decode()
    for words in ("Paid on 2 March 2026", "Came", "−EUR\u00a050.00", "A seat given back", "To be sent", "Credit note"):
        assert words in page, words
