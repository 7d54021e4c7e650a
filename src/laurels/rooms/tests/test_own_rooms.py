"""A room that belongs to no workshop: people come with a name, a host leads from inside, or the clock does."""

from datetime import timedelta

import pytest

from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.rooms import actions, queries
from laurels.rooms.models import Activity, Canvas, Participant, Room
from laurels.rooms.tests.test_a_class import PLAN

PLAN_FOR_ALL = PLAN | {"per": "class"}


@pytest.fixture
def meeting(world):
    return actions.open_meeting("Thursday coffee", PLAN_FOR_ALL, by=world.ada.actor, now=world.morning)


@pytest.fixture
def tireless(world):
    """Nobody leads this one."""
    return actions.open_meeting("By itself", PLAN_FOR_ALL, moves_itself=True, by=world.ada.actor, now=world.morning)


def led(world, room):
    actor = world.ada.actor.hosting(room.pk)
    host = actions.lead(room, "Ada", person=world.ada, by=actor, now=world.morning)
    activity = actions.start_activity(room.activities.get(), by=actor, now=world.morning)
    return host, activity.canvases.get()


def test_people_come_with_a_name_and_a_person_is_one_on_all_devices(world, meeting):
    guest = actions.attend(meeting, "Somebody", by=ANONYMOUS, now=world.morning)
    phone = actions.attend(meeting, "Grace", person=world.grace, by=world.grace.actor, now=world.morning)
    laptop = actions.attend(meeting, "G.", person=world.grace, by=world.grace.actor, now=world.noon)

    assert (guest.role, guest.confirmed_at, phone.pk == laptop.pk) == ("attendee", None, True)
    assert [one.name for one in queries.people(meeting)] == ["Grace", "Somebody"]


def test_who_takes_part_acts_without_a_seat(world, meeting):
    host, canvas = led(world, meeting)
    guest = actions.attend(meeting, "Somebody", by=ANONYMOUS, now=world.morning)

    actions.act(canvas, guest, "write", {"text": ["A better bell"], "zone": ["needs"]}, by=ANONYMOUS, now=world.morning)

    assert host.is_trainer
    assert meeting.cards.get().author == guest


def test_only_the_host_takes_everybody_on(world, meeting):
    host, canvas = led(world, meeting)
    guest = actions.attend(meeting, "Somebody", by=ANONYMOUS, now=world.morning)

    with pytest.raises(Refused, match="Whoever leads this room"):
        actions.go_on(canvas, guest, 1, by=ANONYMOUS, now=world.morning)
    with pytest.raises(Refused, match="Only who leads"):
        actions.close_room(meeting, by=world.grace.actor, now=world.morning)
    assert actions.go_on(canvas, host, 1, by=world.ada.actor, now=world.morning).step == 1

    actions.share_lead(guest, by=world.ada.actor.hosting(meeting.pk), now=world.morning)
    guest.refresh_from_db()
    assert actions.go_on(canvas, guest, 0, by=ANONYMOUS, now=world.morning).step == 0


def test_a_led_room_waits_for_its_host(world, meeting):
    _host, canvas = led(world, meeting)

    assert actions.move_due(now=world.morning + timedelta(days=1)) == 0
    assert Canvas.objects.get(pk=canvas.pk).step == 0


def test_where_nobody_leads_the_clock_goes_on_and_closes(world, tireless):
    actor = world.ada.actor.hosting(tireless.pk)
    activity = actions.start_activity(tireless.activities.get(), by=actor, now=world.morning)
    canvas = activity.canvases.get()
    first, second = (step.get("minutes") or activity.minutes for step in activity.steps)
    at = world.morning + timedelta(minutes=first)

    assert actions.move_due(now=at - timedelta(seconds=1)) == 0
    assert actions.move_due(now=at) == 1
    assert actions.move_due(now=at) == 0
    assert Canvas.objects.get(pk=canvas.pk).step == 1
    assert actions.move_due(now=at + timedelta(minutes=second)) == 1

    assert Activity.objects.get(pk=activity.pk).state == Activity.State.ENDED
    assert Room.objects.get(pk=tireless.pk).state == Room.State.CLOSED


