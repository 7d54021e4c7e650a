"""The lessons: open to everybody, explained at once, never graded; progress for whoever is signed in."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.library import queries
from laurels.library.actions import finish_lesson
from laurels.library.models import LessonDone
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Lesson
from tests.world.cast import World


@pytest.fixture
def lessons(world: World):
    load_pack(settings.PACKS / "cspo", by=Actor.of_system("test"), now=World.morning)
    return list(Lesson.objects.newest())


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_each_takes_four_to_eight_minutes_and_has_a_practice(lessons):
    assert len(lessons) == 9
    assert {lesson.minutes for lesson in lessons} <= {4, 5, 6, 7, 8}
    assert all(len(lesson.practice["cards"]) >= 5 for lesson in lessons)


def test_the_path_is_open_without_an_account(lessons, client):
    page = read(client, "/learn")
    assert [page.index(one.title) for one in lessons[1:]] == sorted(page.index(one.title) for one in lessons[1:])
    assert "no test" in page
    assert "Next: Three pillars" in read(client, "/learn/why-empiricism")
    read(client, "/learn/nothing-here", 404)
    assert client.post("/learn/why-empiricism/done").status_code == 302
    assert not LessonDone.objects.exists()


def test_answers_are_explained_and_nothing_is_kept(lessons, client):
    practice = lessons[0].practice
    right, wrong = (
        practice["cards"][0]["answer"],
        next(one for one in practice["answers"] if one != practice["cards"][1]["answer"]),
    )

    page = read(client, f"/learn/why-empiricism?a0={right}&a1={wrong}")

    assert page.count("<b>Yes.</b>") == 1
    assert f"<b>We would say: {practice['cards'][1]['answer']}.</b>" in page
    assert not Entry.objects.filter(topic__name__startswith="learner:").exists()


@pytest.mark.parametrize("query", ["?a0=<script>alert(1)</script>", "?a99=x", "?a0=" + "x" * 5000])
def test_strange_answers_do_no_harm(lessons, client, query):
    assert "<script>alert" not in read(client, f"/learn/why-empiricism{query}")


def test_the_order_of_the_cards_gives_nothing_away(lessons):
    ordered = next(one for one in lessons if one.practice["kind"] == "order")
    numbers = [card.number for card in queries.lesson_page(ordered.key, None, {}).cards]
    assert numbers != sorted(numbers)
    assert numbers == [card.number for card in queries.lesson_page(ordered.key, None, {}).cards]


def test_partners_are_chosen_from_one_list_and_explained(lessons, client):
    matched = next(one for one in lessons if one.practice["kind"] == "match")
    cards = matched.practice["cards"]

    before = read(client, f"/learn/{matched.key}")
    after = read(client, f"/learn/{matched.key}?a0={cards[0]['answer']}&a1={cards[0]['answer']}&a2=")

    assert before.count("<select") == len(cards)
    assert "<b>" not in before
    assert after.count("<b>Yes.</b>") == 1
    assert f"<b>We would say: {cards[1]['answer']}.</b>" in after
    shown = queries.lesson_page(matched.key, None, {}).answers
    assert sorted(shown) == sorted(card["answer"] for card in cards)
    assert shown != [card.answer for card in queries.lesson_page(matched.key, None, {}).cards]


@pytest.mark.parametrize(
    ("kind", "behaviour", "has_bins", "has_moves"),
    [
        ("sort", "practice sorting", True, False),
        ("order", "practice ordering", False, True),
        ("match", "practice", False, False),
    ],
)
def test_scripts_make_cards_of_a_form_that_works_without_them(lessons, client, kind, behaviour, has_bins, has_moves):
    lesson = next(one for one in lessons if one.practice["kind"] == kind)
    cards, answers = lesson.practice["cards"], lesson.practice["answers"]

    page = read(client, f"/learn/{lesson.key}")

    assert f'data-behaviour="{behaviour}"' in page
    assert ("data-sorting hidden" in page, "data-ordering hidden" in page) == (has_bins, has_moves)
    assert page.count('<h3 id="bin-') == has_bins * len(answers)
    assert page.count('type="radio"') == (kind != "match") * len(cards) * len(answers)
    assert '<button class="button">Explain my answers</button>' in page


def test_every_way_of_practising_is_in_the_pack(lessons):
    kinds = [one.practice["kind"] for one in lessons]
    assert (kinds.count("match"), kinds.count("order")) == (2, 2)


def test_progress_is_kept_once(lessons, world, client):
    client.force_login(world.ada)

    answer = client.post("/learn/why-empiricism/done")
    client.post("/learn/why-empiricism/done")

    assert answer["Location"] == "/learn/pillars-and-values"
    assert "1 of 9 read" in read(client, "/learn")
    assert Entry.objects.filter(fact="library.LessonFinished").count() == 1
    client.force_login(world.grace)
    assert "Begin here" in read(client, "/learn")
    with pytest.raises(Refused, match="Only you yourself"):
        finish_lesson(lessons[0], world.ada, by=world.grace.actor, now=World.noon)


def test_whoever_has_read_all_is_ready(lessons, world, client):
    client.force_login(world.ada)
    for lesson in lessons:
        client.post(f"/learn/{lesson.key}/done")
    assert "You are ready for class" in read(client, "/learn")


def test_the_path_costs_the_same_for_all_lessons_and_one(lessons, client):
    def cost():
        with CaptureQueriesContext(connection) as found:
            read(client, "/learn")
        return len(found)

    many = cost()
    Lesson.objects.exclude(key="why-empiricism").delete()
    assert many == cost() <= 4


def test_raw_html_in_a_lesson_is_shown_and_never_run(lessons, client):
    Lesson.objects.filter(key="why-empiricism").update(
        text="# Hi\n\n<script>alert(1)</script> [x](javascript:alert(1))"
    )
    page = read(client, "/learn/why-empiricism")
    assert "<script>alert" not in page
    assert not re.search(r'href="javascript', page)
