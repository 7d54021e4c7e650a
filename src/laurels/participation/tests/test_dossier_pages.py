"""The trainer's dossier, and what the learner sees of the same."""

import csv
import io
import json

import pytest

from laurels.kernel.tables import formula_safe
from laurels.participation.actions import answer_remark, attest, correct_coverage
from laurels.participation.models import Coverage, Remark, RemarkAnswer
from laurels.participation.tests.conftest import browser_of
from laurels.workshops.models import Workshop


def desk(held, page="dossier"):
    return f"/desk/workshops/{held.workshop.public_id}/{page}"


def mine(seat):
    return f"/seats/{seat.public_id}/participation"


def cell(seat, key):
    return f"{seat.public_id}.{key}"


@pytest.fixture
def ran(held):
    """Ada met both exercises, Grace one partly and one not at all."""
    held.ran("vision-board", {held.ada: "met", held.grace: "partly"})
    held.ran("items", {held.ada: "met", held.grace: "none"}, position=2)
    return held


def without_grace(held):
    """Grace is decided not eligible, so that the others can be signed."""
    tess, now = held.world.tess.actor, held.world.after_class
    attest(held.grace, "not-eligible", reason="Left at noon.", by=tess, now=now)


def stands():
    rows = Coverage.objects.order_by("seat__name", "exercise__position")
    return list(rows.values_list("seat__name", "exercise__key", "level", "source"))


def test_who_took_part_in_what_stands_by_name(ran, world):
    ran.there_throughout(ran.grace)
    page = browser_of(world.tess).get(desk(ran))
    dossier = page.context["dossier"]
    assert [(row.seat.name, row.by_day, row.took_part) for row in dossier.rows] == [
        ("Ada Lovelace", {1: 0, 2: 0}, 2),
        ("Grace Hopper", {1: 75, 2: 60}, 1),
    ]
    text = page.content.decode()
    assert 'value="◐ partly"' in text
    assert "Grace Hopper, Items, the room&#x27;s own record" in text
    assert "1 of 2" in text


def test_the_trainer_corrects_many_with_one_sentence(ran, world):
    browser = browser_of(world.tess)
    page = browser.get(desk(ran))
    shown = {cell(seat, key): "" for seat in (ran.ada, ran.grace) for key in ("vision-board", "items")}
    shown |= {one.name: one.value for row in page.context["dossier"].rows for one in row.cells}
    typed = {cell(ran.grace, "vision-board"): "M", cell(ran.grace, "items"): "◐ partly"}
    post = {**shown, **typed, "seen": page.context["dossier"].seen, "reason": "One laptop at table 3."}
    response = browser.post(desk(ran), post, follow=True)
    assert stands() == [
        ("Ada Lovelace", "vision-board", "met", "room"),
        ("Ada Lovelace", "items", "met", "room"),
        ("Grace Hopper", "vision-board", "met", "trainer"),
        ("Grace Hopper", "items", "partly", "trainer"),
    ]
    assert "2 entries saved" in response.content.decode()
    assert Coverage.objects.filter(reason="One laptop at table 3.", marked_by=world.tess).count() == 2


def test_without_the_sentence_everything_typed_comes_back(ran, world):
    post = {"seen": "{}", cell(ran.grace, "items"): "met"}
    response = browser_of(world.tess).post(desk(ran), post)
    assert response.status_code == 422
    assert "This field is required" in response.content.decode()
    assert f'name="{cell(ran.grace, "items")}" value="met"' in response.content.decode()
    assert Coverage.objects.filter(source="trainer").count() == 0


@pytest.mark.parametrize("typed", ["", "x", "met!", "<script>", "7"])
def test_what_is_no_level_is_said_and_nothing_is_saved(ran, world, typed):
    post = {"seen": "{}", "reason": "So.", cell(ran.ada, "items"): typed, cell(ran.grace, "items"): "m"}
    response = browser_of(world.tess).post(desk(ran), post)
    assert response.status_code == 422
    assert "Write M for met" in response.content.decode()
    assert Coverage.objects.filter(source="trainer").count() == 0


def test_what_the_room_noted_meanwhile_is_kept_and_said(ran, world):
    browser = browser_of(world.tess)
    seen = browser.get(desk(ran)).context["dossier"].seen
    ran.ran("items", {ran.grace: "met"}, position=2)
    post = {"seen": seen, "reason": "Spoke.", cell(ran.grace, "items"): "partly"}
    response = browser.post(desk(ran), post, follow=True)
    assert "“met” was noted meanwhile" in response.content.decode()
    assert ("Grace Hopper", "items", "met", "room") in stands()


