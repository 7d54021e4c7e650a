"""Buying seats on one page: for oneself, for others, for a company that names its people later."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.payments.actions import place_order, receive, set_billing
from laurels.payments.models import CardAccount, Dispute, Order
from laurels.people.models import Proof
from laurels.workshops.actions import (
    book,
    check_out,
    check_out_unproven,
    give_seats,
    move_seat,
    name_place,
    substitute,
)
from laurels.workshops.models import Coupon, Extra, Place, Sale, Seat
from laurels.workshops.rules import Attendee, Basket


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    """The doors' clock stands on the world's morning."""
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


def path(workshop):
    return f"/workshops/{workshop.public_id}/seat"


def words(answer):
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.replace("\u00a0", " ").replace("\u2009", "").split())


@pytest.fixture
def workshop(world):
    return world.workshop_with(price_minor=50_000)


@pytest.fixture
def ada(world, client):
    client.force_login(world.ada)
    return client


def test_a_learner_is_asked_little_and_queries_stay_few(world, ada, workshop):
    Sale.objects.create(workshop=workshop, early_minor=40_000, early_seats=2)
    with CaptureQueriesContext(connection) as queries:
        page = ada.get(path(workshop))

    text = page.content.decode()
    visible = re.findall(r"<(?:input|select|textarea)[^>]*>", text.split("<details")[0].split("booking-others")[0])
    asked = [tag for tag in visible if "hidden" not in tag and 'type="radio"' not in tag]
    assert len(queries) <= 5, [query["sql"] for query in queries]
    assert len(asked) <= 3
    assert "(early-bird) EUR 400.00" in words(page)
    assert "Until 14 days before: everything back." in words(page)


def test_for_oneself_by_invoice(world, ada, workshop):
    sent = {"attending": "me", "name": "Ada Lovelace", "company": "Engines Ltd", "purchase_number": "PO 7"}
    answer = ada.post(path(workshop), sent)

    order = Order.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/bookings/{order.public_id}")
    assert (order.bill_to["purchase_number"], order.bill_to["email"]) == ("PO 7", "ada@people.example")
    assert Seat.objects.get().company == "Engines Ltd"
    shown = words(ada.get(answer["Location"]))
    assert "Booked. Please pay EUR 500.00 by" in shown
    assert "Ada Lovelace" in shown


def test_a_double_click_is_one_order_and_a_changed_mind_another(world, ada, workshop):
    key = re.search(r'name="key" value="(\w+)"', ada.get(path(workshop)).content.decode())[1]
    sent = {"attending": "later", "seats": "2", "name": "Ada", "key": key}
    ada.post(path(workshop), sent)
    ada.post(path(workshop), sent)
    assert (Order.objects.count(), Place.objects.open().count()) == (1, 2)
    ada.post(path(workshop), sent | {"seats": "3"})
    assert (Order.objects.count(), Place.objects.open().count()) == (2, 5)


def test_a_company_buys_five_and_names_them_later(world, ada, workshop):
    there = ada.post(path(workshop), {"attending": "later", "seats": "5", "name": "Ada", "company": "Engines"})[
        "Location"
    ]
    assert "5 places have no name yet" in words(ada.get(there))
    place = Place.objects.open().first()

    sent = {f"{place.public_id}-name": "Linus", f"{place.public_id}-email": "no address"}
    refused = ada.post(f"{there}/places/{place.public_id}", sent)
    assert (refused.status_code, "Linus" in refused.content.decode()) == (422, True)
    sent[f"{place.public_id}-email"] = "linus@people.example"
    assert ada.post(f"{there}/places/{place.public_id}", sent)["Location"] == there

    assert (Seat.objects.get().name, Place.objects.open().count()) == ("Linus", 4)
    assert "4 places have no name yet" in words(ada.get(there))


def test_the_overview_asks_as_much_for_five_as_for_one(world, ada, workshop):
    counts = []
    for seats in ("1", "5"):
        there = ada.post(path(workshop), {"attending": "later", "seats": seats, "name": "Ada"})["Location"]
        with CaptureQueriesContext(connection) as queries:
            ada.get(there)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_others_by_name_with_their_refusals_at_their_row(world, ada, workshop):
    rows = {"person-0-name": "", "person-1-name": "Grace", "person-1-email": "grace@people.example",
            "person-2-name": "Eve", "person-2-email": "grace@people.example"}  # fmt: skip
    refused = ada.post(path(workshop), {"attending": "others", "name": "Ada"} | rows)
    form = refused.context["form"]
    assert (refused.status_code, list(form.errors)) == (422, ["person-2-email"])
    assert form["person-1-name"].value() == "Grace"
    assert "× 2" in words(refused)

    ada.post(path(workshop), {"attending": "others", "name": "Ada"} | rows | {"person-2-email": "eve@people.example"})
    assert sorted(Seat.objects.values_list("name", flat=True)) == ["Eve", "Grace"]
    assert Order.objects.get().buyer == world.ada


def test_more_rows_and_a_new_price_without_a_word_of_what_is_missing(world, ada, workshop):
    dinner = Extra.objects.create(workshop=workshop, title="Dinner", price_minor=2_500)
    typed = {"attending": "later", "seats": "2", "name": "", "extras": [dinner.public_id], "person-0-name": "Grace"}
    again = ada.post(path(workshop), typed | {"price": "1"})
    assert (again.status_code, "Total EUR 1050.00" in words(again)) == (200, True)
    more = ada.post(path(workshop), typed | {"more": "1"})
    assert len(more.context["form"].rows) == 4
    assert more.context["form"]["person-0-name"].value() == "Grace"
    assert Order.objects.count() == 0


def test_tax_is_shown_and_a_business_abroad_accounts_for_it_itself(world, ada, workshop):
    set_billing(world.harbour, country="DE", tax_id="DE123456789", tax_basis_points=1900, is_tax_included=True,
                has_reverse_charge=True, by=world.sam.actor, now=world.morning)  # fmt: skip
    assert "19 % VAT included: EUR 79.83" in words(ada.get(path(workshop)))
    abroad = {"name": "Ada", "country": "at", "tax_id": "ATU12345678", "price": "1"}
    shown = words(ada.post(path(workshop), abroad))
    assert "Reverse charge" in shown
    assert "EUR 420.17" in shown
    bad = ada.post(path(workshop), {"name": "Ada", "country": "AT", "tax_id": "DE1"})
    assert (bad.status_code, "tax_id" in bad.context["form"].errors) == (422, True)


@pytest.mark.parametrize(
    ("sale", "sent", "field"),
    [
        ({}, {"coupon": "NOPE"}, "coupon"),
        ({"least_minor": 1_000}, {"chosen": "9.99"}, "chosen"),
        ({}, {"attending": "later", "seats": "13"}, "seats"),
        ({}, {"attending": "later", "seats": ""}, "seats"),
        ({}, {"country": "Germany"}, "country"),
    ],
)
def test_each_refusal_stands_at_its_field_and_the_rest_is_kept(world, ada, workshop, sale, sent, field):
    Sale.objects.create(workshop=workshop, **sale)
    answer = ada.post(path(workshop), {"name": "Ada L.", "purchase_number": "PO 1"} | sent)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), form["purchase_number"].value()) == (422, [field], "PO 1")
    assert Order.objects.count() == 0


def test_a_code_that_does_not_count_is_said_beside_the_price(world, ada, workshop):
    Coupon.objects.create(provider=world.harbour, code="TEN", percent=10, made_at=world.morning)
    shown = words(ada.post(path(workshop), {"name": "A", "coupon": "ten", "price": "1"}))
    assert "Coupon TEN EUR" not in shown
    assert "Total EUR 450.00" in shown
    shown = words(ada.post(path(workshop), {"name": "A", "coupon": "nine", "price": "1"}))
    assert ("This code is not known" in shown, "Total EUR 500.00" in shown) == (True, True)


def test_a_stranger_by_invoice_comes_back_with_everything_filled_in(world, client, workshop):
    sent = {
        "attending": "others", "name": "Noor", "email": "noor@people.example", "company": "Tea", "address": "Pier 4",
        "purchase_number": "PO 9", "person-0-name": "Eve", "person-0-email": "eve@people.example",
    }  # fmt: skip
    asked = client.post(path(workshop), sent)
    assert Order.objects.count() == 0
    code = world.code_for(Proof.objects.get())

    back = client.post(asked["Location"], {"code": code})["Location"]
    form = client.get(back).context["form"]

    assert [form[name].value() for name in ("name", "company", "address", "purchase_number", "person-0-email")] == [
        "Noor", "Tea", "Pier 4", "PO 9", "eve@people.example"]  # fmt: skip
    done = client.post(path(workshop), {name: value for name, value in sent.items() if name != "email"})
    assert done["Location"].startswith("/bookings/")
    assert client.cookies["booking"].value == ""


def test_what_a_stranger_typed_is_not_believed_when_tampered_with(world, client, workshop):
    client.cookies["booking"] = "eyJuYW1lIjpbIkV2ZSJdfQ:forged"
    assert client.get(path(workshop)).context["form"]["name"].value() == ""


def test_free_seats_want_a_name_and_a_proven_address(world, client):
    client.post(path(world.workshop), {"name": "Noor", "email": "noor@people.example"})
    assert (Seat.objects.count(), Proof.objects.count()) == (0, 1)
    client.force_login(world.ada)
    assert client.post(path(world.workshop), {"name": "A", "attending": "later", "seats": "2"}).status_code == 422
    Coupon.objects.create(provider=world.harbour, code="FREE", percent=100, made_at=world.morning)
    paid = world.workshop_with(price_minor=100)
    answer = client.post(path(paid), {"name": "A", "attending": "later", "seats": "2", "coupon": "FREE"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["seats"])


def test_a_full_workshop_offers_other_dates(world, ada):
    full = world.workshop_with(price_minor=100, capacity=1)
    ada.post(path(full), {"name": "Ada"})
    ada.force_login(world.grace)
    answer = ada.post(path(full), {"name": "Grace"})
    assert (answer.status_code, "Find another date" in words(answer)) == (409, True)


@pytest.fixture
def held(world, client, workshop):
    """A stranger's seat, held while they pay by card; their browser is known."""
    until = world.morning + timedelta(minutes=20)
    noor = world.person("Noor Haddad")
    order = place_order(
        world.harbour, noor, description="A seat", amount=workshop.price, way="card", bill_to={"name": "Noor"},
        held_until=until, by=ANONYMOUS, now=world.morning,
    )  # fmt: skip
    Place.objects.create(
        workshop=workshop, order=order, name="Noor", email=noor.email, worth_minor=50_000, held_until=until,
        made_at=world.morning,
    )  # fmt: skip
    session = client.session
    session["placed_orders"] = [order.pk]
    session.save()
    return order


