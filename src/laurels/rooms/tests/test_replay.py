"""The log alone gives the canvas again, for every exercise that robots played; and nobody else looks at it."""

from datetime import UTC, date, datetime

from laurels.rooms import queries
from laurels.rooms.models import Canvas
from laurels.rooms.tests.test_a_class import joined, room, started, write  # noqa: F401
from laurels.web.class_rehearsal import rehearse_class

NOW = datetime(2026, 4, 20, 9, tzinfo=UTC)


def test_every_canvas_of_a_class_is_what_its_acts_made(db, settings):
    settings.MODE = "rehearsal"
    held_on = date(2026, 4, 16)
    rehearse_class(people_count=4, teams=2, seed=2, held_on=held_on, now=NOW, progress=lambda what, total: lambda: None)
    canvases = list(Canvas.objects.with_activity())
    assert len({canvas.activity.plan["kind"] for canvas in canvases}) >= 10
    for canvas in canvases:
        desk, acts = queries.desk_of(canvas), list(canvas.acts.order_by("number").select_related("by"))
        assert queries.states(desk, acts)[0] == desk.state, canvas.activity.exercise


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