@pytest.mark.parametrize("seen", ["", "nonsense", "[]", "null", '{"a": {"b": 1}}'])
def test_a_forged_note_of_what_was_seen_harms_nothing(ran, world, seen):
    post = {"seen": seen, "reason": "Spoke.", cell(ran.grace, "items"): "met"}
    assert browser_of(world.tess).post(desk(ran), post).status_code == 303
    assert ("Grace Hopper", "items", "met", "trainer") in stands()


def test_staff_reads_and_a_trainer_speaks(ran, world):
    browser = browser_of(world.sam)
    assert browser.get(desk(ran)).status_code == 200
    post = {"seen": "{}", "reason": "Spoke.", cell(ran.grace, "items"): "met"}
    assert browser.post(desk(ran), post).status_code == 409


def test_one_person_at_a_time_on_a_phone(ran, world):
    browser = browser_of(world.tess)
    address = f"{desk(ran)}?person={ran.ada.public_id}"
    page = browser.get(address)
    text = page.content.decode()
    assert text.count("<fieldset") == 2
    assert "Taking part in Vision board." in text
    post = {
        "seen": page.context["dossier"].seen,
        "reason": "Left early.",
        cell(ran.ada, "items"): "partly",
        "next": "1",
    }
    response = browser.post(address, post)
    assert response.headers["Location"] == f"{desk(ran)}?person={ran.grace.public_id}"
    assert ("Ada Lovelace", "items", "partly", "trainer") in stands()
    page = browser.get(response.headers["Location"])
    assert (page.context["dossier"].before, page.context["dossier"].after) == (ran.ada.public_id, "")
    assert browser.get(f"{desk(ran)}?person=nobody").status_code == 404


def test_before_any_exercise_and_before_anybody(held, world):
    browser = browser_of(world.tess)
    assert "Nobody has a seat yet" in browser.get(desk(held)).content.decode()
    _ = held.ada
    assert "No exercise was run in a live room yet" in browser.get(desk(held)).content.decode()


def test_signed_rows_are_text(ran, world):
    without_grace(ran)
    ran.received(ran.ada)
    text = browser_of(world.tess).get(desk(ran)).content.decode()
    assert (f'name="{cell(ran.ada, "items")}"' in text, f'name="{cell(ran.grace, "items")}"' in text) == (False, True)
    post = {"seen": "{}", "reason": "Spoke.", cell(ran.ada, "items"): "none"}
    response = browser_of(world.tess).post(desk(ran), post)
    assert (response.status_code, Coverage.objects.filter(source="trainer").count()) == (422, 0)


def test_a_table_for_spreadsheets_that_none_of_them_runs(ran, world):
    ran.there_throughout(ran.ada)
    ran.ada.name = '=HYPERLINK("https://evil.example")'
    ran.ada.save()
    response = browser_of(world.tess).get(desk(ran, "dossier.csv"))
    assert "attachment" in response.headers["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows == [
        [
            *("Person", "Day 1, minutes", "Day 2, minutes", "Minutes", "Minimum"),
            *("Took part in", "Exercises held", "Decision", "Vision board", "Items"),
        ],
        ['\'=HYPERLINK("https://evil.example")', "75", "60", "135", "135", "2", "2", "", "met (room)", "met (room)"],
        ["Grace Hopper", "0", "0", "0", "135", "1", "2", "", "partly (room)", "none (room)"],
    ]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1"])
def test_no_cell_is_a_formula(cell):
    assert formula_safe([cell, "Ada"]) == [f"'{cell}", "Ada"]


def test_the_learner_sees_their_own_and_what_counts(ran, world):
    ran.note(ran.grace, open=20)
    text = browser_of(world.grace).get(mine(ran.grace)).content.decode()
    assert "What counts: Taking part in Items." in text
    assert "You took part in 1 of 2" in text
    assert "20 of 30" in text
    assert "Ada" not in text


def test_nothing_yet(held, world):
    text = browser_of(world.ada).get(mine(held.ada)).content.decode()
    assert "Nothing yet" in text
    assert '<form method="post" class="form"' not in text


def test_a_remark_goes_to_the_trainer_and_the_answer_comes_back(ran, world):
    ada, tess = browser_of(world.grace), browser_of(world.tess)
    assert ada.post(mine(ran.grace), {"about": "items", "text": " I dictated mine. "}).status_code == 303
    assert ada.post(mine(ran.grace), {"about": "", "text": "I came at nine."}).status_code == 303
    assert "2 remarks" in tess.get(desk(ran)).content.decode()
    person = tess.get(f"{desk(ran)}?person={ran.grace.public_id}").content.decode()
    assert "“I dictated mine.”" in person

    on_minutes = Remark.objects.get(exercise=None)
    answer = desk(ran, f"remarks/{on_minutes.public_id}/answer")
    assert tess.post(answer, {"text": "The log says 9:20."}).headers["Location"].endswith(ran.grace.public_id)
    post = {"seen": "{}", "reason": "She dictated.", cell(ran.grace, "items"): "met"}
    tess.post(desk(ran), post)
    assert sorted(RemarkAnswer.objects.values_list("text", flat=True)) == ["She dictated.", "The log says 9:20."]
    text = ada.get(mine(ran.grace)).content.decode()
    assert "The log says 9:20." in text
    assert "Tess Trainer&#x27;s word: She dictated." in text


