"""Two at once, on either engine: exactly one outcome. Each has a control that goes wrong without the lock."""

from collections.abc import Callable
from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import connection

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.participation import facts
from laurels.participation.actions import (
    accept_line,
    attest_throughout,
    correct_coverage,
    note_attendance,
    note_from_room,
    return_line,
    room,
    ruling,
    sign_roster,
    submit_roster,
)
from laurels.participation.models import (
    Attendance,
    Attestation,
    Coverage,
    HeldExercise,
    Line,
    Roster,
    RosterQuerySet,
    Submission,
)
from laurels.participation.tests.conftest import Class
from laurels.workshops.models import WorkshopQuerySet
from tests.world.cast import World

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def held():
    return Class(World())


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run all, started together, each on its own connection; results and refusals in their order."""
    barrier, results = Barrier(len(works)), [None] * len(works)

    def run(place: int, work: Callable[[], object]) -> None:
        try:
            barrier.wait()
            results[place] = work()
        except Refused as refused:
            results[place] = refused.refusal.code
        except Exception as broken:
            results[place] = broken
        finally:
            connection.close()

    threads = [Thread(target=run, args=(place, work)) for place, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_four_sign_at_once_and_one_roster_is_made(held):
    held.decided(held.ada, held.grace)
    tess, now = held.world.tess.actor, held.world.after_class
    results = at_once(*[lambda: sign_roster(held.workshop, by=tess, now=now)] * 4)
    assert results == [Roster.objects.get()] * 4
    assert (Line.objects.count(), Entry.objects.of(facts.RosterSigned).count()) == (2, 1)


def test_submitted_twice_at_once(held):
    roster = held.signed(held.ada)
    by, now = [held.world.tess.actor, held.world.sam.actor], held.world.after_class
    results = at_once(*[lambda actor=actor: submit_roster(roster, by=actor, now=now) for actor in by * 2])
    assert results == [roster] * 4
    assert (Submission.objects.count(), Entry.objects.of(facts.RosterSubmitted).count()) == (1, 1)


def accept_and_return(held, line):
    bo, now = held.world.bo.actor, held.world.after_class
    return at_once(
        lambda: accept_line(line, by=bo, now=now).state,
        lambda: return_line(line, reason="No", by=bo, now=now).state,
    )


def test_accepted_and_returned_at_once_is_one_of_them(held):
    held.received(held.ada)
    line = held.line_of(held.ada)
    results = accept_and_return(held, line)
    line.refresh_from_db()
    assert sorted(results) == sorted([line.state, "not-open"])
    rulings = Entry.objects.of(facts.LineAccepted).count() + Entry.objects.of(facts.LineReturned).count()
    assert (rulings, Entry.objects.of(facts.RosterSettled).count()) == (1, 1)


def test_control_without_the_lock_a_line_is_ruled_twice(held, monkeypatch):
    """Both read before either writes. SQLite has one writer at a time anyway, so only PostgreSQL goes wrong here."""
    held.received(held.ada, held.grace)
    line, read = held.line_of(held.ada), ruling._locked

    def read_slowly(line):
        found = read(line)
        sleep(0.3)
        return found

    monkeypatch.setattr(RosterQuerySet, "lock", lambda rosters, pk: rosters.get(pk=pk))
    monkeypatch.setattr(ruling, "_locked", read_slowly)
    results = accept_and_return(held, line)
    if connection.vendor == "postgresql":
        assert results == ["accepted", "returned"]
    else:
        assert "ruled" in results


def test_two_note_different_people_at_once_and_both_stand(held):
    places = [(seat.pk, held.blocks["open"].pk) for seat in (held.ada, held.grace)]
    actors, now = [held.world.tess.actor, held.world.sam.actor], held.world.after_class
    at_once(
        *[
            lambda place=place, by=by: note_attendance(held.workshop, {place: 30}, seen={}, by=by, now=now)
            for place, by in zip(places, actors, strict=True)
        ]
    )
    assert Attendance.objects.filter(minutes=30).count() == 2


def test_two_note_one_cell_at_once_and_the_second_is_told(held):
    place = (held.ada.pk, held.blocks["open"].pk)
    actors, now = [held.world.tess.actor, held.world.sam.actor], held.world.after_class
    results = at_once(
        *[
            lambda by=by, minutes=minutes: note_attendance(
                held.workshop, {place: minutes}, seen={place: None}, by=by, now=now
            )
            for by, minutes in zip(actors, (20, 30), strict=True)
        ]
    )
    assert sorted(len(noting.kept) for noting in results) == [0, 1]
    winner = next(noting for noting in results if noting.changed)
    assert winner.changed == {place: Attendance.objects.get().minutes}


def test_decided_twice_at_once(held):
    held.there_throughout(held.ada, held.grace)
    tess, now = held.world.tess.actor, held.world.after_class
    at_once(*[lambda: attest_throughout(held.workshop, by=tess, now=now)] * 3)
    assert Attestation.objects.count() == 2


def test_a_name_changed_while_signing_is_in_the_roster_or_refused(held):
    held.decided(held.ada)
    tess, now = held.world.tess.actor, held.world.after_class
    signed, declared = at_once(
        lambda: sign_roster(held.workshop, by=tess, now=now),
        lambda: held.confirm(held.ada, certificate_name="Ada King"),
    )
    line = Line.objects.get()
    assert isinstance(signed, Roster)
    assert line.certificate_name == ("Ada Lovelace" if declared == "signed" else "Ada King")


def sign_and_note(held):
    """Sign the roster, and meanwhile the room says that Ada had no part in an exercise."""
    tess, now = held.world.tess.actor, held.world.after_class
    return at_once(
        lambda: sign_roster(held.workshop, by=tess, now=now),
        lambda: held.ran("vision-board", {held.ada: "none"}),
    )


def test_an_exercise_noted_while_signing_is_left_out_or_holds_it_up(held):
    held.decided(held.ada)
    signed, noted = sign_and_note(held)
    assert isinstance(noted, HeldExercise)
    if isinstance(signed, Roster):
        assert (Coverage.objects.count(), Line.objects.get().coverage) == (0, {})
    else:
        assert (signed, Line.objects.count(), Coverage.objects.get().level) == ("outdated", 0, "none")


def test_control_without_the_lock_a_signed_person_is_noted(held, monkeypatch):
    """The room reads who is signed, the roster is signed, the room writes. SQLite has one writer at a time anyway."""
    held.decided(held.ada)
    read = room._open_seats

    def read_slowly(workshop, wanted):
        found = read(workshop, wanted)
        sleep(0.5)
        return found

    monkeypatch.setattr(WorkshopQuerySet, "lock", lambda workshops, pk: workshops.get(pk=pk))
    monkeypatch.setattr(room, "_open_seats", read_slowly)
    signed, _noted = sign_and_note(held)
    if connection.vendor == "postgresql":
        assert (type(signed), Coverage.objects.count(), Line.objects.get().coverage) == (Roster, 1, {})
    else:
        assert (isinstance(signed, Roster), Coverage.objects.count()) in [(True, 0), (False, 1)]


def test_two_rooms_note_one_exercise_at_once_and_it_is_one_column(held):
    seats = [held.ada, held.grace]
    at_once(*[lambda seat=seat: held.ran("vision-board", {seat: "met"}) for seat in seats])
    assert (HeldExercise.objects.count(), Coverage.objects.filter(level="met").count()) == (1, 2)
    assert Entry.objects.of(facts.ExerciseHeld).count() == 1


def test_the_room_and_the_trainer_at_once_and_the_trainers_word_stands(held):
    board = held.ran("vision-board", {held.ada: "none"})
    tess, now = held.world.tess.actor, held.world.after_class
    at_once(
        lambda: correct_coverage(held.ada, board, "partly", reason="Spoke.", by=tess, now=now),
        lambda: held.ran("vision-board", {held.ada: "met"}),
    )
    assert (Coverage.objects.get().level, Coverage.objects.get().source) == ("partly", "trainer")


def test_the_room_and_a_person_note_one_block_at_once_and_the_person_stands(held):
    place = {(held.ada.pk, held.blocks["open"].pk): 12}
    at_once(
        lambda: note_from_room(held.workshop, place, by=held.room, now=held.world.after_class),
        lambda: held.note(held.ada, open=30),
    )
    assert (Attendance.objects.get().minutes, Attendance.objects.get().source) == (30, "grid")
