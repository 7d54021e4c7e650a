"""Getting ready: what is done, what comes next, for whoever has the seat."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from laurels.journey.queries import readiness
from laurels.kernel.actor import Actor
from laurels.library.actions import finish_lesson
from laurels.participation.actions import declare
from laurels.payments.tests.test_order_pages import without_token
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Lesson
from laurels.rooms.models import Room
from laurels.workshops.actions import book, say_confidence, tell_expectations
from laurels.workshops.models import Seat


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


@pytest.fixture
def seat(world):
    return book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)


def seen(seat, now):
    seat = Seat.objects.get(pk=seat.pk)
    return readiness(seat, seat.person, by=seat.person.actor, now=now)


def states(seat, now):
    return [item.state for item in seen(seat, now).items]


def told(seat, now):
    tell_expectations(seat, hopes="To say no", knowledge="none", role="other", by=seat.person.actor, now=now)


def test_one_thing_after_the_other_until_nothing_is_left(world, seat):
    now, ada = world.morning, world.ada
    assert (states(seat, now), seen(seat, now).next.url) == (
        ["turn", "turn", "turn"],
        f"/workshops/{world.workshop.public_id}/expectations",
    )

    told(seat, now)
    assert seen(seat, now).next.url == f"/workshops/{world.workshop.public_id}/confidence"
    say_confidence(seat, "before", whole={"Goals": 2}, single={}, by=ada.actor, now=now)
    assert seen(seat, now).next.url == f"/seats/{seat.public_id}/declaration"
    declare(seat, certificate_name="Ada L", email=ada.email, is_member_already=False, by=ada.actor, now=now)

    assert (states(seat, now), seen(seat, now).next) == (["done", "done", "done"], None)


def test_lessons_are_counted_and_lead_on(world, seat):
    load_pack(settings.PACKS / "cspo", by=Actor.of_system("test"), now=world.morning)
    lessons = list(Lesson.objects.newest())
    finish_lesson(lessons[0], world.ada, by=world.ada.actor, now=world.morning)

    item = seen(seat, world.morning).items[2]

    assert item.sentence.startswith(f"1 of {len(lessons)} read, about ")
    assert (item.url, item.label) == (f"/learn/{lessons[1].key}", "Read on")


def test_a_seat_to_pay_comes_first(world):
    seat = book(world.workshop_with(price_minor=500), world.ada, by=world.ada.actor, now=world.morning)

    assert seen(seat, world.morning).next.url == f"/orders/{seat.order.public_id}"


def test_what_can_no_longer_be_said_is_not_asked_for(world, seat):
    world.workshop.state = "running"
    world.workshop.save()
    assert states(seat, datetime(2026, 4, 15, 12, tzinfo=UTC)) == ["turn", "missed", "turn"]
    assert states(seat, datetime(2026, 4, 17, 12, tzinfo=UTC)) == ["missed", "missed", "turn"]


def test_the_page_says_where_to_go_and_the_room_once_it_is_open(world, seat, client):
    client.force_login(world.ada)
    path = f"/journey/{seat.public_id}/ready"
    assert "Your trainer opens it" in client.get(path).content.decode()

    Room.objects.create(workshop=world.workshop, code="ABC234", opened_at=world.morning)

    assert 'href="/r/ABC234"' in client.get(path).content.decode()


@pytest.mark.parametrize("somebody", ["grace", "mallory", "tess", "sam"])
def test_nobody_sees_how_ready_another_is(world, seat, client, somebody):
    client.force_login(getattr(world, somebody))

    foreign, nowhere = client.get(f"/journey/{seat.public_id}/ready"), client.get("/journey/0000000000zzzzzzzz/ready")

    assert foreign.status_code == nowhere.status_code == 404
    assert without_token(foreign) == without_token(nowhere)


def test_strangers_sign_in_first(seat, client):
    assert client.get(f"/journey/{seat.public_id}/ready")["Location"].startswith("/sign-in?next=")


def test_it_asks_as_much_with_all_lessons_as_with_one(world, seat, client):
    load_pack(settings.PACKS / "cspo", by=Actor.of_system("test"), now=world.morning)
    client.force_login(world.ada)

    def asked():
        with CaptureQueriesContext(connection) as found:
            client.get(f"/journey/{seat.public_id}/ready")
        return len(found)

    many = asked()
    Lesson.objects.exclude(key="why-empiricism").delete()

    assert many == asked() <= 10


def test_before_class_my_journey_leads_there(world, client):
    to_come = world.workshop_with(starts_on=date(2199, 4, 15), ends_on=date(2199, 4, 16))
    seat = book(to_come, world.ada, by=world.ada.actor, now=world.morning)
    client.force_login(world.ada)

    assert f'href="/journey/{seat.public_id}/ready"' in client.get("/journey").content.decode()
