"""The log alone gives the canvas again, and nobody else looks at it.

That this is so for every kind robots play is part of their story: see tests/stories/test_class_rehearsal.py.
"""

from laurels.rooms import queries
from laurels.rooms.tests.test_a_class import joined, room, started, write  # noqa: F401


def test_a_lost_act_shows(world, room):  # noqa: F811
    ada = joined(world, room, world.ada)
    canvas = started(world, room).canvases.get()
    for text in ("One", "Two"):
        write(canvas, ada, world, text=text, zone="needs")
    canvas.refresh_from_db()
    desk, acts = queries.desk_of(canvas), list(canvas.acts.order_by("number").select_related("by"))

    assert queries.states(desk, acts)[0] == desk.state
    assert queries.states(desk, acts[:-1])[0] != desk.state


def test_the_team_looks_back_and_others_find_nothing(world, room, client):  # noqa: F811
    ada = joined(world, room, world.ada)
    activity = started(world, room)
    canvas = activity.canvases.get()
    write(canvas, ada, world, text="A first thought", zone="needs")
    address = f"/rooms/{room.public_id}/canvases/{canvas.pk}/replay"
    assert client.get(address).status_code == 404

    client.force_login(world.ada)
    assert "A first thought" not in client.get(address).content.decode()
    assert "Before the first act" in client.get(f"{address}?at=0").content.decode()
    client.force_login(world.mallory)
    assert client.get(address).status_code == 404
    client.force_login(world.tess)
    assert "2 of 2" in client.get(address).content.decode()
