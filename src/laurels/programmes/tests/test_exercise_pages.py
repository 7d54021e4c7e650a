"""A trainer finds, reads, copies, changes and takes along exercises in the browser; for others there are none."""

import io
import re
import zipfile

import pytest

from laurels.kernel.actor import Actor
from laurels.programmes import queries
from laurels.programmes.actions import change_exercise, copy_exercise, load_pack
from laurels.programmes.models import Exercise
from laurels.programmes.tests.conftest import BOARD, MIRROR
from tests.world.cast import World

SYSTEM = Actor.of_system("test")
TREE = BOARD.replace("north-star", "oak").replace("North star", "Oak").replace('kind = "board"', 'kind = "tree"')


@pytest.fixture
def guild(world, put, lend):
    _ = world.guild
    put(north_star=BOARD, mirror=MIRROR.replace("North star", "Mirror").replace("minutes = 30", "minutes = 50"))
    return load_pack(lend("vision", '["mirror"]'), by=SYSTEM, now=World.morning).body


@pytest.fixture
def star(guild):
    return queries.exercise_named(guild, "north-star")


@pytest.fixture
def tess(guild, world, client):
    client.force_login(world.tess)
    return world.tess


@pytest.fixture
def own(star, tess, world):
    return copy_exercise(star, key="north-star", by=tess.actor, now=world.noon)


def text(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def posted(client, path, **fields):
    response = client.post(path, fields)
    return response.status_code, response.content.decode(), response.headers.get("Location", "")


def typed(page, name):
    """What stands in a text area of the page."""
    from html import unescape

    return unescape(re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)[1]).lstrip("\r\n")


def test_the_shelf_shows_what_the_packs_bring_and_what_is_ones_own(own, client):
    page = text(client, "/desk/exercises")

    assert page.count('<th scope="row">') == 3
    assert page.index("Your own") < page.index("From the programmes")
    assert "Commonground Guild" in page
    assert 'href="/desk/exercises/own.zip"' in page
    assert 'href="/desk/exercises"' in text(client, "/desk/workshops")


@pytest.mark.parametrize(
    ("asked", "found"),
    [("q=north", 1), ("q=Mirr 2.1", 1), ("q=nothing", 0), ("kind=board", 2), ("kind=tree", 1), ("kind=x", 0),
     ("q=oak&kind=board", 0)],
)  # fmt: skip
def test_the_shelf_is_searched_by_words_and_kind(tess, put, client, asked, found):
    load_pack(put(oak=TREE), by=SYSTEM, now=World.noon)

    page = text(client, f"/desk/exercises?{asked}")

    assert page.count('<th scope="row">') == found
    assert ("No exercise fits." in page) == (found == 0)


def test_an_empty_shelf_says_where_exercises_come_from(world, client):
    client.force_login(world.tess)

    assert "They come with a programme" in text(client, "/desk/exercises")


def test_an_exercise_reads_as_steps_words_and_what_counts(tess, guild, client):
    mirror = queries.exercise_named(guild, "mirror")

    page = text(client, f"/desk/exercises/{mirror.public_id}")

    assert "<h1>Mirror</h1>" in page
    assert "One thought a card." in page
    assert "in silence" in page
    assert "A card in each zone." in page
    assert "“zone”: 2 different" in page
    assert "Relate product vision and Product Goal" in page
    assert "<p>Why we do it.</p>" in page
    assert "Vision board, then one-sentence elevator statement" in page
    assert "Withdraw it" not in page


def test_hostile_words_are_shown_as_words(own, client, world):
    evil = own.text.replace("Why we do it.", "<script>alert(1)</script> [x](javascript:alert(1))")
    changed = change_exercise(own, evil, by=world.tess.actor, now=world.noon)

    page = text(client, f"/desk/exercises/{changed.public_id}")

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_copy_is_made_and_opened_for_changing(star, tess, client):
    page = text(client, f"/desk/exercises/{star.public_id}")
    assert 'value="north-star"' in page

    status, _, location = posted(client, f"/desk/exercises/{star.public_id}/copies", key="my-star")

    copy = Exercise.objects.own_of(tess.pk).get()
    assert (status, location, copy.key) == (303, f"/desk/exercises/{copy.public_id}/words", "my-star")
    assert "This copy is yours." in text(client, location)


def test_a_name_that_does_not_fit_is_told_at_its_field(own, star, guild, client):
    mirror = queries.exercise_named(guild, "mirror")
    status, page, _ = posted(client, f"/desk/exercises/{mirror.public_id}/copies", key="north-star")
    assert (status, "You have an exercise “north-star” already" in page) == (422, True)
    assert posted(client, f"/desk/exercises/{star.public_id}/copies", key="")[0] == 422


def words_of(own, **changes):
    fields = {"title": own.title, "minutes": own.minutes, "says": own.plan["taking_part"]["says"]}
    fields |= {"about": own.plan["about"]}
    for at, step in enumerate(own.steps):
        fields |= {f"step-{at}-{name}": step[name] for name in ("title", "minutes", "say")}
    return fields | changes


def test_words_and_minutes_are_changed_in_a_form(own, client, tess):
    path = f"/desk/exercises/{own.public_id}/words"
    page = text(client, path)
    assert (typed(page, "about"), typed(page, "step-1-say")) == ("Why we do it.", "Read them aloud.")

    fields = words_of(own, title="Our star", about="First.\r\nSecond.", **{"step-1-minutes": "15"})
    status, _, location = posted(client, path, **fields)

    changed = Exercise.objects.own_of(tess.pk).newest().get()
    assert (status, location) == (303, f"/desk/exercises/{changed.public_id}")
    assert (changed.title, changed.plan["about"], changed.plan["step"][1]["minutes"]) == (
        "Our star",
        "First.\nSecond.",
        15,
    )
    assert changed.text.startswith("# How a class says what it is for.\n")
    assert "There is a newer version" in text(client, f"/desk/exercises/{own.public_id}")


