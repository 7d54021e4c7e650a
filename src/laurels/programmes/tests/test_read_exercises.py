"""An exercise reads as its author meant it; broken in any way, the problem is named with file, line and key."""

from dataclasses import asdict

import pytest

from laurels.programmes.rules import PackProblems, read_pack
from laurels.programmes.rules.exercises import kinds, read_exercises
from laurels.programmes.rules.tables import digest_of
from laurels.programmes.tests.conftest import BOARD, MIRROR

pytestmark = pytest.mark.usefixtures("no_kinds")


def read(**texts):
    """(exercises, problems) of texts alone, without a pack around them."""
    problems = []
    files = {f"exercises/{key.replace('_', '-')}.toml": text for key, text in texts.items()}
    return read_exercises(files, problems, codes={"2.1"}, others={}), [str(problem) for problem in problems]


def test_an_exercise_becomes_a_plan_with_every_key_in_its_place():
    [exercise, mirror], problems = read(north_star=BOARD, mirror=MIRROR)

    assert problems == []
    assert (exercise.key, exercise.title, exercise.kind, exercise.minutes) == ("north-star", "North star", "board", 30)
    assert exercise.text == BOARD
    assert exercise.plan == {
        "key": "north-star",
        "title": "North star",
        "kind": "board",
        "per": "team",
        "minutes": 30,
        "objectives": ["2.1"],
        "about": "Why we do it.",
        "names": "nobody",
        "continues": "",
        "brings": [],
        "settings": {"zones": ["who", "why"]},
        "step": [
            {
                "title": "Write in silence",
                "minutes": 10,
                "say": "One thought a card.",
                "allow": ["write", "edit"],
                "hidden": True,
            },
            {"title": "Read", "minutes": 20, "say": "Read them aloud.", "allow": [], "hidden": False, "votes": 3},
        ],
        "taking_part": {"says": "A card in each zone.", "all": [{"deed": "zone", "times": 2}]},
    }
    assert mirror.plan["brings"] == [{"from": "north-star", "place": "", "into": "", "unless": "", "most": 5}]
    assert mirror.plan["continues"] == "north-star"


def test_comments_make_no_difference_and_words_do():
    [plain], _ = read(north_star=BOARD)
    [commented], _ = read(north_star=f"# more\n{BOARD}")
    [changed], _ = read(north_star=BOARD.replace("Read them", "Say them"))

    assert plain.digest == commented.digest != changed.digest


# name · what stands there · what is put there · line of (empty: the first) · key · words of the message
BREAKS = [
    ("key-is-no-file-name", '"north-star"', '"south-star"', "key =", "key", "Give both the same name"),
    ("no-title", 'title = "North star"\n', "", "", "title", "This key is missing"),
    ("kind-is-no-slug", '"board"', '"A Board"', "kind =", "kind", "right form"),
    ("per-whom", '"team"', '"person"', "per =", "per", "Use one of: team, class"),
    ("whose-names", 'per = "team"', 'per = "team"\nnames = "some"', "names =", "names", "nobody, everybody"),
    ("no-minutes", "minutes = 30", "minutes = 0", "minutes = 0", "minutes", "out of range"),
    ("minutes-as-words", "minutes = 30", 'minutes = "30"', "minutes =", "minutes", "not words"),
    ("too-long", "minutes = 20", "minutes = 21", "minutes = 30", "minutes", "The steps take 31 minutes"),
    ("unknown-objective", '["2.1"]', '["9.9"]', "objectives", "objectives", "has the objective “9.9”"),
    ("continues-nobody", 'per = "team"', 'per = "team"\ncontinues = "x"', "continues", "continues", "exercise “x”"),
    ("continues-itself", 'per = "team"', 'per = "team"\ncontinues = "north-star"', "continues", "continues",
     "no other exercise"),
    ("brings-nobody", "\n[settings]", '\n[[brings]]\nfrom = "x"\n[settings]', "from =", "brings.from", "exercise “x”"),
    ("brings-what", "\n[settings]", '\n[[brings]]\nfrom = "x"\nform = 1\n[settings]', "form =", "brings.form",
     "Did you mean “from”?"),
    ("brings-none", "\n[settings]", '\n[[brings]]\nfrom = "x"\nmost = 0\n[settings]', "most =", "brings.most",
     "out of range"),
    ("date-in-settings", 'zones = ["who", "why"]', "until = 2026-01-01", "until", "settings.until", "in quotes"),
    ("infinite-setting", 'zones = ["who", "why"]', "most = [inf]", "most", "settings.most", "in quotes"),
    ("unknown-key", 'per = "team"', 'per = "team"\nabuot = ""', "abuot", "abuot", "Did you mean “about”?"),
    ("step-without-words", 'say = "Read them aloud."\n', "", 2, "step.say", "This key is missing"),
    ("step-of-no-title", 'title = "Read"', 'title = " "', 'title = " "', "step.title", "This is empty"),
    ("step-backwards", "minutes = 10 ", "minutes = -1 ", "minutes = -1", "step.minutes", "out of range"),
    ("allow-one-word", '["write", "edit"]', '"write"', "allow", "step.allow", "not words"),
    ("hidden-as-words", "hidden = true", 'hidden = "yes"', "hidden", "step.hidden", "true or false"),
    ("a-step-of-dates", "votes = 3", "votes = 2026-01-01", "votes", "step.votes", "in quotes"),
    ("no-rule", BOARD[BOARD.index("[taking_part]") :], "", "", "taking_part", "This key is missing"),
    ("silent-rule", 'says = "A card in each zone."\n', "", "[taking_part]", "taking_part.says", "missing"),
    ("rule-of-nothing", 'all = [{deed = "zone", times = 2}]', "", "[taking_part]", "taking_part", "either all ="),
    ("rule-of-both", "all = [", 'any = [{deed = "x", times = 1}]\nall = [', "any =", "taking_part.any", "either all ="),
    ("rule-of-none", 'all = [{deed = "zone", times = 2}]', "all = []", "all = []", "taking_part.all", "is empty"),
    ("deed-of-none", "times = 2", "times = 0", "all =", "taking_part.all.times", "out of range"),
    ("deed-of-many", "times = 2", 'times = "as many"', "all =", "taking_part.all.times", "right form"),
    ("deed-without-name", 'deed = "zone", ', "", "all =", "taking_part.all.deed", "missing"),
    ("no-toml", "minutes = 30", "minutes : 30", "minutes : 30", "", "not valid TOML"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "place", "key", "words"), [row[1:] for row in BREAKS], ids=[b[0] for b in BREAKS]
)
def test_a_broken_exercise_says_where_and_what_to_do(old, new, place, key, words):
    assert old in BOARD
    broken = BOARD.replace(old, new, 1)

    _, problems = read(north_star=broken)

    if isinstance(place, int):
        line = [number for number, text in enumerate(broken.split("\n"), 1) if text == "[[step]]"][place - 1]
    else:
        line = broken[: broken.index(place)].count("\n") + 1
    start = f"exercises/north-star.toml:{line}: " + (f"{key}: " if key else "")
    assert [problem for problem in problems if problem.startswith(start) and words in problem], problems


