"""A trainer makes an exercise their own: copy, change in words or as text, withdraw, take along and load elsewhere."""

import io
import zipfile

import pytest

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.people.models import Person, Role
from laurels.programmes import queries
from laurels.programmes.actions import change_exercise, copy_exercise, load_pack, withdraw_exercise
from laurels.programmes.models import Exercise
from laurels.programmes.rules import PackProblems, StepWords, Wording, read_pack, reworded, wording
from laurels.programmes.rules.exercises import kinds
from laurels.programmes.tests.conftest import BOARD, MIRROR
from tests.world.cast import World

SYSTEM = Actor.of_system("test")


@pytest.fixture
def guild(db, put):
    """The body, with two exercises."""
    return load_pack(put(north_star=BOARD, mirror=MIRROR), by=SYSTEM, now=World.morning).body


@pytest.fixture
def star(guild):
    return queries.exercise_named(guild, "north-star")


@pytest.fixture
def own(star, world):
    return copy_exercise(star, key="north-star", by=world.tess.actor, now=world.noon)


def happened(person):
    return [(entry.fact, entry.payload) for entry in Entry.objects.about(person.topic)]


def test_a_copy_is_the_trainers_own_comments_and_all(star, world):
    tess = world.tess.actor
    own = copy_exercise(star, key="our-star", by=tess, now=world.noon)

    assert (own.body, own.trainer, own.key, own.version) == (None, world.tess, "our-star", 1)
    assert own.text == BOARD.replace('"north-star"', '"our-star"')
    assert own.plan == {**star.plan, "key": "our-star"}
    assert copy_exercise(star, key="our-star", by=tess, now=world.noon) == own
    assert happened(world.tess) == [
        ("programmes.ExerciseCopied", {"exercise_id": own.pk, "from_id": star.pk}),
    ]


@pytest.mark.parametrize("key", ["", "Our Star", "-x", "x" * 61])
def test_a_copy_needs_a_plain_name(star, world, key):
    with pytest.raises(Refused, match="small letters"):
        copy_exercise(star, key=key, by=world.tess.actor, now=world.noon)


def test_one_name_one_exercise(star, own, world):
    mirror = Exercise.objects.get(key="mirror")

    with pytest.raises(Refused, match="You have an exercise “north-star” already"):
        copy_exercise(mirror, key="north-star", by=world.tess.actor, now=world.noon)
    assert queries.free_key(star, world.tess.actor) == "north-star-2"
    assert queries.free_key(mirror, world.tess.actor) == "mirror"


def test_only_trainers_copy_and_only_what_is_theirs_to_read(star, own, world):
    colleague = world.with_role(world.person("Tara Trainer"), "trainer", world.maple)

    with pytest.raises(Refused, match="Only trainers"):
        copy_exercise(star, key="x", by=world.sam.actor, now=world.noon)
    with pytest.raises(Refused, match="another trainer"):
        copy_exercise(own, key="x", by=colleague.actor, now=world.noon)


def test_a_change_is_a_new_version_and_the_bodys_stays(star, own, world):
    text = own.text.replace("Read them", "Say them")
    changed = change_exercise(own, text, by=world.tess.actor, now=world.noon)
    again = change_exercise(own, text.replace("\n", "\r\n"), by=world.tess.actor, now=world.noon)

    assert (changed.version, again, changed.plan["step"][1]["say"]) == (2, changed, "Say them aloud.")
    assert Exercise.objects.get(pk=own.pk).text == own.text
    assert queries.exercise_named(star.body, "north-star") == star
    assert queries.exercises_for(world.tess.actor) == [Exercise.objects.get(key="mirror"), star, changed]
    assert happened(world.tess)[-1] == ("programmes.ExerciseChanged", {"exercise_id": changed.pk})


def test_a_comment_alone_is_kept_too(own, world):
    changed = change_exercise(own, f"# for large classes\n{own.text}", by=world.tess.actor, now=world.noon)

    assert (changed.version, changed.digest, changed.text[:5]) == (2, own.digest, "# for")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("minutes = 20", "minutes = 99", "north-star.toml:6: minutes: The steps take 109 minutes"),
        ('"north-star"', '"south-star"', "north-star.toml:2: key: The file is called “north-star”"),
        ("minutes = 30", "minutes : 30", "north-star.toml:6: This is not valid TOML"),
        ('["2.1"]', '["9.9"]', "north-star.toml:7: objectives: No course"),
        ('per = "team"', 'per = "team"\ncontinues = "nothing"', "north-star.toml:6: continues: There is no other"),
        ("aloud", "al\x00oud", "north-star.toml:23: An invisible control character"),
        (BOARD[BOARD.index("[settings]") :], "", "north-star.toml:1: step: This key is missing"),
        (BOARD, "", "north-star.toml: There is nothing here"),
        (BOARD, "# " + 200_000 * "x", "north-star.toml: The file is larger than 200 KB"),
    ],
)
def test_a_broken_change_changes_nothing(own, world, old, new, problem):
    assert old in BOARD
    before = Exercise.objects.count()

    with pytest.raises(PackProblems) as raised:
        change_exercise(own, BOARD.replace(old, new), by=world.tess.actor, now=world.noon)

    assert any(str(each).startswith(problem) for each in raised.value.problems), raised.value.problems
    assert Exercise.objects.count() == before


