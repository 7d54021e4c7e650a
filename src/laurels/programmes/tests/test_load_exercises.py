"""A pack's exercises become rows in versions; blocks name them, and the newest version is the one that counts."""

import pytest
from django.db import IntegrityError, transaction

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.programmes import queries
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Block, Course, Curriculum, Exercise
from laurels.programmes.tests.conftest import BOARD, MIRROR
from tests.world.cast import World

SYSTEM = Actor.of_system("test")


def keys(exercises):
    return {pk: [str(exercise) for exercise in found] for pk, found in exercises.items() if found}


def test_exercises_come_with_the_pack_and_change_in_versions(db, put):
    put(north_star=BOARD, mirror=MIRROR)
    first = load_pack(put(), by=SYSTEM, now=World.morning)
    again = load_pack(put(north_star=f"# a comment\n{BOARD}"), by=SYSTEM, now=World.noon)
    changed = load_pack(put(north_star=BOARD.replace("Read them", "Say them")), by=SYSTEM, now=World.noon)

    assert [change for change in first.changes if "exercise" in change] == [
        "exercise mirror v1",
        "exercise north-star v1",
    ]
    assert (again.is_changed, changed.changes) == (False, ("exercise north-star v2",))
    newest = queries.exercise_named(first.body, "north-star")
    assert (newest.version, newest.plan["step"][1]["say"]) == (2, "Say them aloud.")
    assert (newest.title, newest.kind, newest.minutes, newest.objectives) == ("North star", "board", 30, ["2.1"])
    assert newest.loaded_at == World.noon
    assert Exercise.objects.get(key="north-star", version=1).plan["step"][1]["say"] == "Read them aloud."
    assert queries.exercise_named(first.body, "nothing") is None


def test_blocks_know_their_exercises_in_two_questions(db, put, lend, django_assert_num_queries):
    put(north_star=BOARD, mirror=MIRROR)
    lend("vision", '["mirror"]')
    load_pack(lend("product-box", '["north-star"]'), by=SYSTEM, now=World.morning)
    load_pack(put(north_star=BOARD.replace("Read them", "Say them")), by=SYSTEM, now=World.noon)
    curriculum = queries.latest_curriculum(Course.objects.get(slug="cspo"))

    with django_assert_num_queries(2):
        found = queries.exercises_of(curriculum)

    block = {block.key: block.pk for block in curriculum.blocks.all()}
    assert found.keys() == set(block.values())
    assert keys(found) == {block["vision"]: ["mirror v1"], block["product-box"]: ["north-star v2"]}


def test_a_changed_list_of_a_block_is_a_new_curriculum(db, put, lend):
    load_pack(put(north_star=BOARD, mirror=MIRROR), by=SYSTEM, now=World.morning)
    loaded = load_pack(lend("vision", '["mirror"]'), by=SYSTEM, now=World.noon)

    assert loaded.changes == ("curriculum cspo v2",)
    old, new = Curriculum.objects.filter(course__slug="cspo").order_by("version")
    assert (keys(queries.exercises_of(old)), list(keys(queries.exercises_of(new)).values())) == ({}, [["mirror v1"]])
    assert Block.objects.get(curriculum=new, key="vision").exercises == ["mirror"]


def test_an_exercise_cannot_vanish_from_the_pack(db, put, own_pack):
    load_pack(put(north_star=BOARD, mirror=MIRROR), by=SYSTEM, now=World.morning)
    (own_pack / "exercises/mirror.toml").unlink()

    with pytest.raises(Refused, match="missing now: exercise mirror"):
        load_pack(own_pack, by=SYSTEM, now=World.noon)


def test_two_packs_of_one_body_do_not_share_an_exercise(db, put, rewrite):
    load_pack(put(north_star=BOARD), by=SYSTEM, now=World.morning)
    rewrite("pack.toml", 'pack = "cspo"', 'pack = "second"')

    with pytest.raises(Refused, match="The pack cspo has the exercise north-star already"):
        load_pack(put(), by=SYSTEM, now=World.noon)


def test_the_real_packs_exercises_are_loaded(db, pack_folder):
    body = load_pack(pack_folder, by=SYSTEM, now=World.morning).body

    files = {path.stem for path in (pack_folder / "exercises").glob("*.toml")}
    assert {exercise.key for exercise in Exercise.objects.filter(body=body)} == files


@pytest.mark.parametrize("owner", ["nobody", "both"])
def test_an_exercise_has_exactly_one_owner(world, owner):
    owners = {"body": world.guild, "trainer": world.tess} if owner == "both" else {}

    with pytest.raises(IntegrityError), transaction.atomic():
        Exercise.objects.create(
            key="x", version=1, title="X", kind="board", minutes=1, plan={}, digest="0", loaded_at=World.noon, **owners
        )