@pytest.mark.parametrize("text", ["", "   ", "a" * 501])
def test_a_remark_is_one_sentence(ran, world, text):
    response = browser_of(world.grace).post(mine(ran.grace), {"about": "items", "text": text})
    assert (response.status_code, Remark.objects.count()) == (422, 0)
    assert response.content.decode().count("<details open>") == 1


def test_on_an_exercise_of_another_workshop_there_is_nothing_to_remark(ran, world):
    elsewhere = world.workshop_with(state=Workshop.State.HELD)
    elsewhere.held_exercises.create(key="other", title="Other", position=1, is_required=True)
    response = browser_of(world.grace).post(mine(ran.grace), {"about": "other", "text": "Mine."})
    assert (response.status_code, Remark.objects.count()) == (404, 0)


def test_hostile_words_are_shown_and_never_run(ran, world):
    hostile = '<script>alert("x")</script>'
    browser_of(world.grace).post(mine(ran.grace), {"about": "items", "text": hostile})
    items = ran.workshop.held_exercises.get(key="items")
    correct_coverage(ran.ada, items, "none", reason=hostile, by=world.tess.actor, now=world.after_class)
    answer_remark(Remark.objects.get(), hostile, by=world.tess.actor, now=world.after_class)
    tess = browser_of(world.tess)
    pages = [tess.get(desk(ran)), *(tess.get(f"{desk(ran)}?person={s.public_id}") for s in (ran.ada, ran.grace))]
    pages += [browser_of(world.grace).get(mine(ran.grace)), browser_of(world.ada).get(mine(ran.ada))]
    assert [hostile in page.content.decode() for page in pages] == [False] * 5


def test_decisions_show_what_was_missed_and_ask_for_a_reason(ran, world):
    ran.there_throughout(ran.grace)
    browser = browser_of(world.tess)
    page = browser.get(desk(ran, "decisions"))
    text = page.content.decode()
    assert "Took part in 1 of 2 exercises." in text
    assert "No part in: Items." in " ".join(text.split())
    post = {"seen": page.context["page"].seen, f"decision.{ran.grace.public_id}": "eligible"}
    response = browser.post(desk(ran, "decisions"), post)
    assert (response.status_code, "had no part in “Items”" in response.content.decode()) == (422, True)


def test_the_body_reads_what_was_signed(ran, world):
    board = ran.workshop.held_exercises.get(key="vision-board")
    correct_coverage(ran.ada, board, "partly", reason="Spoke.", by=world.tess.actor, now=world.after_class)
    without_grace(ran)
    roster = ran.received(ran.ada)
    bo = browser_of(world.bo)
    assert "took part in 2 of 2" in bo.get(f"/body/rosters/{roster.public_id}").content.decode()
    page = bo.get(f"/body/rosters/{roster.public_id}/lines/{ran.line_of(ran.ada).public_id}")
    dossier = page.context["dossier"]
    assert [(row.noted.exercise.key, row.signed.level, row.signed.source) for row in dossier.exercises] == [
        ("vision-board", "partly", "trainer"),
        ("items", "met", "room"),
    ]
    assert [(change.by, change.mark.exercise.key, change.mark.level) for change in dossier.mark_changes] == [
        ("system:room", "vision-board", "met"),
        ("system:room", "items", "met"),
        ("Tess Trainer", "vision-board", "partly"),
    ]
    assert "Tess Trainer&#x27;s word: Spoke." in page.content.decode()


def test_on_paper_nothing_of_this_is_seen(held, world):
    roster = held.received(held.ada)
    line = f"/body/rosters/{roster.public_id}/lines/{held.line_of(held.ada).public_id}"
    bo = browser_of(world.bo)
    told = bo.get(f"/body/rosters/{roster.public_id}").content.decode() + bo.get(line).content.decode()
    told += browser_of(world.tess).get(desk(held, "decisions")).content.decode()
    assert ("took part in" in told, "Took part in" in told, "Exercises" in told) == (False, False, False)


def test_what_was_seen_holds_the_levels(ran, world):
    page = browser_of(world.tess).get(f"{desk(ran)}?person={ran.grace.public_id}")
    seen = json.loads(page.context["dossier"].seen)
    assert seen == {cell(ran.grace, "vision-board"): "partly", cell(ran.grace, "items"): "none"}