def test_held_then_paid_then_seen(world, client, held):
    there = f"/bookings/{held.public_id}"
    shown = words(client.get(there))
    assert "held for you until" in shown
    assert "Europe/Berlin" in shown
    assert "Pay by card" in shown

    receive(world.harbour, held.amount, order=held, way="card", reference="pi", by=world.sam.actor, now=held.placed_at)
    give_seats(held, by=world.sam.actor, now=held.placed_at)
    assert "Booked and paid" in words(client.get(there))


def test_held_too_long(world, client, held):
    held.held_until = held.placed_at - timedelta(minutes=1)
    held.save()
    assert "Book again" in words(client.get(f"/bookings/{held.public_id}"))


def test_a_booking_of_others_does_not_exist(world, client, held):
    other = client.__class__()
    assert other.get(f"/bookings/{held.public_id}").status_code == 302
    other.force_login(world.mallory)
    assert other.get(f"/bookings/{held.public_id}").status_code == 404
    place = held.places.get()
    assert other.post(f"/bookings/{held.public_id}/places/{place.public_id}").status_code == 404


def test_typed_addresses_say_nothing_of_who_has_a_seat(world, workshop):
    book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    ada = Attendee("Somebody", "ada@people.example")
    basket = Basket((ada,), way="card")
    with pytest.raises(Refused, match="not offered"):
        check_out_unproven(workshop, ada, basket, by=ANONYMOUS, now=world.morning)
    with pytest.raises(Refused, match="has a seat"):
        check_out(workshop, world.grace, basket, by=world.grace.actor, now=world.morning)


