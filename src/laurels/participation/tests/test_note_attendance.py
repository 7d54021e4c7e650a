import pytest

from laurels.journal.models import Entry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.participation.actions import note_attendance
from laurels.participation.facts import AttendanceNoted
from laurels.participation.models import Attendance
from laurels.workshops.models import Workshop


def noted(seat):
    return dict(Attendance.objects.filter(seat=seat).values_list("block__key", "minutes"))


def test_minutes_are_noted_and_told_once(held, world):
    noting = held.note(held.ada, open=30, vision=20)

    assert noted(held.ada) == {"open": 30, "vision": 20}
    assert len(noting.changed) == 2
    entry = Entry.objects.about(held.workshop.topic).of(AttendanceNoted).get()
    open_block, vision = held.blocks["open"].pk, held.blocks["vision"].pk
    assert entry.payload["cells"] == [[held.ada.pk, open_block, 30], [held.ada.pk, vision, 20]]
    assert (entry.by, entry.at) == (f"person:{world.tess.pk}", world.after_class)


def test_the_same_minutes_again_are_no_news(held):
    held.note(held.ada, open=30)
    assert held.note(held.ada, open=30).changed == {}
    assert Entry.objects.of(AttendanceNoted).count() == 1


def test_a_correction_keeps_who_and_when(held, world):
    held.note(held.ada, open=30)
    held.note(held.ada, open=10, by=world.sam, now=world.after_class.replace(hour=20))
    row = Attendance.objects.get()
    assert (row.minutes, row.noted_by, row.noted_at.hour) == (10, world.sam, 20)


def test_an_entry_somebody_else_made_meanwhile_stands(held, world):
    place = (held.ada.pk, held.blocks["open"].pk)
    held.note(held.ada, open=25, by=world.sam)

    noting = held.note(held.ada, open=30, vision=45, seen={place: None})

    assert noted(held.ada) == {"open": 25, "vision": 45}
    assert [(kept.seat, kept.block.key, kept.minutes) for kept in noting.kept] == [(held.ada, "open", 25)]


def test_two_who_note_the_same_do_not_collide(held, world):
    place = (held.ada.pk, held.blocks["open"].pk)
    held.note(held.ada, open=30, by=world.sam)
    assert held.note(held.ada, open=30, seen={place: None}).kept == []


@pytest.mark.parametrize(
    ("minutes", "words"),
    [({"open": 31}, "lasts 30 minutes"), ({"open": -1}, "lasts 30 minutes"), ({"break": 15}, "is a break")],
)
def test_no_more_minutes_than_the_block_has_and_none_in_a_break(held, minutes, words):
    with pytest.raises(Refused, match=words):
        held.note(held.ada, **minutes)
    assert noted(held.ada) == {}


def test_one_bad_cell_writes_nothing(held):
    with pytest.raises(Refused):
        held.note(held.ada, open=30, vision=46)
    assert noted(held.ada) == {}


@pytest.mark.parametrize("state", [Workshop.State.RUNNING, Workshop.State.HELD])
def test_while_it_runs_and_after(held, state):
    held.changes["state"] = state
    held.note(held.ada, open=30)
    assert noted(held.ada) == {"open": 30}


@pytest.mark.parametrize(
    "state", [Workshop.State.ANNOUNCED, Workshop.State.CONFIRMED, Workshop.State.CLOSED, Workshop.State.CANCELLED]
)
def test_not_before_and_not_after_closing(held, state):
    held.changes["state"] = state
    with pytest.raises(Refused, match="while the workshop runs"):
        held.note(held.ada, open=30)


def test_trainers_of_the_workshop_and_staff_of_the_provider_only(held, world):
    colleague = world.with_role(world.person("Tom Trainer"), "trainer", world.harbour)
    for stranger in (colleague, world.mallory, world.bo, world.ada):
        with pytest.raises(Refused, match="Only this workshop's trainers"):
            held.note(held.ada, open=30, by=stranger)
    for entitled in (world.tess, world.sam, world.olive):
        held.note(held.ada, open=30, by=entitled)
    assert noted(held.ada) == {"open": 30}


def test_a_seat_of_another_workshop_is_refused(held, world):
    elsewhere = world.workshop_with(state=Workshop.State.HELD)
    seat = held.seat_of(world.grace, workshop=elsewhere)
    with pytest.raises(Refused, match="does not belong"):
        held.note(seat, open=30)


def test_a_cancelled_seat_is_refused(held, world):
    seat = held.seat_of(world.grace, state="cancelled")
    with pytest.raises(Refused, match="does not belong"):
        held.note(seat, open=30)


def test_signed_minutes_stay_until_the_body_returns_the_line(held):
    held.received(held.ada)
    with pytest.raises(Refused, match="signed roster, version 1"):
        held.note(held.ada, open=10)

    held.send_back(held.ada)
    held.note(held.ada, open=10)
    assert noted(held.ada)["open"] == 10


def test_a_big_import_is_told_in_batches(held, world):
    places = {(held.ada.pk, held.blocks["open"].pk): 30, (held.grace.pk, held.blocks["open"].pk): 30}
    note_attendance(held.workshop, places, by=Actor.of_system("test"), now=world.after_class)
    assert Attendance.objects.filter(noted_by=None).count() == 2