def test_what_does_not_fit_keeps_the_words_typed(own, client):
    path = f"/desk/exercises/{own.public_id}/words"

    status, page, _ = posted(client, path, **words_of(own, minutes="5", **{"step-0-say": "A new thought."}))

    assert status == 422
    assert "The steps take 30 minutes, the exercise has 5." in page
    assert typed(page, "step-0-say") == "A new thought."


def test_everything_is_changed_as_text(own, client, tess):
    path = f"/desk/exercises/{own.public_id}/text"
    assert typed(text(client, path), "text") == own.text

    draft = own.text.replace('zones = ["who", "why"]', 'zones = ["when"]  # later\r\n')
    status, _, location = posted(client, path, text=draft)

    changed = Exercise.objects.own_of(tess.pk).newest().get()
    assert (status, location) == (303, f"/desk/exercises/{changed.public_id}")
    assert changed.plan["settings"] == {"zones": ["when"]}
    assert "# later\n" in changed.text


def test_a_draft_with_a_problem_is_never_lost(own, client):
    path = f"/desk/exercises/{own.public_id}/text"
    draft = own.text.replace("minutes = 20", "minutes = 99").replace('per = "team"', 'pre = "team"')

    status, page, _ = posted(client, path, text=draft)

    assert status == 422
    assert "Line 6, minutes: The steps take 109 minutes" in page
    assert "Line 5, pre: Unknown key. Did you mean “per”?" in page
    assert typed(page, "text").replace("\r\n", "\n") == draft


def test_a_draft_of_an_older_version_is_not_lost_either(own, client, tess, world):
    change_exercise(own, own.text.replace("Read them", "Say them"), by=tess.actor, now=world.noon)

    status, page, _ = posted(client, f"/desk/exercises/{own.public_id}/text", text=f"# mine\n{own.text}")

    assert (status, "changed meanwhile" in page, "There is a newer version" in page) == (422, True, True)
    assert typed(page, "text").startswith("# mine")


def test_a_withdrawn_exercise_leaves_the_desk(own, client):
    status, _, location = posted(client, f"/desk/exercises/{own.public_id}/withdrawal")

    assert (status, location) == (303, "/desk/exercises")
    assert "is withdrawn" in text(client, location)
    for path in ("", "/text", "/words", ".toml"):
        text(client, f"/desk/exercises/{own.public_id}{path}", status=404)
    text(client, "/desk/exercises/own.zip", status=404)


def test_one_exercise_and_all_own_ones_are_downloaded(own, star, client):
    one = client.get(f"/desk/exercises/{star.public_id}.toml")
    every = client.get("/desk/exercises/own.zip")

    assert (one.content.decode(), one.headers["Content-Disposition"]) == (
        BOARD,
        'attachment; filename="north-star.toml"',
    )
    assert every.headers["Content-Disposition"] == 'attachment; filename="tess-trainer.zip"'
    assert zipfile.ZipFile(io.BytesIO(every.content)).namelist() == ["pack.toml", "exercises/north-star.toml"]


@pytest.mark.parametrize("who", ["ada", "sam", "olive", "bo"])
def test_whoever_does_not_train_finds_nothing_here(own, star, world, client, who):
    client.force_login(getattr(world, who))

    for path in ("", "/own.zip", f"/{star.public_id}", f"/{star.public_id}.toml", f"/{own.public_id}"):
        text(client, f"/desk/exercises{path}", status=404)
    assert posted(client, f"/desk/exercises/{star.public_id}/copies", key="x")[0] == 404


def test_for_another_trainer_ones_own_do_not_exist(own, star, world, client):
    client.force_login(world.with_role(world.person("Tara Trainer"), "trainer", world.maple))

    assert "North star" in text(client, f"/desk/exercises/{star.public_id}")
    for path in ("", "/words", "/text", ".toml"):
        text(client, f"/desk/exercises/{own.public_id}{path}", status=404)
    for noun in ("copies", "words", "text", "withdrawal"):
        assert posted(client, f"/desk/exercises/{own.public_id}/{noun}", key="x", text="x")[0] == 404
    assert "Your own" not in text(client, "/desk/exercises")


def test_a_bodys_exercise_is_not_changed_by_anybody(star, tess, client):
    for noun in ("words", "text", "withdrawal"):
        assert posted(client, f"/desk/exercises/{star.public_id}/{noun}", text="x")[0] == 404


def test_strangers_are_sent_to_sign_in(star, client):
    for path in ("", "/own.zip", f"/{star.public_id}", f"/{star.public_id}/text"):
        assert text(client, f"/desk/exercises{path}", status=302) == ""


def asked(client, django_assert_max_num_queries, path):
    with django_assert_max_num_queries(8) as captured:
        text(client, path)
    return len(captured)


def test_pages_ask_few_questions_and_no_more_for_three(own, star, tess, world, client, django_assert_max_num_queries):
    paths = ["", f"/{star.public_id}", f"/{own.public_id}", f"/{own.public_id}/words", f"/{own.public_id}/text"]
    before = [asked(client, django_assert_max_num_queries, f"/desk/exercises{path}") for path in paths]

    for key in ("one", "two"):
        copy_exercise(star, key=key, by=tess.actor, now=world.noon)

    assert [asked(client, django_assert_max_num_queries, f"/desk/exercises{path}") for path in paths] == before
