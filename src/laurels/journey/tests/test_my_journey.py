from datetime import date, timedelta

from laurels.journey.queries import my_journey
from laurels.journey.rules import Key, State
from laurels.participation.actions import receive_roster
from laurels.participation.tests.conftest import browser_of
from laurels.payments.actions import mark_paid, place_order
from laurels.workshops.models import Workshop


def the_way(person, now):
    [mine] = my_journey(person, now).under_way
    return mine


def test_nobody_has_been_anywhere_yet(world):
    assert my_journey(world.ada, world.morning).is_empty


def test_before_class_the_class_is_what_comes_next(world, held):
    held.changes = {"state": Workshop.State.ANNOUNCED}
    seat = held.seat_of(world.ada)
    mine = the_way(world.ada, world.morning)

    assert (mine.next.headline, mine.next.url) == ("Come to class", f"/journey/{seat.public_id}/ready")
    assert mine.way.step(Key.ATTENDED).state is State.TODO


def test_an_unpaid_seat_is_the_learners_turn_until_it_is_paid(world, held):
    held.changes = {"state": Workshop.State.ANNOUNCED, "price_minor": 90_000}
    price = held.workshop.price
    order = place_order(
        world.harbour,
        world.ada,
        description="Seat",
        amount=price,
        due_on=date(2026, 3, 16),
        by=world.ada.actor,
        now=world.morning,
    )
    held.seat_of(world.ada, order=order)

    assert the_way(world.ada, world.morning).next.url == f"/orders/{order.public_id}"

    mark_paid(order, by=world.sam.actor, now=world.noon)

    mine = the_way(world.ada, world.noon)
    assert mine.next.headline == "Come to class"
    assert mine.way.step(Key.PAID).on == date(2026, 3, 2)


def test_after_class_the_name_comes_before_the_trainers_decision(world, held):
    held.there_throughout(held.ada)

    assert the_way(world.ada, world.after_class).next.url == f"/seats/{held.ada.public_id}/declaration"

    held.confirm(held.ada)

    following = the_way(world.ada, world.after_class).next
    assert (following.tone, following.eyebrow) == ("waiting", "Waiting for Tess Trainer")
    assert following.headline == "Your trainer decides"


def test_the_body_then_the_invitation_then_the_certificate(world, held):
    held.submitted(held.ada)
    assert the_way(world.ada, world.after_class).next.eyebrow == "Waiting for Commonground Guild"

    receive_roster(held.line_of(held.ada).roster, by=world.bo.actor, now=world.after_class)
    held.invited(held.ada)
    following = the_way(world.ada, world.after_class).next
    assert (following.tone, following.headline) == ("turn", "Accept your certificate")
    assert "Commonground Guild wrote to ada@people.example" in following.sentence


def test_a_certificate_says_how_long_it_holds(world, held):
    held.received(held.ada)
    held.certified(held.ada)
    journey = my_journey(world.ada, held.later(days=1))

    [earned] = journey.certificates
    assert earned.days_left == (date(2028, 4, 16) - date(2026, 4, 17)).days
    assert journey.under_way == []
    [mine] = journey.finished
    assert mine.way.is_complete
    assert mine.way.credential == earned.held.credential


def test_a_cancelled_class_stays_in_sight(world, held):
    held.changes = {"state": Workshop.State.CANCELLED}
    held.seat_of(world.ada, state="cancelled")

    [mine] = my_journey(world.ada, world.morning).finished
    assert mine.next.headline == "This class was cancelled"


def test_a_seat_given_back_is_gone(world, held):
    held.seat_of(world.ada, state="cancelled")

    assert my_journey(world.ada, world.morning).is_empty


def test_nobody_sees_the_way_of_another(world, held):
    held.there_throughout(held.ada)

    assert my_journey(world.grace, world.after_class).is_empty


def test_the_page_asks_nine_questions_however_much_there_is(world, held, django_assert_num_queries):
    held.received(held.ada)
    held.certified(held.ada)
    browser = browser_of(world.ada)
    browser.get("/journey")

    with django_assert_num_queries(9):
        page = browser.get("/journey")

    assert "Certified Scrum Product Owner" in page.content.decode()

    for days in (30, 60):
        starts_on = date(2026, 4, 15) + timedelta(days=days)
        another = world.workshop_with(starts_on=starts_on, ends_on=starts_on + timedelta(days=1))
        held.seat_of(world.ada, workshop=another)
    with django_assert_num_queries(9):
        page = browser.get("/journey")

    assert page.content.decode().count('class="steps"') == 3


def test_from_the_class_on_the_way_leads_to_what_was_noted(world, held):
    later = world.workshop_with(starts_on=date(2199, 4, 15), ends_on=date(2199, 4, 16))
    to_come = held.seat_of(world.ada, workshop=later)
    page = browser_of(world.ada).get(f"/seats/{held.ada.public_id}/participation")
    assert page.status_code == 200

    text = browser_of(world.ada).get("/journey").content.decode()

    there = [f'href="/seats/{seat.public_id}/participation"' in text for seat in (held.ada, to_come)]
    assert there == [True, False]
    asks = [f'href="/workshops/{seat.workshop.public_id}/confidence"' in text for seat in (held.ada, to_come)]
    assert asks == [True, False]


def test_what_has_ended_is_ones_own_turn(world, held):
    held.received(held.ada)
    held.certified(held.ada)

    assert my_journey(world.ada, world.after_class).ended == []
    later = world.after_class + timedelta(days=3 * 365)
    assert [one.certification.scheme.code for one in my_journey(world.ada, later).ended] == ["CSPO"]


def test_strangers_sign_in_first(client, db):
    assert client.get("/journey").url == "/sign-in?next=/journey"


def test_library_ledger_codes_and_renewals_are_reached_without_a_certificate(world, client):
    client.force_login(world.grace)
    page = client.get("/journey").content.decode()
    for address in ("/learn", "/articles", "/ebooks", "/ledger", "/ledger/claims", "/renewals"):
        assert f'href="{address}"' in page, address
        assert client.get(address).status_code == 200, address


def test_trainers_and_providers_reach_their_claim_codes_from_the_desk(world, client):
    for person in (world.tess, world.sam):
        client.force_login(person)
        assert 'href="/desk/claim-codes"' in client.get("/desk/workshops").content.decode()
        assert client.get("/desk/claim-codes").status_code == 200
    client.force_login(world.grace)
    assert 'href="/desk/claim-codes"' not in client.get("/desk/workshops").content.decode()
