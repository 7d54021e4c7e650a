import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.participation import queries
from laurels.participation.actions import correct_coverage, correct_coverages, note_coverage
from laurels.participation.facts import CoverageCorrected, CoverageNoted, ExerciseHeld
from laurels.participation.models import Coverage, HeldExercise
from laurels.participation.rules import Held
from laurels.workshops.models import Workshop


def levels(seat):
    rows = Coverage.objects.filter(seat=seat).order_by("exercise__position")
    return list(rows.values_list("exercise__key", "level", "source"))


def correct(held, seat, exercise, level, reason="She spoke for her table.", by=None):
    by = by or held.world.tess
    return correct_coverage(seat, exercise, level, reason=reason, by=by.actor, now=held.world.after_class)


def test_who_took_part_is_noted_and_told_once(held):
    exercise = held.ran("vision-board", {held.ada: "met", held.grace: "none"})
    assert levels(held.ada) == [("vision-board", "met", "room")]
    assert levels(held.grace) == [("vision-board", "none", "room")]
    assert Entry.objects.of(ExerciseHeld).get().payload["exercise_id"] == exercise.pk
    cells = Entry.objects.of(CoverageNoted).get().payload["cells"]
    assert cells == [[held.ada.pk, exercise.pk, "met"], [held.grace.pk, exercise.pk, "none"]]


def test_the_same_again_changes_nothing(held):
    held.ran("vision-board", {held.ada: "met"})
    held.ran("vision-board", {held.ada: "met"})
    assert (HeldExercise.objects.count(), Entry.objects.of(CoverageNoted).count()) == (1, 1)
    assert Entry.objects.of(ExerciseHeld).count() == 1


@pytest.mark.parametrize(("first", "second", "stands"), [("partly", "met", "met"), ("met", "none", "met")])
def test_held_again_the_better_level_stays(held, first, second, stands):
    held.ran("vision-board", {held.ada: first})
    held.ran("vision-board", {held.ada: second})
    assert levels(held.ada) == [("vision-board", stands, "room")]


def test_the_column_says_what_was_run_latest(held, world):
    held.ran("vision-board", {held.ada: "met"})
    again = Held("vision-board", "Vision, second try", "One card.", None, 4, False)
    assert note_coverage(held.workshop, again, {held.ada.pk: "met"}, by=held.room, now=world.after_class) == 0
    exercise = HeldExercise.objects.get()
    assert (exercise.title, exercise.says, exercise.block, exercise.position, exercise.is_required) == (
        "Vision, second try",
        "One card.",
        None,
        4,
        False,
    )


def test_a_trainers_word_stands_against_the_room(held):
    exercise = held.ran("vision-board", {held.ada: "none"})
    correct(held, held.ada, exercise, "partly")
    held.ran("vision-board", {held.ada: "met"})
    assert levels(held.ada) == [("vision-board", "partly", "trainer")]


def test_who_is_signed_or_gave_up_the_seat_is_left_out(held, world):
    gone = held.seat_of(world.person("Gone"), state="cancelled")
    held.received(held.ada)
    held.ran("vision-board", {held.ada: "met", gone: "met", held.alan: "met"})
    assert (levels(held.ada), levels(gone)) == ([], [])
    assert levels(held.alan) == [("vision-board", "met", "room")]


def test_an_unknown_level_is_a_mistake_of_ours(held):
    with pytest.raises(ValueError, match="brilliant"):
        held.ran("vision-board", {held.ada: "brilliant"})
    assert HeldExercise.objects.count() == 0


def test_only_the_room_itself_writes_its_record(held, world):
    exercise = Held("x", "X", "", None, 1, True)
    for person in (world.tess, world.sam, world.ada):
        with pytest.raises(Refused, match="Only the live room"):
            note_coverage(held.workshop, exercise, {held.ada.pk: "met"}, by=person.actor, now=world.after_class)


def test_the_trainer_says_how_it_was_seen(held, world):
    exercise = held.ran("vision-board", {held.ada: "none"})
    coverage = correct(held, held.ada, exercise, "met", reason="  She spoke; one device for the table. ")
    assert (coverage.level, coverage.source, coverage.marked_by) == ("met", "trainer", world.tess)
    assert coverage.reason == "She spoke; one device for the table."
    assert correct(held, held.ada, exercise, "met", reason="She spoke; one device for the table.") == coverage
    assert Entry.objects.of(CoverageCorrected).get().payload["cells"] == [[held.ada.pk, exercise.pk, "met"]]


