from datetime import date, timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from laurels.mail.models import Letter
from laurels.payments.tests.test_order_pages import without_token
from laurels.people.models import Proof
from laurels.workshops import queries
from laurels.workshops.actions import book, cancel
from laurels.workshops.models import Seat
from laurels.workshops.queries import CatalogueFilter


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    """The doors' clock stands on the world's morning."""
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


def titles(world, **wanted):
    zones = [zone for zone, _name in queries.choices(now=world.morning).zones]
    return [offer.public_id for offer in queries.catalogue(CatalogueFilter(**wanted), zones, now=world.morning).offers]


def dated(world, start, **changes):
    return world.workshop_with(starts_on=start, ends_on=start + timedelta(days=1), **changes)


def test_the_catalogue_shows_what_can_still_be_booked(world, client):
    shown = world.workshop
    for state in ("draft", "running", "held", "closed", "cancelled"):
        world.workshop_with(state=state)
    dated(world, date(2026, 2, 20))

    page = client.get("/workshops")

    assert [offer.public_id for offer in page.context["page"].offers] == [shown.public_id]
    text = page.content.decode()
    for words in ("15–16 April 2026", "09:00–10:30", "Europe/Berlin (UTC+2)", "12 seats left", "Tess Trainer", "Free"):
        assert words in text


def test_every_filter_finds_its_own(world):
    world.maple.is_provider = True
    online = world.workshop
    june = dated(world, date(2026, 6, 10), mode="in-person", place="Pier 4", language="de")
    west = world.workshop_with(provider=world.maple, zone="America/Vancouver")
    west.trainers.set([world.grace])

    assert titles(world) == [online.public_id, west.public_id, june.public_id]
    assert titles(world, month=date(2026, 6, 1)) == [june.public_id]
    assert titles(world, from_day=date(2026, 5, 1)) == [june.public_id]
    assert titles(world, language="de") == [june.public_id]
    assert titles(world, mode="in-person") == [june.public_id]
    assert titles(world, provider="maple-tide") == [west.public_id]
    assert titles(world, trainer=world.grace.public_id) == [west.public_id]
    assert titles(world, zone="Europe/London") == [online.public_id, june.public_id]
    assert titles(world, zone="America/Denver") == [west.public_id]
    assert titles(world, course="other") == []


@pytest.mark.parametrize(
    "query", ["month=2026-13", "month=x", "from_day=x", "zone=Mars", "course=%00", "after=nowhere", "mode=%3Cscript%3E"]
)
def test_a_filter_that_cannot_be_read_counts_as_empty(world, client, query):
    _ = world.workshop

    page = client.get(f"/workshops?{query}")

    assert (page.status_code, len(page.context["page"].offers)) == (200, 1)
    assert b"<script>" not in page.content