def test_kinds_judge_a_trainers_change_as_they_judge_a_pack(own, world, monkeypatch):
    monkeypatch.setitem(kinds, "board", lambda plan: [("settings.zones", "Three, please.")])

    with pytest.raises(PackProblems, match=r"north-star\.toml:11: settings\.zones: Three, please\."):
        change_exercise(own, f"{own.text}# more\n", by=world.tess.actor, now=world.noon)


def test_an_own_exercise_may_go_on_from_a_bodys(own, world):
    text = own.text.replace('per = "team"', 'per = "team"\ncontinues = "mirror"')

    assert change_exercise(own, text, by=world.tess.actor, now=world.noon).plan["continues"] == "mirror"


def test_nobody_writes_over_what_changed_meanwhile(own, world):
    change_exercise(own, own.text.replace("Read them", "Say them"), by=world.tess.actor, now=world.noon)

    with pytest.raises(Refused, match="changed meanwhile"):
        change_exercise(own, own.text.replace("Read them", "Sing them"), by=world.tess.actor, now=world.noon)


def test_nobody_changes_what_is_not_theirs(star, own, world):
    colleague = world.with_role(world.person("Tara Trainer"), "trainer", world.harbour)

    for exercise, person in ((star, world.tess), (own, colleague), (own, world.sam)):
        with pytest.raises(Refused, match="Only your own"):
            change_exercise(exercise, "key = 1", by=person.actor, now=world.noon)
        with pytest.raises(Refused, match="Only your own"):
            withdraw_exercise(exercise, by=person.actor, now=world.noon)


def test_whoever_trains_no_more_changes_nothing(own, world):
    Role.objects.filter(person=world.tess).delete()

    with pytest.raises(Refused, match="Only trainers"):
        change_exercise(own, f"{own.text}#", by=world.tess.actor, now=world.noon)
    assert queries.exercises_for(world.tess.actor) == []


def test_withdrawn_it_is_gone_and_its_name_is_free(star, own, world):
    tess = world.tess.actor
    gone = withdraw_exercise(own, by=tess, now=world.noon)

    assert withdraw_exercise(own, by=tess, now=world.after_class).withdrawn_at == gone.withdrawn_at == world.noon
    assert [exercise.is_own for exercise in queries.exercises_for(tess)] == [False, False]
    with pytest.raises(Refused, match="was withdrawn"):
        change_exercise(own, f"{own.text}#", by=tess, now=world.noon)
    assert copy_exercise(star, key="north-star", by=tess, now=world.noon).version == 2


def test_other_words_leave_everything_else_as_it_was_typed(own):
    words = wording(own.plan)
    first, _ = words.steps

    changed = reworded(own.text, words)
    assert changed == own.text
    steps = (first, StepWords("Read", 25, "Say “why”."))
    said = Wording("Our star", 40, 'One line,\nand "another" with a \\.', steps, words.says)
    text = reworded(own.text, said)

    assert "minutes = 10  # not longer" in text
    assert text.startswith("# How a class says what it is for.\n")
    assert 'zones = ["who", "why"]' in text
    [exercise] = read_of(text)
    assert wording(exercise.plan) == said


def read_of(text):
    from laurels.programmes.rules.exercises import read_exercises

    problems = []
    found = read_exercises({"north-star.toml": text}, problems, codes=None, others=None)
    assert problems == []
    return found


def test_what_was_left_out_can_be_added(own):
    words = wording(own.plan)
    bare = own.text.replace("about = '''Why we do it.'''\n", "")

    [exercise] = read_of(reworded(bare, words))

    assert exercise.plan == own.plan


@pytest.fixture
def taken_along(own, world, tmp_path):
    change_exercise(own, own.text.replace("Read them", "Say them"), by=world.tess.actor, now=world.noon)
    name, content = queries.own_pack(world.tess)
    path = tmp_path / name
    path.write_bytes(content)
    return path


def unpacked(path):
    with zipfile.ZipFile(path) as archive:
        archive.extractall(path.with_suffix(""))
    return path.with_suffix("")


