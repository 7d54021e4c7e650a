"""Who somebody is: a one-time link, a second claim, a device that a table shares, the trainer's mark."""

import re
from datetime import timedelta

import pytest

from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.rooms import actions, queries
from laurels.rooms.models import Contribution, Participant
from laurels.rooms.tests.test_a_class import joined, room, seat, started, write  # noqa: F401


def link_in(letter):
    return re.search(r"/seat-links/(\S+)", letter.text).group(1)


def test_a_link_to_the_seats_address_proves_who_somebody_is(world, room, client):  # noqa: F811
    adas = seat(world, world.ada)
    client.post(f"/r/{room.code}/participants", {"seat": adas.public_id})
    client.post(f"/r/{room.code}/links", {"seat": adas.public_id})
    letter = Letter.objects.get(key="room-link")
    assert letter.to == world.ada.email
    path = f"/seat-links/{link_in(letter)}"

    assert "Go in as Ada Lovelace" in client.get(path).content.decode()
    assert not Participant.objects.filter(confirmed_at__isnull=False).exists()
    assert client.post(path).headers["Location"] == f"/rooms/{room.public_id}"

    assert Participant.objects.present().get().confirmed_at is not None
    assert "has been used" in client.get(path).content.decode()
    assert client.post(path).status_code == 409
    assert client.get("/seat-links/never-was").status_code == 404


def test_a_link_wins_over_somebody_who_only_said_so(world, room):  # noqa: F811
    adas = seat(world, world.ada)
    mallory = actions.take_seat(room, adas, by=world.mallory.actor, now=world.morning)
    actions.send_seat_link(room, adas, by=world.ada.actor, now=world.morning)
    secret = link_in(Letter.objects.get(key="room-link"))

    ada = actions.use_seat_link(secret, by=world.ada.actor, now=world.morning)

    mallory.refresh_from_db()
    assert (mallory.removed_at, ada.confirmed_at) == (world.morning, world.morning)
    with pytest.raises(Refused, match="has been used"):
        actions.use_seat_link(secret, by=world.ada.actor, now=world.morning)


def test_links_grow_old_and_are_not_sent_without_end(world, room):  # noqa: F811
    adas = seat(world, world.ada)
    for _time in range(3):
        actions.send_seat_link(room, adas, by=world.ada.actor, now=world.morning)
    with pytest.raises(Refused, match="Several links"):
        actions.send_seat_link(room, adas, by=world.ada.actor, now=world.morning)
    secret = link_in(Letter.objects.filter(key="room-link").latest("pk"))

    with pytest.raises(Refused, match="too old"):
        actions.use_seat_link(secret, by=world.ada.actor, now=world.morning + timedelta(days=4))


def test_the_second_claim_to_a_seat_asks_the_trainer(world, room, client):  # noqa: F811
    adas = seat(world, world.ada)
    first = actions.take_seat(room, adas, by=world.mallory.actor, now=world.morning)
    waiting = client.post(f"/r/{room.code}/claims", {"seat": adas.public_id}).headers["Location"]
    assert "Your trainer is asked" in client.get(waiting).content.decode()
    claim = queries.console(room).claims[0]
    with pytest.raises(Refused, match="Only this workshop's trainers"):
        actions.settle_claim(claim, is_theirs=True, by=world.mallory.actor, now=world.morning)

    actions.settle_claim(claim, is_theirs=True, by=world.tess.actor, now=world.morning)

    assert client.get(waiting).headers["Location"] == f"/rooms/{room.public_id}"
    assert client.get(f"/rooms/{room.public_id}").status_code == 200
    first.refresh_from_db()
    assert first.removed_at == world.morning
    assert queries.console(room).claims == []


def test_a_claim_may_be_turned_down(world, room, client):  # noqa: F811
    adas = seat(world, world.ada)
    first = actions.take_seat(room, adas, by=world.ada.actor, now=world.morning)
    waiting = client.post(f"/r/{room.code}/claims", {"seat": adas.public_id}).headers["Location"]
    claim = queries.console(room).claims[0]
    actions.settle_claim(claim, is_theirs=False, by=world.tess.actor, now=world.morning)

    assert "The trainer said no" in client.get(waiting).content.decode()
    assert Participant.objects.present().filter(room=room, seat=adas).get() == first


def test_a_shared_device_writes_for_those_who_sit_there(world, room, client):  # noqa: F811
    adas, graces = seat(world, world.ada), seat(world, world.grace)
    client.post(f"/r/{room.code}/participants", {"table": "1"})
    table = Participant.objects.get()
    canvas = started(world, room).canvases.get()
    acts = f"/rooms/{room.public_id}/canvases/{canvas.pk}/acts"
    json = {"headers": {"Accept": "application/json, text/html"}}
    unnamed = client.post(acts, {"verb": "write", "text": "x", "zone": "needs"}, **json)
    assert "who sits at this table" in unnamed.json()["title"]

    for each in (adas, graces):
        client.post(f"/rooms/{room.public_id}/sitters", {"seat": each.public_id})
    ada, grace = queries.sitters(table)
    client.post(f"/rooms/{room.public_id}/writer", {"writer": ada.pk})
    client.post(acts, {"verb": "write", "text": "Ada's", "zone": "needs"}, **json)
    client.post(f"/rooms/{room.public_id}/writer", {"writer": "all"})
    ours = client.post(acts, {"verb": "write", "text": "Ours", "zone": "goals"}, **json)
    assert ours.status_code == 200, ours.content

    deeds = {row.participant.name: row.deeds["zone"] for row in Contribution.objects.select_related("participant")}
    assert deeds == {"Ada Lovelace": ["needs", "goals"], "Grace Hopper": ["goals"]}
    assert queries.levels(canvas.activity) == {ada.pk: "met", grace.pk: "partly"}
    actions.note_here([table.pk], now=world.morning)
    assert queries.console(room).here == {table.pk, ada.pk, grace.pk}


def test_nobody_sits_down_who_is_in_already(world, room):  # noqa: F811
    ada = joined(world, room, world.ada)
    table = actions.join_as_table(room, "A table", by=world.grace.actor, now=world.morning)

    with pytest.raises(Refused, match="has joined as Ada Lovelace already"):
        actions.sit_down(table, ada.seat, by=world.grace.actor, now=world.morning)


def test_the_trainers_word_adds_to_what_the_rule_sees(world, room):  # noqa: F811
    ada, grace = joined(world, room, world.ada), joined(world, room, world.grace)
    activity = room.activities.get(title="Vision board")
    with pytest.raises(Refused, match="no exercise that has begun"):
        actions.mark(activity, ada, "met", by=world.tess.actor, now=world.morning)
    activity = started(world, room)
    for zone in ("needs", "goals"):
        write(activity.canvases.get(), grace, world, text="A thought", zone=zone)

    actions.mark(activity, ada, "met", by=world.tess.actor, now=world.morning)
    actions.mark(activity, grace, "partly", by=world.tess.actor, now=world.morning)
    assert queries.levels(activity) == {ada.pk: "met", grace.pk: "met"}
    actions.mark(activity, ada, "", by=world.tess.actor, now=world.morning)
    assert queries.levels(activity)[ada.pk] == "none"
    with pytest.raises(Refused, match="Only this workshop's trainers"):
        actions.mark(activity, ada, "met", by=world.ada.actor, now=world.morning)