def test_a_word_without_a_reason_or_of_no_meaning_is_refused(held):
    exercise = held.ran("vision-board", {held.ada: "none"})
    with pytest.raises(Refused, match="Say in one sentence"):
        correct(held, held.ada, exercise, "met", reason="  ")
    with pytest.raises(Refused, match="Write M for met"):
        correct(held, held.ada, exercise, "brilliant")
    assert levels(held.ada) == [("vision-board", "none", "room")]


def test_only_a_trainer_of_this_workshop_says_who_took_part(held, world):
    exercise = held.ran("vision-board", {held.ada: "none"})
    colleague = world.with_role(world.person("Tom Trainer"), "trainer", world.harbour)
    for person in (colleague, world.sam, world.olive, world.bo, world.mallory, world.ada):
        with pytest.raises(Refused, match="Only a trainer of this workshop"):
            correct(held, held.ada, exercise, "met", by=person)


@pytest.mark.parametrize("state", [Workshop.State.ANNOUNCED, Workshop.State.CLOSED])
def test_while_it_runs_and_until_it_is_closed(held, state):
    exercise = held.ran("vision-board", {held.ada: "none"})
    Workshop.objects.update(state=state)
    with pytest.raises(Refused, match="until it is closed"):
        correct(held, held.ada, exercise, "met")


def test_what_is_signed_stays_until_the_line_is_returned(held):
    exercise = held.ran("vision-board", {held.ada: "met"})
    held.received(held.ada)
    with pytest.raises(Refused, match="signed roster, version 1"):
        correct(held, held.ada, exercise, "none")
    held.send_back(held.ada)
    correct(held, held.ada, exercise, "none")
    assert levels(held.ada) == [("vision-board", "none", "trainer")]


def test_many_with_one_sentence_are_all_or_nothing(held, world):
    exercise = held.ran("vision-board", {held.ada: "none", held.grace: "none"})
    foreign = held.seat_of(world.person("Elsa"), workshop=world.workshop_with(state=Workshop.State.HELD))
    places = {(seat.pk, exercise.pk): "met" for seat in (held.ada, held.grace)}
    with pytest.raises(Refused, match="does not belong"):
        many(held, {**places, (foreign.pk, exercise.pk): "met"})
    assert len(many(held, places).changed) == 2
    assert many(held, places).changed == {}


def many(held, places, seen=None):
    tess, now = held.world.tess.actor, held.world.after_class
    return correct_coverages(held.workshop, places, reason="One laptop at table 3.", seen=seen, by=tess, now=now)


def test_what_changed_after_the_page_was_shown_stands_and_is_told(held):
    exercise = held.ran("vision-board", {held.ada: "none", held.grace: "none"})
    places = {(seat.pk, exercise.pk): "partly" for seat in (held.ada, held.grace)}
    held.ran("vision-board", {held.ada: "met"})
    correcting = many(held, places, seen=dict.fromkeys(places, "none"))
    assert [(kept.seat, kept.exercise, kept.level) for kept in correcting.kept] == [(held.ada, exercise, "met")]
    assert correcting.changed == {(held.grace.pk, exercise.pk): "partly"}


def test_whom_nothing_names_had_no_part(held):
    held.ran("vision-board", {held.ada: "partly"})
    held.ran("items", {}, position=2, is_required=False)
    _ = held.grace
    found = {someone.name: someone for someone in queries.participants(held.workshop)}
    told = {
        name: [(covered.key, covered.level, covered.source) for covered in someone.coverage]
        for name, someone in found.items()
    }
    assert told == {
        "Ada Lovelace": [("vision-board", "partly", "room"), ("items", "none", "room")],
        "Grace Hopper": [("vision-board", "none", "room"), ("items", "none", "room")],
    }
    assert [covered.key for covered in found["Grace Hopper"].missed] == ["vision-board"]
    assert (found["Ada Lovelace"].missed, found["Ada Lovelace"].took_part) == ([], 1)
