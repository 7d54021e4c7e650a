"""A board round one phone."""

import pytest
from django.core.cache import cache

from laurels.rooms import queries
from laurels.rooms.models import Canvas, Participant


@pytest.fixture(autouse=True)
def _fresh_tries():
    cache.clear()


def test_three_around_the_phone_of_who_leads_vote_each_for_themselves(client, db):
    client.post("/boards/new", {"title": "Three", "name": "Kim"})
    host = Participant.objects.get()
    room = host.room
    at = f"/rooms/{room.public_id}"
    assert "Others write on this device too" in client.get(at).content.decode()
    for name in ("Lou", "Max"):
        client.post(f"{at}/sitters", {"name": name})
    lou, max_ = queries.sitters(host)
    client.post(f"{at}/start")
    canvas = Canvas.objects.get()
    acts = f"{at}/canvases/{canvas.pk}/acts"
    json = {"headers": {"Accept": "application/json, text/html"}}

    for who, words in ((lou.pk, "Lou's"), (max_.pk, "Max's"), ("self", "Kim's")):
        client.post(f"{at}/writer", {"writer": who})
        assert client.post(acts, {"verb": "propose", "text": words}, **json).status_code == 200
    client.post(f"{at}/writer", {"writer": lou.pk})
    for step in (1, 2):
        client.post(f"{at}/canvases/{canvas.pk}/step", {"step": step})
    key = room.cards.order_by("pk").first().key
    for who in (lou.pk, max_.pk, "self"):
        client.post(f"{at}/writer", {"writer": who})
        given = [client.post(acts, {"verb": "vote", "card": key}, **json).status_code for _nth in range(3)]
        assert (given[:2], given[2] == 200) == ([200, 200], False)
    client.post(f"{at}/writer", {"writer": lou.pk})
    client.post(f"{at}/canvases/{canvas.pk}/step", {"step": 3})
    # Lou writes, and whoever leads still leads from the same device; Lou does not.
    assert client.post(acts, {"verb": "discuss"}, **json).json()["title"].startswith("The host takes")
    assert client.post(acts, {"verb": "discuss", "lead": "1"}, **json).status_code == 200
    state = queries.desk_of(Canvas.objects.with_activity().get()).state
    assert {who: len(given) for who, given in state.votes.items()} == {host.pk: 2, lou.pk: 2, max_.pk: 2}
    assert state.topic == key
