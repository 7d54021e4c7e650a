"""From a card on a phone to the trainer's dossier: what the room saw becomes evidence."""

from datetime import timedelta

from laurels.journal.worker import drain
from laurels.participation.models import Attendance, Coverage
from laurels.rooms import actions
from laurels.rooms.tests.test_a_class import PLAN, started
from laurels.workshops.models import Seat, Workshop


def seat(world, person):
    return Seat.objects.create(workshop=world.workshop, person=person, name=person.name, taken_at=world.morning)


def test_minutes_and_taking_part_reach_the_dossier_by_themselves(world, db):
    Workshop.objects.filter(pk=world.workshop.pk).update(state=Workshop.State.RUNNING)
    block = world.curriculum.blocks.in_order().first()
    room = actions.open_room(world.workshop, {block.pk: [PLAN]}, by=world.tess.actor, now=world.morning)
    ada = actions.take_seat(room, seat(world, world.ada), by=world.ada.actor, now=world.morning)
    somebody = actions.take_seat(room, seat(world, world.grace), by=world.mallory.actor, now=world.morning)
    activity = started(world, room)
    for zone in ("needs", "goals"):
        form = {"text": ["One thought"], "zone": [zone]}
        for who in (ada, somebody):
            actions.act(activity.canvases.get(), who, "write", form, by=world.ada.actor, now=world.morning)
    for tick in range(41):
        actions.note_here([ada.pk, somebody.pk], now=world.morning + timedelta(seconds=15 * tick))
    actions.end_activity(activity, by=world.tess.actor, now=world.morning + timedelta(minutes=10))
    drain(is_strict=True)

    seen = Attendance.objects.values_list("seat__name", "minutes", "source")
    assert list(seen) == [("Ada Lovelace", 10, "room")]
    assert list(Coverage.objects.values_list("seat__name", "level")) == [("Ada Lovelace", "met")]

    actions.confirm(somebody, by=world.tess.actor, now=world.noon)
    drain(is_strict=True)

    covered = Coverage.objects.order_by("seat__name").values_list("seat__name", "level")
    assert list(covered) == [("Ada Lovelace", "met"), ("Grace Hopper", "met")]
    assert Attendance.objects.filter(seat__name="Grace Hopper").values_list("minutes", flat=True).get() == 10
