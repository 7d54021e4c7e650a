from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from laurels.workshops.actions import book, cancel, cancel_seat, change
from laurels.workshops.queries import seat_calendar_file
from laurels.workshops.tests.test_moves import values_of


def calendar_file(world, workshop):
    """The file of Ada's seat, who takes one if she has none."""
    earlier = workshop.all_seats.filter(person=world.ada).order_by("-pk").first()
    return seat_calendar_file(earlier or book(workshop, world.ada, by=world.ada.actor, now=world.morning))


def events(content):
    return Calendar.from_ical(content).walk("VEVENT")


def test_each_day_is_an_event_at_the_hours_of_the_agenda(world):
    first, second = events(calendar_file(world, world.workshop))
    berlin = ZoneInfo("Europe/Berlin")

    assert (first.decoded("dtstart"), first.decoded("dtend")) == (
        datetime(2026, 4, 15, 9, 0, tzinfo=berlin),
        datetime(2026, 4, 15, 10, 30, tzinfo=berlin),
    )
    assert (second.decoded("dtstart"), second.decoded("dtend")) == (
        datetime(2026, 4, 16, 9, 0, tzinfo=berlin),
        datetime(2026, 4, 16, 10, 0, tzinfo=berlin),
    )
    assert "09:30 Vision" in str(first["description"])
    assert str(first["uid"]) == f"{world.workshop.public_id}-1@localhost"


def test_the_zone_travels_along(world):
    content = calendar_file(world, world.workshop_with(zone="America/Vancouver"))

    zones = Calendar.from_ical(content).walk("VTIMEZONE")
    assert [str(zone["tzid"]) for zone in zones] == ["America/Vancouver"]
    assert b"DTSTART;TZID=America/Vancouver:20260415T090000" in content
    assert b"\r\n" in content
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Pacific/Chatham", "America/St_Johns", "Australia/Lord_Howe"])
def test_odd_zones_keep_their_wall_clock(world, zone):
    first, _second = events(calendar_file(world, world.workshop_with(zone=zone)))

    assert first.decoded("dtstart").utcoffset() == datetime(2026, 4, 15, 9, tzinfo=ZoneInfo(zone)).utcoffset()


def test_the_wall_clock_holds_on_the_day_the_clocks_change(world):
    night = world.workshop_with(starts_on=date(2026, 3, 28), ends_on=date(2026, 3, 29))

    _first, second = events(calendar_file(world, night))

    assert second.decoded("dtstart").utcoffset() != _first.decoded("dtstart").utcoffset()
    assert second.decoded("dtstart").hour == 9


def test_a_change_keeps_the_name_and_raises_the_number(world):
    before = events(calendar_file(world, world.workshop))[0]
    later = values_of(world.workshop, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5))
    workshop = change(world.workshop, **later, by=world.sam.actor, now=world.noon)
    after = events(calendar_file(world, workshop))[0]

    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after.decoded("dtstamp") == world.noon


def test_a_cancelled_workshop_leaves_the_calendar(world):
    before = calendar_file(world, world.workshop)
    workshop = cancel(world.workshop, "Ill.", by=world.sam.actor, now=world.noon)
    content = calendar_file(world, workshop)

    assert [(str(event["status"]), event["sequence"]) for event in events(before)] == [("CONFIRMED", 0)] * 2
    assert [(str(event["status"]), event["sequence"]) for event in events(content)] == [("CANCELLED", 2)] * 2


def test_giving_a_seat_back_and_taking_one_again_counts_up(world):
    numbers = []
    for _round in range(2):
        seat = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
        numbers.append(events(seat_calendar_file(seat))[0]["sequence"])
        seat = cancel_seat(seat, by=world.ada.actor, now=world.noon)
        numbers.append(events(seat_calendar_file(seat))[0]["sequence"])

    assert numbers == [0, 1, 2, 3]