def test_later_pages_follow_without_loss_and_keep_the_filter(world, client, monkeypatch):
    monkeypatch.setattr("laurels.workshops.queries.offers.PAGE", 2)
    expected = [dated(world, date(2026, 4, 1) + timedelta(days=n // 2)).public_id for n in range(5)]

    seen, query = [], "language=en"
    while query:
        page = client.get(f"/workshops?{query}")
        seen += [offer.public_id for offer in page.context["page"].offers]
        query = page.context["next"] if page.context["page"].next_after else ""

    assert seen == expected
    assert "language=en" in client.get("/workshops?language=en").context["next"]


def test_an_empty_catalogue_teaches(world, client):
    assert "please come back" in client.get("/workshops").content.decode()
    _ = world.workshop
    assert "No workshop fits" in client.get("/workshops?from_day=2027-01-01").content.decode()


def test_the_catalogue_asks_as_much_for_three_as_for_one(world, client):
    _ = world.workshop
    with CaptureQueriesContext(connection) as one:
        client.get("/workshops")
    for _round in range(2):
        book(world.workshop_with(price_minor=5), world.ada, by=world.ada.actor, now=world.morning)
    with CaptureQueriesContext(connection) as three:
        client.get("/workshops")

    assert len(three) == len(one) <= 8


def test_the_workshop_page_says_everything_and_the_next_step(world, client, django_assert_max_num_queries):
    workshop = world.workshop_with(
        price_minor=99_900, other_remarks="Half back until a week before.", place="https://x.example/r"
    )

    with django_assert_max_num_queries(8):
        text = client.get(f"/workshops/{workshop.public_id}").content.decode()

    for words in ("Take a seat", "09:30", "Vision", "EUR\u00a0999.00", "12 of 12 free", "Half back", "Harbour Product"):
        assert words in text
    assert "x.example" not in text, "the link of an online workshop is for people with a seat"


def test_other_remarks_are_remarks_and_no_terms(world, client):
    workshop = world.workshop_with(price_minor=99_900, other_remarks="Half back until a week before.")
    text = client.get(f"/workshops/{workshop.public_id}").content.decode()
    terms = text.split('id="terms"')[1].split("</section>")[0]
    remarks = text.split('id="remarks"')[1].split("</section>")[0]
    assert ("Half back" in terms, "Half back" in remarks, "Other remarks" in remarks) == (False, True, True)


def test_full_cancelled_and_past_are_told_kindly(world, client):
    book(world.almost_full, world.ada, by=world.ada.actor, now=world.morning)
    off = cancel(world.workshop, "The trainer is ill.", by=world.sam.actor, now=world.morning)
    past = world.workshop_with(state="held")

    for workshop, words in [(world.almost_full, "Every seat is taken"), (off, "trainer is ill"), (past, "been held")]:
        text = client.get(f"/workshops/{workshop.public_id}").content.decode()
        assert words in text
        assert "Find another date" in text
        assert "Take a seat" not in text
        assert "Find another date" in client.get(f"/workshops/{workshop.public_id}/seat").content.decode()
        assert (
            client.post(f"/workshops/{workshop.public_id}/seat", {"name": "A", "email": "a@people.example"}).status_code
            == 409
        )


def test_a_draft_does_not_exist_for_strangers(world, client):
    hidden = world.workshop_with(state="draft")
    for somebody in (None, world.mallory, world.ada):
        if somebody:
            client.force_login(somebody)
        for path in ("", "/seat"):
            foreign = client.get(f"/workshops/{hidden.public_id}{path}")
            nowhere = client.get(f"/workshops/0000000000zzzzzzzz{path}")
            assert foreign.status_code == nowhere.status_code == 404
            assert without_token(foreign) == without_token(nowhere)


def test_a_stranger_takes_a_seat_and_types_nothing_twice(world, client):
    workshop = world.workshop
    typed = {"name": "Noor Haddad", "email": "noor@people.example", "company": "Tea & Co"}

    asked = client.post(f"/workshops/{workshop.public_id}/seat", typed)
    proof = Proof.objects.get(email="noor@people.example")
    assert (asked.status_code, asked["Location"]) == (303, f"/sign-in/{proof.public_id}")
    assert Seat.objects.count() == 0

    proven = client.post(asked["Location"], {"code": world.code_for(proof)})
    assert unquote(proven["Location"]).startswith(f"/workshops/{workshop.public_id}/seat?name=Noor")
    confirm = client.get(proven["Location"])
    form = confirm.context["form"]
    assert (form["name"].value(), form["company"].value()) == ("Noor Haddad", "Tea & Co")

    taken = client.post(f"/workshops/{workshop.public_id}/seat", {"name": "Noor Haddad", "company": "Tea & Co"})
    seat = Seat.objects.get()
    assert (taken.status_code, taken["Location"]) == (303, f"/seats/{seat.public_id}")
    assert (seat.person.name, seat.person.email) == ("Noor Haddad", "noor@people.example")


def test_a_signed_in_learner_finds_their_name_filled_in(world, client):
    client.force_login(world.ada)

    page = client.get(f"/workshops/{world.workshop.public_id}/seat")
    assert page.context["form"]["name"].value() == "Ada Lovelace"

    client.post(f"/workshops/{world.workshop.public_id}/seat", {"name": "Ada Lovelace"})
    again = client.post(f"/workshops/{world.workshop.public_id}/seat", {"name": "Ada Lovelace"})
    assert (again.status_code, Seat.objects.count()) == (303, 1)
    assert "Book for others" in client.get(f"/workshops/{world.workshop.public_id}/seat").content.decode()
    assert "Go to your seat" in client.get(f"/workshops/{world.workshop.public_id}").content.decode()


@pytest.mark.parametrize(
    "typed", [{}, {"name": "A"}, {"name": "A", "email": "not one"}, {"name": "A\0", "email": "a@b.example"}]
)
def test_what_is_missing_is_said_at_the_field(world, client, typed):
    answer = client.post(f"/workshops/{world.workshop.public_id}/seat", typed)

    assert answer.status_code == 422
    assert Letter.objects.count() == 0


def test_the_seat_page_shows_what_is_owed_and_where_to_go(world, client, django_assert_max_num_queries):
    workshop = world.workshop_with(price_minor=100, place="https://rooms.example/cspo")
    seat = book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    client.force_login(world.ada)

    with django_assert_max_num_queries(9):
        text = client.get(f"/seats/{seat.public_id}").content.decode()
    for words in ("How to pay", "16 March 2026", "https://rooms.example/cspo", "Give the seat back"):
        assert words in text

    calendar = client.get(f"/seats/{seat.public_id}/calendar.ics")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"BEGIN:VEVENT" in calendar.content


def test_giving_a_seat_back_is_asked_once_more(world, client):
    seat = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    client.force_login(world.ada)
    path = f"/seats/{seat.public_id}/cancellation"

    assert "Keep it" in client.get(path).content.decode()
    seat.refresh_from_db()
    assert seat.state == "taken"

    assert client.post(path)["Location"] == f"/seats/{seat.public_id}"
    seat.refresh_from_db()
    assert seat.state == "cancelled"
    assert "Book again" in client.get(f"/seats/{seat.public_id}").content.decode()


@pytest.mark.parametrize("somebody", ["mallory", "grace", "bo"])
def test_a_seat_of_others_does_not_exist(world, client, somebody):
    seat = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    client.force_login(getattr(world, somebody))
    for path in ("", "/calendar.ics", "/cancellation"):
        foreign = client.get(f"/seats/{seat.public_id}{path}")
        nowhere = client.get(f"/seats/0000000000zzzzzzzz{path}")
        assert foreign.status_code == nowhere.status_code == 404
        assert without_token(foreign) == without_token(nowhere)
    assert client.post(f"/seats/{seat.public_id}/cancellation").status_code == 404


def test_the_zones_offset_is_that_of_the_day(world):
    winter = dated(world, date(2026, 12, 2))
    (offer,) = [
        o for o in queries.catalogue(CatalogueFilter(), [], now=world.morning).offers if o.public_id == winter.public_id
    ]

    assert offer.zone == "Europe/Berlin (UTC+1)"