def test_all_own_exercises_are_a_pack(taken_along, world):
    pack = read_pack(unpacked(taken_along))

    assert taken_along.name == "tess-trainer.zip"
    assert (pack.key, pack.name, pack.email) == ("tess-trainer", "Exercises of Tess Trainer", "tess@people.example")
    [exercise] = pack.exercises
    assert (exercise.key, exercise.plan["step"][1]["say"]) == ("north-star", "Say them aloud.")
    assert exercise.text.startswith("# How a class")
    assert read_pack(taken_along) == pack
    assert queries.own_pack(world.tess)[1] == taken_along.read_bytes()


@pytest.mark.parametrize("form", ["folder", "zip"])
def test_the_round_trip_ends_where_it_began(taken_along, world, form):
    path = unpacked(taken_along) if form == "folder" else taken_along
    before = Exercise.objects.own_of(world.tess.pk).newest().get()
    Exercise.objects.own_of(world.tess.pk).delete()

    loaded = load_pack(path, by=SYSTEM, now=World.after_class)
    again = load_pack(path, by=world.tess.actor, now=World.after_class)

    own = Exercise.objects.own_of(world.tess.pk).get()
    assert (loaded.trainer, loaded.changes, again.is_changed) == (world.tess, ("exercise north-star v1",), False)
    assert (own.plan, own.text, own.digest) == (before.plan, before.text, before.digest)
    assert happened(world.tess)[-1] == ("programmes.ExerciseBrought", {"exercise_id": own.pk})


def test_loading_over_other_words_is_a_new_version(taken_along, own, world):
    newest = Exercise.objects.own_of(world.tess.pk).newest().get()
    change_exercise(newest, own.text, by=world.tess.actor, now=world.noon)

    assert load_pack(taken_along, by=SYSTEM, now=World.noon).changes == ("exercise north-star v4",)


def test_only_the_trainer_brings_their_exercises(taken_along, world):
    with pytest.raises(Refused, match="Only the trainer"):
        load_pack(taken_along, by=world.sam.actor, now=world.noon)


def test_a_pack_of_somebody_unknown_or_of_no_trainer_is_refused(taken_along, world):
    Role.objects.filter(person=world.tess).delete()
    with pytest.raises(Refused, match="Tess Trainer is no trainer here"):
        load_pack(taken_along, by=SYSTEM, now=world.noon)

    Person.objects.get(pk=world.tess.pk).addresses.all().delete()
    with pytest.raises(Refused, match="Nobody here has the address tess@people"):
        load_pack(taken_along, by=SYSTEM, now=world.noon)


def trainers_pack(tmp_path, **files):
    path = tmp_path / "pack.zip"
    head = 'format = 1\npack = "tess"\nname = "Tess"\n\n[trainer]\nemail = "tess@people.example"\n'
    texts = {"pack.toml": head, "exercises/north-star.toml": BOARD} | files
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("file", "text", "problem"),
    [
        ("schemes.toml", "", "schemes.toml: A pack has no place for this file"),
        ("../../evil.toml", "", "../../evil.toml: A pack has no place for this file"),
        ("exercises/deep/x.toml", "", "exercises/deep/x.toml: A pack has no place for this file"),
        ("README.md", "x" * 200_001, "README.md: The file is larger than 200 KB"),
        ("README.md", b"\xff", "README.md:1: This line is not UTF-8"),
        ("pack.toml", "[trainer]\nemail = 'x'", "pack.toml:2: trainer.email: “x” does not have the right form"),
        ("pack.toml", "[trainer]\nemail = 'x'", "pack.toml:1: format: This key is missing"),
        ("pack.toml", "trainer = 1", "pack.toml:1: trainer: This must be a table"),
        ("exercises/north-star.toml", "", "exercises/north-star.toml:1: key: This key is missing"),
    ],
)
def test_a_broken_pack_of_a_trainer_says_so(db, tmp_path, no_kinds, file, text, problem):
    with pytest.raises(PackProblems) as raised:
        read_pack(trainers_pack(tmp_path, **{file: text}))

    assert any(str(each).startswith(problem) for each in raised.value.problems), raised.value.problems


def test_a_torn_zip_file_is_no_pack(tmp_path, no_kinds):
    path = trainers_pack(tmp_path)
    content = bytearray(path.read_bytes())
    at = content.index(b"format = 1") if b"format = 1" in content else 45
    content[at : at + 20] = b"\x00" * 20
    path.write_bytes(bytes(content))

    with pytest.raises(PackProblems, match="cannot be read"):
        read_pack(path)


def test_hidden_files_of_a_zip_are_left_alone(tmp_path, no_kinds):
    assert read_pack(trainers_pack(tmp_path, **{".DS_Store": "x", "__x/.y": "z"})).key == "tess"


def test_a_zip_of_thousands_is_no_pack(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(501):
            archive.writestr(f"{number}.md", "")
    path = tmp_path / "many.zip"
    path.write_bytes(content.getvalue())

    with pytest.raises(PackProblems, match="more than 500 files"):
        read_pack(path)