def test_nobody_takes_free_seats_or_invoices_for_an_address_they_only_typed(world, workshop):
    noor = Attendee("Noor", "noor@people.example")
    for where in (workshop, world.workshop):
        with pytest.raises(Refused, match="Prove the buyer's e-mail address"):
            check_out_unproven(where, noor, Basket((noor,)), by=ANONYMOUS, now=world.morning)
    assert (Seat.objects.count(), Order.objects.count()) == (0, 0)


def test_the_catalogue_and_the_page_say_what_a_seat_costs_today(world, client, workshop):
    set_billing(world.harbour, tax_basis_points=1900, is_tax_included=False, by=world.sam.actor, now=world.morning)
    Sale.objects.create(
        workshop=workshop, early_minor=40_000, early_until=world.today, early_seats=3, group_from=5, group_minor=45_000
    )
    for where in ("/workshops", f"/workshops/{workshop.public_id}"):
        shown = words(client.get(where))
        for sentence in (
            "EUR 400.00 plus 19 % VAT early-bird until 2 March 2026, 3 seats left at this price; then EUR 500.00",
            "From 5 seats: EUR 450.00 each.",
        ):
            assert sentence in shown
    assert "Until 14 days before: everything back." in shown


def test_whose_seat_others_pay_sees_no_money(world, client, workshop):
    grace = Attendee("Grace", world.grace.email)
    seat = check_out(workshop, world.ada, Basket((grace,)), by=world.ada.actor, now=world.morning).seats[0]
    client.force_login(world.grace)
    for path_of in (f"/seats/{seat.public_id}", f"/seats/{seat.public_id}/cancellation", "/journey"):
        page = client.get(path_of)
        assert (page.status_code, "EUR" in words(page), seat.order.public_id in page.content.decode()) == (
            200, False, False), path_of  # fmt: skip
    client.force_login(world.sam)
    assert "EUR 500.00" in words(client.get(f"/seats/{seat.public_id}"))