def test_without_a_step_there_is_no_exercise():
    _, problems = read(north_star=BOARD[: BOARD.index("[[step]]")] + "[taking_part]\nsays = 'x'\nall = []")

    assert any("step: This key is missing" in problem for problem in problems)


def test_only_the_same_kind_can_be_continued():
    _, problems = read(north_star=BOARD, mirror=MIRROR.replace('kind = "board"', 'kind = "tree"'))

    assert [problem.split(": ", 1)[1] for problem in problems] == [
        "continues: “north-star” is of the kind “board”. Only an exercise of the same kind goes on."
    ]


def test_kinds_judge_settings_and_steps_once_they_are_known(monkeypatch):
    asked = []

    def board(plan):
        asked.append(plan["key"])
        return [("settings.zones", "Three, please."), ("step.1.votes", "Too many."), ("step.0.size", "How large?")]

    monkeypatch.setitem(kinds, "board", board)

    _, problems = read(north_star=BOARD)

    assert asked == ["north-star"]
    assert problems == [
        "exercises/north-star.toml:11: settings.zones: Three, please.",
        "exercises/north-star.toml:24: step.votes: Too many.",
        "exercises/north-star.toml:13: step.size: How large?",
    ]


def test_an_unknown_kind_is_told_the_known_ones_and_a_broken_exercise_is_no_kinds_business(monkeypatch):
    def surprised(plan):
        raise AssertionError(plan)

    monkeypatch.setitem(kinds, "tree", surprised)

    assert read(north_star=BOARD)[1] == [
        "exercises/north-star.toml:4: kind: There is no kind “board”. Use one of: tree."
    ]
    assert len(read(north_star=BOARD.replace('"board"', '"tree"').replace("minutes = 20", "minutes = 99"))[1]) == 1


def problems_of(folder):
    with pytest.raises(PackProblems) as raised:
        read_pack(folder)
    return [str(problem) for problem in raised.value.problems]


def test_blocks_name_their_exercises_in_order(put, lend):
    put(north_star=BOARD.replace("minutes = 30", "minutes = 35"), mirror=MIRROR)
    pack = read_pack(lend("product-box", '["north-star"]'))

    assert {exercise.key for exercise in pack.exercises} >= {"north-star", "mirror"}
    blocks = {block.key: block for block in pack.courses[0].blocks}
    assert blocks["product-box"].exercises == ("north-star",)
    assert "exercise north-star" in pack.contents


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        ("product-box", '["nothing"]', "There is no exercise “nothing”. Write exercises/nothing.toml or take it out."),
        ("product-box", '["north-star", "mirror"]', "The exercises take 60 minutes, the block has 35."),
        ("product-box", '["north-star", "north-star"]', "stands here twice"),
        ("lunch-1", '["north-star"]', "Nobody works in a break."),
    ],
)
def test_a_block_cannot_hold_every_list(put, lend, block, line, words):
    put(north_star=BOARD, mirror=MIRROR)
    lend(block, line)

    assert any("block.exercises: " in problem and words in problem for problem in problems_of(put()))


def test_an_exercise_stands_in_one_block(put, lend):
    put(north_star=BOARD)
    lend("product-box", '["north-star"]')
    lend("order", '["north-star"]')

    assert any("“north-star” stands in the block “product-box” already" in each for each in problems_of(put()))


def test_blocks_without_exercises_count_as_they_did_before_there_were_any(put):
    course = read_pack(put()).courses[0]

    blocks = [{key: value for key, value in asdict(block).items() if key != "exercises"} for block in course.blocks]
    assert course.digest == digest_of([960, [asdict(objective) for objective in course.objectives], blocks])
