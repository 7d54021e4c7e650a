import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.participation.actions import answer_remark, correct_coverage, remark
from laurels.participation.facts import RemarkAnswered, RemarkMade
from laurels.participation.models import Remark, RemarkAnswer
from laurels.workshops.models import Workshop


def says(held, seat, exercise=None, text="I was there.", by=None):
    return remark(seat, exercise, text, by=(by or seat.person).actor, now=held.world.after_class)


def test_the_learner_says_that_something_is_not_right(held, world):
    said = says(held, held.ada, text="  I was there\n all day. ")
    assert (said.text, said.exercise, list(Remark.objects.open())) == ("I was there all day.", None, [said])
    assert Entry.objects.of(RemarkMade).get().payload["remark_id"] == said.pk


def test_the_same_words_are_no_news_and_newer_words_replace_them(held):
    first = says(held, held.ada)
    assert says(held, held.ada) == first
    assert says(held, held.ada, text="I came at 9:10.") == first
    assert (Remark.objects.get().text, Entry.objects.of(RemarkMade).count()) == ("I came at 9:10.", 2)


def test_minutes_and_each_exercise_are_remarked_on_apart(held):
    board, items = (held.ran(key, {held.ada: "none"}) for key in ("vision-board", "items"))
    assert len({says(held, held.ada, exercise).pk for exercise in (None, board, items)}) == 3


@pytest.mark.parametrize(("text", "words"), [("  ", "Say in one sentence"), ("a" * 501, "too long")])
def test_one_sentence(held, text, words):
    with pytest.raises(Refused, match=words):
        says(held, held.ada, text=text)


def test_only_on_own_evidence(held, world):
    says(held, held.ada)
    for person in (world.grace, world.tess, world.sam, world.mallory):
        with pytest.raises(Refused, match="Only the person on this seat"):
            says(held, held.ada, by=person)
    elsewhere = world.workshop_with(state=Workshop.State.HELD).held_exercises.create(
        key="x", title="X", position=1, is_required=True
    )
    with pytest.raises(Refused, match="not held in this workshop"):
        says(held, held.ada, elsewhere)


@pytest.mark.parametrize("state", [Workshop.State.ANNOUNCED, Workshop.State.CLOSED])
def test_while_it_runs_and_until_it_is_closed(held, state):
    held.changes["state"] = state
    with pytest.raises(Refused, match="Remarks are open while"):
        says(held, held.ada)


def test_also_when_the_list_is_signed(held):
    held.received(held.ada)
    assert says(held, held.ada).text == "I was there."


def test_an_answer_in_a_sentence_closes_it_once(held, world):
    said = says(held, held.ada)
    answer = answer_remark(said, " The door log says 9:20. ", by=world.tess.actor, now=world.after_class)
    assert (answer.text, answer.by, Remark.objects.open().count()) == ("The door log says 9:20.", world.tess, 0)
    assert answer_remark(said, "Something else", by=world.sam.actor, now=world.after_class) == answer
    assert Entry.objects.of(RemarkAnswered).count() == 1
    assert says(held, held.ada) != said


def test_an_answer_has_words_and_comes_from_those_who_run_it(held, world):
    said = says(held, held.ada)
    for person in (world.ada, world.bo, world.mallory):
        with pytest.raises(Refused, match="trainers and its provider's staff"):
            answer_remark(said, "No.", by=person.actor, now=world.after_class)
    with pytest.raises(Refused, match="why it stands"):
        answer_remark(said, " ", by=world.tess.actor, now=world.after_class)
    assert Remark.objects.open().count() == 1


def test_a_correction_of_the_exercise_answers(held, world):
    board, items = (held.ran(key, {held.ada: "none"}) for key in ("vision-board", "items"))
    says(held, held.ada, board)
    other = [says(held, held.ada, items), says(held, held.grace, board), says(held, held.ada)]
    correct_coverage(held.ada, board, "met", reason="She spoke.", by=world.tess.actor, now=world.after_class)
    answer = RemarkAnswer.objects.get()
    assert (answer.remark.exercise, answer.text, answer.by) == (board, "She spoke.", world.tess)
    assert list(Remark.objects.open().oldest_first()) == other


def test_a_correction_of_the_minutes_answers_and_a_first_note_does_not(held, world):
    held.note(held.ada, open=10)
    says(held, held.ada)
    says(held, held.grace)
    held.note(held.ada, vision=45)
    assert RemarkAnswer.objects.count() == 0
    held.note(held.ada, open=30)
    assert RemarkAnswer.objects.get().remark.seat == held.ada
    assert Remark.objects.open().count() == 1