def by_card(world):
    """Harbour takes cards; nothing here asks the service."""
    world.harbour.card_account = CardAccount.objects.create(
        seller=world.harbour, account_id="acct_1", sealed_key="sealed", connected_at=world.morning
    )


def statements(client, where, sent):
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(where, sent)
    return answer.status_code, len(asked), [query["sql"][:120] for query in asked]


def test_a_booking_by_invoice_costs_twenty_five_statements(world, ada, workshop):
    check_out(
        workshop, world.grace, Basket((Attendee("G", world.grace.email),)), by=world.grace.actor, now=world.morning
    )
    status, count, asked = statements(ada, path(workshop), {"attending": "me", "name": "Ada", "key": "k1"})
    assert (status, count <= 25) == (303, True), asked
    status, count, asked = statements(
        ada, path(workshop), {"attending": "later", "name": "Ada", "seats": "5", "key": "k2"}
    )
    assert (status, count <= 20) == (303, True), asked


def test_a_booking_by_card_costs_fewer(world, ada, workshop):
    by_card(world)
    status, count, asked = statements(ada, path(workshop), {"attending": "me", "name": "Ada", "way": "card"})
    assert (status, Place.objects.held().count(), count <= 20) == (307, 1, True), asked


def stranger(client, where, number, **sent):
    typed = {"attending": "me", "name": f"N {number}", "email": f"n{number}@strangers.example", "way": "card"}
    return client.post(where, typed | sent)


