"""What a body asks for seats: dated, the nearest agreement first, owed once for each seat that was held."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.journal.models import Entry
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments.actions import mark_paid, set_billing
from laurels.payments.queries import balances
from laurels.web.soundness import PARTS
from laurels.workshops.actions import check_out, owe_seat_fees, set_seat_fee, settle_seat_fees
from laurels.workshops.models import FeeSettlement, Place, Seat, SeatFeeOwed, Workshop
from laurels.workshops.queries import payouts, statement
from laurels.workshops.rules import Attendee, Basket, binding_fee


def asked(world, minor, on=date(2026, 1, 1), **more):
    return set_seat_fee(world.guild, Money(minor, "USD"), from_on=on, by=world.bo.actor, now=world.morning, **more)


def held(world, people=2, **more):
    workshop = world.workshop_with(state=Workshop.State.HELD, **more)
    for number in range(people):
        person = world.person(f"Person {number}", f"p{number}-{workshop.pk}@people.example")
        state = (Seat.State.ATTENDED, Seat.State.MISSED, Seat.State.CANCELLED)[number % 3]
        workshop.all_seats.create(person=person, name=person.name, state=state, taken_at=world.morning)
    return workshop


def owe(world, workshop):
    return [one.minor for one in owe_seat_fees(workshop, by=world.sam.actor, now=world.after_class)]


def test_each_filled_seat_owes_the_fee_once(world):
    asked(world, 2_500)
    workshop = held(world, 3)

    assert (owe(world, workshop), owe(world, workshop)) == ([2_500, 2_500], [])
    assert balances(world.harbour) == {("seat-fees", "USD"): 5_000, ("owed-to-body", "USD"): -5_000}
    assert Entry.objects.about(workshop.topic).latest("pk").payload == {"workshop_id": workshop.pk, "seats": 2}


def test_the_nearest_and_latest_agreement_binds(world):
    everybody = asked(world, 1_000)
    later = asked(world, 1_100, date(2026, 4, 16))
    too_late = asked(world, 1_200, date(2026, 4, 17))
    course = asked(world, 900, course=world.course)
    provider = asked(world, 800, date(2025, 1, 1), provider=world.harbour)
    assert binding_fee([later, everybody]) == later
    assert binding_fee([later, course]) == course
    assert binding_fee([later, course, provider]) == provider
    assert owe(world, held(world)) == [800, 800]
    assert owe(world, held(world, provider=world.maple)) == [900, 900]
    assert too_late.owed.count() == 0


def test_nothing_is_owed_without_a_fee_for_a_draft_or_to_oneself(world):
    assert owe(world, held(world)) == []
    asked(world, 1_000)
    assert owe(world, world.workshop) == []
    assert owe(world, held(world, provider=world.guild)) == []
    asked(world, 0, date(2026, 2, 1))
    assert owe(world, held(world)) == []


def test_only_the_bodys_staff_set_it_and_twice_is_once(world):
    assert asked(world, 1_000) == asked(world, 1_000)
    for somebody, body in ((world.sam, world.guild), (world.mallory, world.maple), (world.sam, world.harbour)):
        with pytest.raises(Refused, match="Only the body's staff"):
            set_seat_fee(body, Money(1, "USD"), from_on=world.today, by=somebody.actor, now=world.morning)


def test_both_sides_read_the_same_statement(world, client):
    asked(world, 2_500)
    owe(world, held(world))
    for person, slug, other in ((world.sam, "harbour", "Commonground"), (world.bo, "commonground", "Harbour")):
        client.force_login(person)
        page = client.get(f"/organisations/{slug}/seat-fees?month=2026-04").content.decode()
        assert ("USD\u00a050.00" in page, other in page) == (True, True)
        assert client.get(f"/organisations/{slug}/seat-fees.csv?month=2026-04").content.decode().count("25.00,USD") == 2
        assert "No fee fell due" in client.get(f"/organisations/{slug}/seat-fees?month=2026-05").content.decode()
        assert client.get(f"/organisations/{slug}/seat-fees?month=x").status_code == 200
    client.force_login(world.mallory)
    assert client.get("/organisations/harbour/seat-fees").status_code == 404
    assert statement(world.maple, date(2026, 4, 1)).rows == []


def test_the_body_sets_it_on_its_page(world, client):
    _ = world.course
    client.force_login(world.bo)
    asked_for = {"amount": "25.00", "currency": "USD", "from_on": "2026-01-01", "provider": "", "course": ""}
    assert client.post("/organisations/commonground/seat-fees", asked_for).status_code == 303
    assert client.post("/organisations/commonground/seat-fees", asked_for | {"amount": "-1"}).status_code == 422
    assert "USD\u00a025.00" in client.get("/organisations/commonground/seat-fees").content.decode()
    client.force_login(world.sam)
    assert client.post("/organisations/harbour/seat-fees", asked_for).status_code == 409


def sold(world, workshop, seats=2):
    people = [Attendee(f"Person {n}", f"buyer{n}-{workshop.pk}@people.example") for n in range(seats)]
    basket = Basket(attendees=people, way="transfer")
    return check_out(workshop, world.ada, basket, by=world.ada.actor, now=world.morning).order


def test_what_a_workshop_brought(world):
    set_billing(world.harbour, tax_basis_points=1900, by=world.sam.actor, now=world.morning)
    workshop = world.workshop_with(price_minor=11_900)
    order = sold(world, workshop)
    mark_paid(order, by=world.sam.actor, now=world.noon)

    [row] = payouts(world.harbour).rows

    assert [money.minor for money in (row.sold, row.tax, row.net, row.came)] == [23_800, 3_800, 20_000, 23_800]
    assert row.seats == 2
    assert [str(fault) for look in PARTS.values() for fault in look(world.harbour)] == []


def test_seats_worth_more_than_their_order_and_orders_paid_for_nothing_are_found(world):
    look = PARTS["seats"]
    order = sold(world, world.workshop_with(price_minor=11_900))
    mark_paid(order, by=world.sam.actor, now=world.noon)
    Seat.objects.filter(order=order).update(worth_minor=20_000)
    assert [str(fault) for fault in look(world.harbour)] == [
        f"order {order.reference}: its seats are worth 40000, and it is one of 23800"
    ]
    Seat.objects.update(worth_minor=0)
    Place.objects.filter(order=order).delete()
    Seat.objects.filter(order=order).delete()
    assert [str(fault) for fault in look(world.harbour)] == [
        f"order {order.reference}: is paid, and has neither a seat nor its money back"
    ]


@pytest.mark.parametrize("page", ["payouts", "seat-fees?month=2026-04"])
def test_three_cost_no_more_queries_than_one(world, client, page):
    asked(world, 2_500)
    client.force_login(world.sam)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/organisations/harbour/{page}").status_code == 200
        return len(captured)

    def grow():
        sold(world, world.workshop_with(price_minor=11_900))
        owe(world, held(world))

    grow()
    cost()
    first = cost()
    grow()
    grow()
    assert cost() == first
    assert SeatFeeOwed.objects.count() == 6


def settle(world, by, month=date(2026, 4, 1)):
    return settle_seat_fees(world.harbour, world.guild, month, "USD", by=by.actor, now=world.after_class)


def faults(world):
    return [fault for part in PARTS.values() for fault in part(world.harbour)]


def test_a_statement_is_settled_once_and_the_books_agree(world):
    asked(world, 2_500)
    owe(world, held(world, 3))
    with pytest.raises(Refused, match="staff can note"):
        settle(world, world.mallory)

    first, again = settle(world, world.sam), settle(world, world.bo)

    assert (first.minor, again, faults(world)) == (5_000, None, [])
    assert balances(world.harbour) == {("seat-fees", "USD"): 5_000, ("owed-to-body", "USD"): 0, ("bank", "USD"): -5_000}
    owe(world, held(world, 1))
    (row,) = statement(world.guild, date(2026, 4, 1)).sums
    assert (row.money, row.open, row.seats) == (Money(7_500, "USD"), Money(2_500, "USD"), 3)
    assert (settle(world, world.bo).minor, faults(world)) == (2_500, [])


def test_a_settlement_that_is_not_what_it_says_is_found(world):
    asked(world, 2_500)
    owe(world, held(world, 3))
    settlement = settle(world, world.sam)
    SeatFeeOwed.objects.filter(settlement=settlement).first().delete()
    assert [fault.place for fault in faults(world)] == [f"settlement {settlement.public_id}"]
    SeatFeeOwed.objects.update(settlement=None)
    assert "fees for seats in USD" in {fault.place for fault in faults(world)}


def test_either_side_notes_it_on_the_page(world, client):
    asked(world, 2_500)
    owe(world, held(world, 2))
    for who, where in ((world.sam, world.harbour), (world.bo, world.guild)):
        client.force_login(who)
        page = client.get(f"/organisations/{where.slug}/seat-fees?month=2026-04").content.decode()
        other = world.guild if where == world.harbour else world.harbour
        sent = {"month": "2026-04", "other": other.slug, "currency": "USD"}
        assert client.post(f"/organisations/{where.slug}/seat-fees/settlement", sent).status_code == 303
        assert ("were paid" in page, "Settled" in page) == ((True, False) if who == world.sam else (False, True))
    assert FeeSettlement.objects.count() == 1
    client.force_login(world.mallory)
    assert client.post(f"/organisations/{world.harbour.slug}/seat-fees/settlement", sent).status_code == 404