def test_a_pause_stops_the_clock(world, tireless):
    actor = world.ada.actor.hosting(tireless.pk)
    actions.start_activity(tireless.activities.get(), by=actor, now=world.morning)
    actions.freeze(tireless, by=actor, now=world.morning)

    assert actions.move_due(now=world.morning + timedelta(days=1)) == 0
    actions.thaw(tireless, by=actor, now=world.morning)
    assert actions.move_due(now=world.morning + timedelta(days=1)) == 1


def test_a_workshops_room_takes_nobody_without_a_seat(world):
    room = actions.open_room(world.workshop, {}, by=world.tess.actor, now=world.morning)

    with pytest.raises(Refused, match="take part with a seat"):
        actions.attend(room, "x", by=ANONYMOUS, now=world.morning)


def test_the_door_asks_for_a_name_and_the_host_leads_from_the_page(world, meeting, client):
    assert "no account" in client.get(f"/r/{meeting.code}").content.decode()
    assert client.post(f"/r/{meeting.code}/participants", {"name": ""}).status_code == 409
    page = client.post(f"/r/{meeting.code}/participants", {"name": "Noor"}, follow=True)
    assert "It begins in a moment" in page.content.decode()
    assert "Begin</button>" not in page.content.decode()
    assert client.post(f"/rooms/{meeting.public_id}/start").status_code == 409
    assert client.get(f"/rooms/{meeting.public_id}/people").status_code == 404

    Participant.objects.update(role="trainer")
    assert "Begin</button>" in client.get(f"/rooms/{meeting.public_id}").content.decode()
    client.post(f"/rooms/{meeting.public_id}/start")
    assert "On to: Vote" in client.get(f"/rooms/{meeting.public_id}").content.decode()
    assert "Noor" in client.get(f"/rooms/{meeting.public_id}/people").content.decode()
    client.post(f"/rooms/{meeting.public_id}/closing")
    assert Room.objects.get(pk=meeting.pk).state == Room.State.CLOSED


def test_where_the_room_belongs_to_a_page_that_page_lets_people_in(world, client):
    room = actions.open_meeting("Coffee", PLAN_FOR_ALL, home="/x", by=world.ada.actor, now=world.morning)

    assert 'action="/x/door"' in client.get(f"/r/{room.code}").content.decode()
    assert client.post(f"/r/{room.code}/participants", {"name": "Noor"}).url == "/x/door"
    assert not room.participants.exists()


def test_a_shared_device_seats_people_by_name(world, meeting, client):
    client.post(f"/r/{meeting.code}/participants", {"table": "1"})
    client.post(f"/rooms/{meeting.public_id}/sitters", {"name": "Noor"})
    client.post(f"/rooms/{meeting.public_id}/sitters", {"name": "Sam"})

    table = Participant.objects.get(role="table")
    assert [one.name for one in queries.sitters(table)] == ["Noor", "Sam"]


def test_people_go_to_a_table_and_come_back_when_it_closes(world, meeting, client):
    led(world, meeting)
    client.post(f"/r/{meeting.code}/participants", {"name": "Noor"})
    noor = Participant.objects.get(name="Noor")
    actor = world.ada.actor.hosting(meeting.pk)
    table = actions.open_meeting("Table 1", PLAN_FOR_ALL, moves_itself=True, by=actor, now=world.morning)

    there = actions.send_to(meeting, table, [noor.pk], by=actor, now=world.morning)

    moved = client.get(f"/rooms/{meeting.public_id}")
    assert moved.headers["Location"] == f"/rooms/{table.public_id}"
    assert client.get(f"/rooms/{table.public_id}").status_code == 200
    assert actions.send_to(meeting, table, [noor.pk], by=actor, now=world.morning) == {}
    actions.close_room(table, by=actor.hosting(table.pk), now=world.morning)
    assert client.get(f"/rooms/{table.public_id}").headers["Location"] == f"/rooms/{meeting.public_id}"
    assert client.get(f"/rooms/{meeting.public_id}").status_code == 200
    assert [(one.name, one.room_id) for one in there.values()] == [("Noor", table.pk)]


def test_what_the_room_lays_down_counts_for_nobody(world, meeting):
    _host, canvas = led(world, meeting)

    actions.put_in(canvas, "write", {"text": ["From last time"], "zone": ["needs"]}, by=ANONYMOUS, now=world.morning)

    assert (meeting.cards.get().author, meeting.cards.get().text) == (None, "From last time")
