"""The door, a participant's screen, the presenter's and the console, as browsers and streams see them."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from laurels.journal.models import Entry
from laurels.journal.streams.channels import Knock
from laurels.rooms import actions, queries
from laurels.rooms.channel import RoomChannel
from laurels.rooms.models import Card, Participant
from laurels.rooms.tests.test_a_class import PLAN, TRIM, room, seat, started  # noqa: F401
from laurels.workshops.actions import tell_expectations

JSON = {"headers": {"Accept": "application/json, text/html"}}


@pytest.fixture(autouse=True)
def _fresh_tries():
    cache.clear()


@pytest.fixture
def adas(world, room, client):  # noqa: F811
    """Ada's phone: she typed the code and chose her name."""
    client.post(f"/r/{room.code}/participants", {"seat": seat(world, world.ada).public_id})
    return client


def canvas_of(world, room):  # noqa: F811
    return started(world, room).canvases.get()


def test_code_and_seat_lead_into_the_room_without_an_account(world, room, client):  # noqa: F811
    mine = seat(world, world.ada)
    typed = f"{room.code[:3].lower()} {room.code[3:]}"
    assert client.post("/join", {"code": typed}).headers["Location"] == f"/r/{room.code}"
    assert "Ada Lovelace" in client.get(f"/r/{room.code}").content.decode()

    answer = client.post(f"/r/{room.code}/participants", {"seat": mine.public_id}, follow=True)

    assert "It begins in a moment" in answer.content.decode()
    assert Participant.objects.values_list("name", "confirmed_at").get() == ("Ada Lovelace", None)


def test_ten_wrong_codes_then_wait(room, client):  # noqa: F811
    for _nth in range(10):
        assert client.post("/join", {"code": "WRONG2"}).status_code == 422

    refused = client.post("/join", {"code": room.code})

    assert refused.status_code == 409
    assert "Too many wrong codes" in refused.content.decode()
    cache.clear()
    assert client.post("/join", {"code": room.code}).status_code == 303


def test_a_card_is_written_from_a_phone(world, room, adas):  # noqa: F811
    canvas = canvas_of(world, room)
    address = f"/rooms/{room.public_id}/canvases/{canvas.pk}"
    assert f'action="{address}/acts"' in adas.get(f"/rooms/{room.public_id}").content.decode()

    answer = adas.post(f"{address}/acts", {"verb": "write", "text": "Find a seat", "zone": "needs"}, **JSON)

    card = Card.objects.get()
    assert (answer.status_code, card.text) == (200, "Find a seat")
    assert "Find a seat" in answer.content.decode()
    assert "Find a seat" in adas.get(f"{address}/cards/{card.key}").content.decode()


def test_a_refusal_is_said_and_changes_nothing(world, room, adas):  # noqa: F811
    canvas = canvas_of(world, room)
    address = f"/rooms/{room.public_id}/canvases/{canvas.pk}/acts"

    answers = [
        adas.post(address, values, **JSON)
        for values in (
            {"verb": "write", "text": "\u0007bell", "zone": "needs"},
            {"verb": "write", "text": "x" * 3000, "zone": "needs"},
            {"verb": "vote", "card": "none"},
            {"verb": "conquer"},
        )
    ]

    assert [answer.status_code for answer in answers] == [409] * 4
    assert answers[0].json()["title"] == "There are invisible control characters in it. Type it again."
    assert Card.objects.count() == 0


def test_a_flood_is_slowed_and_others_do_not_notice(world, room, adas):  # noqa: F811
    canvas = canvas_of(world, room)
    address = f"/rooms/{room.public_id}/canvases/{canvas.pk}/acts"
    answers = [adas.post(address, {"verb": "write", "text": str(n), "zone": "needs"}, **JSON) for n in range(60)]

    slowed = [answer for answer in answers if answer.status_code == 409]

    assert {answer.json()["title"] for answer in slowed} == {
        "That was very fast. Take a breath; your words are still here."
    }
    assert Card.objects.count() == 60 - len(slowed)


def test_strangers_see_nothing(world, room, client):  # noqa: F811
    canvas = canvas_of(world, room)
    base = f"/rooms/{room.public_id}"
    for address in (base, f"{base}/presenter", f"{base}/canvases/{canvas.pk}/own", f"/desk/rooms/{room.public_id}"):
        client.force_login(world.mallory)
        assert client.get(address).status_code == 404


def test_other_teams_canvases_stay_closed(world, room, adas):  # noqa: F811
    grace = actions.take_seat(room, seat(world, world.grace), by=world.grace.actor, now=world.morning)
    actions.make_teams(room, 2, seed=1, by=world.tess.actor, now=world.morning)
    grace.refresh_from_db()
    theirs = started(world, room).canvases.get(team=grace.team_id)
    assert adas.get(f"/rooms/{room.public_id}/canvases/{theirs.pk}/own").status_code == 404