def test_strangers_hold_no_more_than_they_might_pay(world, client, workshop):
    by_card(world)
    where = path(workshop)
    assert [stranger(client.__class__(), where, n).status_code for n in range(4)] == [307, 307, 307, 422]
    assert "wait for their payment" in words(stranger(client.__class__(), where, 5))
    # From elsewhere it goes on: the control.
    assert stranger(client.__class__(REMOTE_ADDR="198.51.100.7"), where, 6).status_code == 307
    assert stranger(client.__class__(REMOTE_ADDR="198.51.100.8"), where, 7).status_code == 307
    assert Place.objects.held().count() == 5


def test_the_same_address_from_everywhere_is_one_stranger_and_its_owner_is_not_held_up(world, client, workshop):
    by_card(world)
    where, sent = path(workshop), {"email": world.ada.email}
    elsewhere = [client.__class__(REMOTE_ADDR=f"198.51.100.{n}") for n in range(4)]
    assert [stranger(one, where, n, **sent).status_code for n, one in enumerate(elsewhere)] == [307, 307, 307, 422]
    client.force_login(world.ada)
    assert client.post(where, {"attending": "me", "name": "Ada", "way": "card"}).status_code == 307


def test_whoever_pays_buys_as_often_as_they_like(world, client, workshop):
    by_card(world)
    for n in range(5):
        assert stranger(client, path(workshop), n).status_code == 307
        order = Order.objects.latest("pk")
        receive(world.harbour, order.amount, order=order, way="card", reference=f"pi{n}", by=world.sam.actor,
                now=world.morning)  # fmt: skip
    # And without the payments they would not have: the control.
    Order.objects.latest("pk").payment.delete()
    assert [stranger(client, path(workshop), n).status_code for n in range(10, 13)] == [307, 307, 422]


def test_what_is_disputed_is_not_given_to_others_but_staff_still_can(world, workshop):
    later = world.workshop_with(price_minor=50_000, starts_on=date(2026, 5, 20), ends_on=date(2026, 5, 21))
    grace = Attendee("Grace", world.grace.email)
    basket = Basket((Attendee("Ada", world.ada.email), grace), unnamed=1)
    bought = check_out(workshop, world.ada, basket, by=world.ada.actor, now=world.morning)
    money = receive(world.harbour, bought.order.amount, order=bought.order, way="card", reference="pi",
                    by=world.sam.actor, now=world.morning)  # fmt: skip
    dispute = Dispute.objects.create(receipt=money, external_id="dp_1", minor=1, opened_at=world.morning)
    seat, of_grace, place = *[Seat.objects.get(pk=one.pk) for one in bought.seats], Place.objects.open().get()
    linus, ada, at = Attendee("Linus", "linus@people.example"), world.ada.actor, {"now": world.morning}

    for deed in (
        lambda: substitute(seat, linus, by=ada, **at),
        lambda: move_seat(seat, later, by=ada, **at),
        lambda: name_place(Place.objects.get(pk=place.pk), linus, by=ada, **at),
    ):
        with pytest.raises(Refused, match="Until that is decided"):
            deed()
    with pytest.raises(Refused, match="ask whoever booked it"):
        substitute(of_grace, linus, by=world.grace.actor, **at)
    assert Seat.objects.filter(state="taken").count() == 2
    name_place(Place.objects.get(pk=place.pk), linus, by=world.sam.actor, **at)
    # Decided, everything goes on: the control.
    Dispute.objects.filter(pk=dispute.pk).update(state="won", closed_at=world.morning)
    assert move_seat(Seat.objects.get(pk=seat.pk), later, by=ada, **at).workshop == later
