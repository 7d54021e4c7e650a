"""Somebody's own calendar: a secret address, everything that is theirs, and nobody else's."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from laurels.gatherings import actions as gatherings
from laurels.gatherings.models import Gathering
from laurels.journey.actions import make_calendar_address, revoke_calendar_addresses
from laurels.journey.models import CalendarAddress
from laurels.kernel.refusal import Refused
from laurels.workshops.actions import book, cancel, cancel_seat, change
from laurels.workshops.tests.test_moves import values_of


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    """The doors' clock stands on the world's noon."""
    monkeypatch.setattr(timezone, "now", lambda: world.noon)


@pytest.fixture
def address(world):
    _address, secret = make_calendar_address(world.ada, by=world.ada.actor, now=world.morning)
    return f"/calendars/{secret}.ics"


def lines(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return [(str(event["uid"]).split("@")[0], str(event["status"]), event["sequence"]) for event in events]


def gathering(world):
    now = world.morning
    zone = ZoneInfo("Europe/Lisbon")
    return Gathering.objects.create(
        body=world.guild,
        title="Lean Coffee",
        zone="Europe/Lisbon",
        on=date(2026, 3, 12),
        starts_at=datetime(2026, 3, 12, 18, tzinfo=zone),
        ends_at=datetime(2026, 3, 12, 19, tzinfo=zone),
        announced_at=now,
    )


def test_it_holds_seats_and_gatherings_and_what_was_cancelled_for_a_while(world, client, address, monkeypatch):
    kept, given_back = world.workshop, world.workshop_with()
    book(kept, world.ada, by=world.ada.actor, now=world.morning)
    seat = book(given_back, world.ada, by=world.ada.actor, now=world.morning)
    book(world.workshop_with(), world.grace, by=world.grace.actor, now=world.morning)
    cancel_seat(seat, by=world.ada.actor, now=world.noon)
    met = gathering(world)
    gatherings.sign_up(met, world.ada, shows_name=False, by=world.ada.actor, now=world.morning)

    all_of_it = [
        (f"{kept.public_id}-1", "CONFIRMED", 0),
        (f"{kept.public_id}-2", "CONFIRMED", 0),
        (f"{given_back.public_id}-1", "CANCELLED", 1),
        (f"{given_back.public_id}-2", "CANCELLED", 1),
        (met.public_id, "CONFIRMED", 0),
    ]
    assert lines(client, address) == all_of_it

    monkeypatch.setattr(timezone, "now", lambda: world.noon + timedelta(days=61))
    assert lines(client, address) == [*all_of_it[:2], all_of_it[4]]


def test_it_follows_changes_and_cancellations(world, client, address):
    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    first = client.get(address)
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304

    moved = values_of(world.workshop, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5))
    workshop = change(world.workshop, **moved, by=world.sam.actor, now=world.noon)
    name = workshop.public_id
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
    assert lines(client, address) == [(f"{name}-1", "CONFIRMED", 1), (f"{name}-2", "CONFIRMED", 1)]

    cancel(workshop, "Ill.", by=world.sam.actor, now=world.noon)
    assert lines(client, address) == [(f"{name}-1", "CANCELLED", 3), (f"{name}-2", "CANCELLED", 3)]


def test_signing_off_and_up_again_counts_up(world, client, address):
    met, numbers = gathering(world), []
    for _round in range(2):
        signup = gatherings.sign_up(met, world.ada, shows_name=False, by=world.ada.actor, now=world.morning)
        numbers.append(lines(client, address)[0][1:])
        gatherings.sign_off(signup, by=world.ada.actor, now=world.noon)
        numbers.append(lines(client, address)[0][1:])

    assert numbers == [("CONFIRMED", 0), ("CANCELLED", 1), ("CONFIRMED", 2), ("CANCELLED", 3)]


def test_three_seats_and_gatherings_cost_no_more_than_one(world, client, address):
    def add():
        book(world.workshop_with(), world.ada, by=world.ada.actor, now=world.morning)
        gatherings.sign_up(gathering(world), world.ada, shows_name=False, by=world.ada.actor, now=world.morning)

    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    add()
    one = count()
    add()
    add()

    assert count() == one
    assert one <= 6


def test_the_secret_is_kept_as_a_digest_and_shown_once(world, client):
    client.force_login(world.ada)
    made = client.post("/me/calendar")
    page = made.content.decode()
    secret = page.split("/calendars/")[1].split(".ics")[0]

    assert f"webcal://localhost:8000/calendars/{secret}.ics" in page
    assert made.headers["Cache-Control"] == "no-store"
    assert secret not in CalendarAddress.objects.get().secret_digest
    assert secret not in client.get("/me/calendar").content.decode()
    client.logout()
    assert client.get(f"/calendars/{secret}.ics").status_code == 200


def test_a_new_address_ends_the_old_one_and_all_can_be_closed(world, client, address):
    _made, secret = make_calendar_address(world.ada, by=world.ada.actor, now=world.noon)
    assert [client.get(one).status_code for one in (address, f"/calendars/{secret}.ics")] == [410, 200]

    client.force_login(world.ada)
    assert client.post("/me/calendar/revocation").status_code == 303
    assert client.get(f"/calendars/{secret}.ics").status_code == 410
    assert client.get("/calendars/never-was.ics").status_code == 404
    assert revoke_calendar_addresses(world.ada, by=world.ada.actor, now=world.noon) == 0


def test_it_comes_without_cookies_and_is_kept_by_nobody_between(world, client, address):
    answer = client.get(address)

    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_nobody_opens_somebody_elses_calendar(world):
    for other in (world.grace, world.sam, world.bo):
        with pytest.raises(Refused, match="their own calendar"):
            make_calendar_address(world.ada, by=other.actor, now=world.noon)