def test_the_trainer_conducts_from_the_console(world, room, client):  # noqa: F811
    client.force_login(world.tess)
    console = client.post(f"/desk/workshops/{world.workshop.public_id}/room", follow=True)
    assert "Run sheet" in console.content.decode()
    line = room.activities.get(title="Vision board")
    base = f"/desk/rooms/{room.public_id}"

    client.post(f"{base}/activities/{line.pk}/start")
    client.post(f"{base}/activities/{line.pk}/step", {"step": 1})
    client.post(f"{base}/activities/{line.pk}/extension", {"minutes": 2})
    client.post(f"{base}/pause")

    line.refresh_from_db()
    room.refresh_from_db()
    assert (line.state, line.step, room.is_frozen) == ("running", 1, True)
    shown = client.get(f"/rooms/{room.public_id}/presenter").content.decode()
    assert "Vision board" in shown
    client.post(f"{base}/activities/{line.pk}/end")
    assert client.get(base).status_code == 200


def test_the_console_costs_the_same_for_many(world, room, client, django_assert_max_num_queries):  # noqa: F811
    client.force_login(world.tess)
    client.post(f"/desk/workshops/{world.workshop.public_id}/room")
    for nth in range(5):
        actions.join_as_guest(room, f"Guest {nth}", by=world.tess.actor, now=world.morning)
    with django_assert_max_num_queries(17):
        client.get(f"/desk/rooms/{room.public_id}")


def test_beside_the_run_sheet_stands_what_people_expect(world, room, client):  # noqa: F811
    ada = seat(world, world.ada)
    told = {"hopes": "To say no kindly", "knowledge": "works", "role": "owner", "note": "I read lips"}
    tell_expectations(ada, **told, by=world.ada.actor, now=world.morning)
    client.force_login(world.tess)
    client.post(f"/desk/workshops/{world.workshop.public_id}/room")

    page = client.get(f"/desk/rooms/{room.public_id}").content.decode()

    assert ("To say no kindly" in page, "I read lips" in page, "Ada Lovelace" in page.split('id="console"')[0]) == (
        True,
        False,
        False,
    )


def knock(room, participant, **query):  # noqa: F811
    return Knock(room.public_id, query, {"rooms": {str(room.pk): participant.pk}}, None)


def test_streams_admit_participants_and_nobody_else(world, room):  # noqa: F811
    ada = actions.take_seat(room, seat(world, world.ada), by=world.ada.actor, now=world.morning)
    canvas = canvas_of(world, room)
    channel = RoomChannel()

    listener = channel.admit(knock(room, ada), timezone.now())
    assert listener is not None
    assert (listener.topic, listener.audiences) == (room.topic, {"room", f"canvas:{canvas.pk}"})
    assert channel.admit(knock(room, ada, screen="presenter"), timezone.now()) is None
    assert channel.still(room.topic, [ada.key], timezone.now()) == {ada.key}

    actions.remove(ada, by=world.tess.actor, now=world.noon)
    assert channel.admit(knock(room, ada), timezone.now()) is None
    assert channel.still(room.topic, [ada.key], timezone.now()) == set()


def test_frames_show_what_an_act_touched_once_for_each_audience(world, room):  # noqa: F811
    ada = actions.take_seat(room, seat(world, world.ada), by=world.ada.actor, now=world.morning)
    canvas = canvas_of(world, room)
    before = queries.latest_seq(room)
    form = {"text": ["Quiet idea"], "zone": ["needs"]}
    actions.act(canvas, ada, "write", form, by=world.ada.actor, now=world.morning)
    entries = list(Entry.objects.about(room.topic).after(before))

    frames = RoomChannel().frames(room.topic, entries, {"room", f"canvas:{canvas.pk}", "console"}, world.morning)

    assert "Quiet idea" not in str(frames.parts)
    assert "1 card" in frames.parts[f"canvas:{canvas.pk}"]
    assert frames.calls == {}


def test_a_new_step_reaches_every_screen(world, room):  # noqa: F811
    canvas = canvas_of(world, room)
    before = queries.latest_seq(room)
    actions.enter_step(canvas.activity, 1, by=world.tess.actor, now=world.noon)
    entries = list(Entry.objects.about(room.topic).after(before))

    frames = RoomChannel().frames(room.topic, entries, {"room", f"canvas:{canvas.pk}"}, world.noon)

    assert "step 2 of 2" in frames.parts["room"]
    assert f'id="c{canvas.pk}-canvas"' in frames.parts[f"canvas:{canvas.pk}"]
    assert frames.calls == {"room": ("refresh", ""), "console": ("refresh", "")}
