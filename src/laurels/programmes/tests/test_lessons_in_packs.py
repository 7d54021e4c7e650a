"""Lessons come from packs: in versions, and refused with file and key."""

import pytest

from laurels.kernel.actor import Actor
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Lesson
from laurels.programmes.rules import PackProblems, read_pack
from tests.world.cast import World

SYSTEM = Actor.of_system("test")


def load(pack):
    return load_pack(pack, by=SYSTEM, now=World.morning)


def test_a_changed_lesson_is_a_new_version(own_pack, db):
    load(own_pack)
    first = own_pack / "lessons/01-why-empiricism.md"
    first.write_text(first.read_text(encoding="utf-8") + "\nOne more thought.\n", encoding="utf-8")

    assert load(own_pack).changes == ("lesson why-empiricism v2",)
    assert load(own_pack).changes == ()
    assert "One more thought" in Lesson.objects.newest()[0].text
    assert Lesson.objects.newest().count() == 9


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('answer = "Plan it"', 'answer = "Plan them"', "is none of the answers"),
        ("[practice]", "[practise]", "practice"),
        ("+++\ntitle", "title", "must begin with a line"),
        ('title = "Why not', 'titel = "Why not', "title"),
    ],
)
def test_a_mistake_is_named_with_its_file(own_pack, before, after, told):
    lesson = own_pack / "lessons/01-why-empiricism.md"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    with pytest.raises(PackProblems) as problems:
        read_pack(own_pack)
    assert "lessons/01-why-empiricism.md" in str(problems.value)
    assert told in str(problems.value)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('partner = "Courage"', 'partner = "Focus"', "is the partner of another card too"),
        ('partner = "Focus"\n', "", "practice.card.partner"),
        ('partner = "Focus"', 'answer = "Focus"', "answer"),
        ('kind = "match"', 'kind = "mach"', "Use one of: sort, order, match"),
    ],
)
def test_a_mistake_in_a_match_is_named_with_its_line(own_pack, before, after, told):
    lesson = own_pack / "lessons/02-pillars-and-values.md"
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace(before, after, 1), encoding="utf-8")
    line = text[: text.index(before)].count("\n") + 1

    with pytest.raises(PackProblems) as problems:
        read_pack(own_pack)

    assert told in str(problems.value)
    nearest = {one.line for one in problems.value.problems if one.file == "lessons/02-pillars-and-values.md"}
    assert any(abs(found - line) <= 3 for found in nearest)


def test_one_card_alone_leaves_nothing_to_match(own_pack):
    lesson = own_pack / "lessons/02-pillars-and-values.md"
    head, _, rest = lesson.read_text(encoding="utf-8").partition("[[practice.card]]")
    first, _, body = rest.partition("[[practice.card]]")
    lesson.write_text(f"{head}[[practice.card]]{first}{body[body.index('+++') :]}", encoding="utf-8")

    with pytest.raises(PackProblems, match="One card leaves nothing to choose"):
        read_pack(own_pack)
