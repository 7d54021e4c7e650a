"""Hostile and unlucky input: told kindly, nothing half-done, nothing lost."""

import pytest

from laurels.rooms import actions
from laurels.rooms.models import Act, Card, Room
from laurels.rooms.tests.test_a_class import joined, room, seat, started  # noqa: F401

JSON = {"headers": {"Accept": "application/json, text/html"}}


@pytest.fixture
def acts(world, room, client):  # noqa: F811
    client.post(f"/r/{room.code}/participants", {"seat": seat(world, world.ada).public_id})
    return f"/rooms/{room.public_id}/canvases/{started(world, room).canvases.get().pk}/acts"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x" * 1_000_000, "too long"),
        ("bell \x07 and null \x00", "control characters"),
        ("   ", "no words on it"),
        ("y" * 400, "letters; 280 fit"),
    ],
)
def test_what_cannot_be_a_card_is_refused_and_leaves_nothing(client, acts, text, says):
    before = Act.objects.count()
    answer = client.post(acts, {"verb": "write", "text": text, "zone": "needs"}, **JSON)

    assert answer.status_code == 409
    assert says in answer.json()["title"]
    assert (Card.objects.count(), Act.objects.count()) == (0, before)


def test_a_script_is_shown_as_the_text_it_is(client, acts):
    answer = client.post(acts, {"verb": "write", "text": "<script>alert(1)</script>", "zone": "needs"}, **JSON)

    assert answer.status_code == 200
    assert b"&lt;script&gt;" in answer.content
    assert b"<script>" not in answer.content


@pytest.mark.parametrize("verb", ["fly", "", "enter", "../../x", "write\n"])
def test_verbs_that_are_none_are_refused(client, acts, verb):
    answer = client.post(acts, {"verb": verb, "text": "x", "zone": "needs"}, **JSON)

    assert answer.status_code == 409


def test_another_rooms_canvas_is_like_one_that_never_was(world, room, client, acts):  # noqa: F811
    other = actions.open_room(world.workshop_with(), {}, by=world.tess.actor, now=world.morning)
    assert isinstance(other, Room)
    foreign = acts.replace(room.public_id, other.public_id)
    for address in (foreign, acts.replace("/canvases/", "/canvases/99")):
        assert client.post(address, {"verb": "write", "text": "x", "zone": "needs"}, **JSON).status_code == 404


def test_a_flooded_browser_says_so_once_and_goes_on(client, acts):
    answers = []
    # It may go on a little with every second that passes, so a slow machine asks more often before it hears of it.
    while 409 not in answers and len(answers) < 300:
        card = {"verb": "write", "text": f"card {len(answers)}", "zone": "needs"}
        answers.append(client.post(acts, card, **JSON).status_code)

    assert answers.count(200) >= 20
    assert answers[-1] == 409
