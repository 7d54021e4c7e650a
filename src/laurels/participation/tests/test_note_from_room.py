import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.participation.actions import note_from_room
from laurels.participation.facts import AttendanceNoted
from laurels.participation.models import Attendance
from laurels.workshops.models import Workshop


def counted(held, seat, **minutes):
    """What the room's clock says, by block key."""
    places = {(seat.pk, held.blocks[key].pk): number for key, number in minutes.items()}
    return note_from_room(held.workshop, places, by=held.room, now=held.world.after_class)


def noted(seat):
    return dict(Attendance.objects.filter(seat=seat).values_list("block__key", "minutes"))


def test_the_rooms_minutes_are_written_and_told_once(held):
    assert counted(held, held.ada, open=30, vision=20) == 2
    assert noted(held.ada) == {"open": 30, "vision": 20}
    assert set(Attendance.objects.values_list("source", "noted_by")) == {("room", None)}
    entry = Entry.objects.of(AttendanceNoted).get()
    assert (entry.by, len(entry.payload["cells"])) == ("system:room", 2)


def test_the_same_record_again_is_no_news(held):
    counted(held, held.ada, open=30)
    assert counted(held, held.ada, open=30) == 0
    assert Entry.objects.of(AttendanceNoted).count() == 1


def test_the_room_corrects_itself_in_both_directions(held):
    counted(held, held.ada, open=10, vision=45)
    assert counted(held, held.ada, open=25, vision=40) == 2
    assert noted(held.ada) == {"open": 25, "vision": 40}


def test_what_a_person_noted_by_hand_stands(held):
    held.note(held.ada, open=30, vision=10)
    assert counted(held, held.ada, open=5, vision=45) == 0
    assert noted(held.ada) == {"open": 30, "vision": 10}
    assert set(Attendance.objects.values_list("source", flat=True)) == {"grid"}


def test_a_person_corrects_the_room_and_from_then_on_their_word_stands(held, world):
    counted(held, held.ada, open=10)
    held.note(held.ada, open=30)
    assert counted(held, held.ada, open=12) == 0
    assert Attendance.objects.values_list("minutes", "source", "noted_by").get() == (30, "grid", world.tess.pk)


def test_no_more_than_the_block_has_none_below_nothing_and_none_in_a_break(held):
    assert counted(held, held.ada, open=31, vision=-4, **{"break": 15}) == 2
    assert noted(held.ada) == {"open": 30, "vision": 0}


def test_who_is_signed_or_gave_up_the_seat_is_left_out(held, world):
    gone = held.seat_of(world.person("Gone"), state="cancelled")
    elsewhere = held.seat_of(world.grace, workshop=world.workshop_with(state=Workshop.State.HELD))
    held.received(held.ada)
    vision = held.blocks["vision"].pk
    places = {(seat.pk, vision): 5 for seat in (held.ada, gone, elsewhere, held.alan)}
    assert note_from_room(held.workshop, places, by=held.room, now=world.after_class) == 1
    assert (noted(held.ada)["vision"], noted(held.alan), noted(gone), noted(elsewhere)) == (45, {"vision": 5}, {}, {})


def test_only_the_room_itself_writes_its_record(held, world):
    place = {(held.ada.pk, held.blocks["open"].pk): 30}
    for person in (world.tess, world.sam, world.ada, world.mallory):
        with pytest.raises(Refused, match="Only the live room"):
            note_from_room(held.workshop, place, by=person.actor, now=world.after_class)
    assert Attendance.objects.count() == 0


@pytest.mark.parametrize("state", [Workshop.State.CLOSED, Workshop.State.CANCELLED])
def test_a_closed_workshop_stays_as_it_is(held, state):
    held.changes["state"] = state
    with pytest.raises(Refused, match="closed or cancelled"):
        counted(held, held.ada, open=30)


def test_nobody_is_nothing(held):
    assert counted(held, held.ada) == 0
    assert Entry.objects.of(AttendanceNoted).count() == 0
