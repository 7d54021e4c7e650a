"""A trainer looks at an exercise step by step before class; for others there is nothing to look at."""

import pytest
from django.conf import settings

from laurels.kernel.actor import Actor
from laurels.programmes import queries
from laurels.programmes.actions import load_pack
from laurels.rooms.models import Room
from tests.world.cast import World


@pytest.fixture
def guild(world: World):
    return load_pack(settings.PACKS / "cspo", by=Actor.of_system("test"), now=World.morning).body


def seen(client, exercise, query="", status=200):
    answer = client.get(f"/desk/exercises/{exercise.public_id}/preview{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_each_step_is_shown_after_robots_took_part(guild, world, client):
    client.force_login(world.tess)
    board = queries.exercise_named(guild, "vision-board")

    first, last = seen(client, board), seen(client, board, f"?step={len(board.steps)}")

    assert board.steps[0]["say"][:20] in first
    assert board.steps[-1]["title"] in last
    assert first != last
    assert not Room.objects.exists()


@pytest.mark.parametrize("step", ["0", "99", "x", "²", "-1", "9" * 5000])
def test_a_step_that_is_not_there_is_none(guild, world, client, step):
    client.force_login(world.tess)
    seen(client, queries.exercise_named(guild, "vision-board"), f"?step={step}")


def test_what_it_continues_was_played_before(guild, world, client):
    client.force_login(world.tess)
    continuing = next(e for e in queries.exercises_for(world.tess.actor) if e.plan.get("continues"))

    assert "canvas" in seen(client, continuing)


def test_nobody_else_sees_it(guild, world, client):
    client.force_login(world.ada)
    seen(client, queries.exercise_named(guild, "vision-board"), status=404)
