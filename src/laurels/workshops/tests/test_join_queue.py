import pytest
from django.db import IntegrityError, transaction

from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.workshops.actions import change_wish, join_queue, leave_queue, tell_of_queue
from laurels.workshops.models import QueuePlace
from laurels.workshops.queries import position_of
from laurels.workshops.tests.queueing import full_class, waiting

State = QueuePlace.State


def test_who_asks_first_stands_first(world):
    full_class(world)
    places = waiting(world, "Ann", "Ben", "Cleo")
    assert [(place.state, position_of(place)) for place in places] == [("waiting", 1), ("waiting", 2), ("waiting", 3)]


def test_joining_again_gives_the_same_place(world):
    full_class(world)
    first = join_queue(world.harbour, world.course, world.ada, by=world.ada.actor, now=world.morning)
    again = join_queue(world.harbour, world.course, world.ada, seats=3, by=world.ada.actor, now=world.noon)
    assert (again, again.seats, QueuePlace.objects.count()) == (first, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        QueuePlace.objects.create(queue=first.queue, person=world.ada, turn=99, joined_at=world.noon)


def test_nobody_waits_for_what_can_be_booked(world):
    full_class(world)
    free = world.workshop_with(capacity=2, starts_on=world.today.replace(month=5), ends_on=world.today.replace(month=5))
    who = {"by": world.ada.actor, "now": world.morning}
    with pytest.raises(Refused, match="There are free seats on 2 May 2026"):
        join_queue(world.harbour, world.course, world.ada, **who)
    with pytest.raises(Refused, match="There are free seats"):
        join_queue(world.harbour, world.course, world.ada, dates=[free.public_id], **who)
    assert join_queue(world.harbour, world.course, world.ada, seats=3, **who).seats == 3


@pytest.mark.parametrize(
    ("wish", "words"),
    [({"seats": 0}, "1 to 10"), ({"seats": 11}, "1 to 10"), ({"dates": []}, "at least one"),
     ({"dates": ["elsewhere"]}, "at least one")],
)  # fmt: skip
def test_a_wish_that_cannot_be(world, wish, words):
    full_class(world)
    with pytest.raises(Refused, match=words):
        join_queue(world.harbour, world.course, world.ada, **wish, by=world.ada.actor, now=world.morning)
    assert QueuePlace.objects.count() == 0


def test_everybody_joins_for_themselves(world):
    full_class(world)
    with pytest.raises(Refused, match="for themselves"):
        join_queue(world.harbour, world.course, world.ada, by=world.mallory.actor, now=world.morning)


def test_another_wish_keeps_the_turn(world):
    workshop, _seats = full_class(world)
    ann, ben = waiting(world, "Ann", "Ben")
    changed = change_wish(ann, seats=2, dates=[workshop.public_id], by=ann.person.actor, now=world.noon)
    assert (changed.turn, changed.seats, changed.is_any, list(changed.wishes.all())) == (ann.turn, 2, False, [workshop])
    with pytest.raises(Refused, match="Only whoever waits"):
        change_wish(ann, seats=1, by=ben.person.actor, now=world.noon)


def test_whoever_leaves_and_joins_again_is_last(world):
    full_class(world)
    ann, ben = waiting(world, "Ann", "Ben")
    left = leave_queue(ann, by=ann.person.actor, now=world.noon)
    assert leave_queue(ann, by=ann.person.actor, now=world.noon).ended_at == left.ended_at == world.noon
    again = join_queue(world.harbour, world.course, ann.person, by=ann.person.actor, now=world.noon)
    assert (left.state, position_of(ben), position_of(again)) == (State.LEFT, 1, 2)
    with pytest.raises(Refused, match="Only whoever waits"):
        leave_queue(ben, by=world.mallory.actor, now=world.noon)
    assert leave_queue(ben, by=world.sam.actor, now=world.noon).state == State.LEFT


def test_the_letter_says_where_one_stands(world):
    full_class(world)
    waiting(world, "Ann")
    place = waiting(world, "Ben")[0]
    letter = tell_of_queue(place, by=world.sam.actor, now=world.noon)
    assert letter == Letter.objects.to_email("ben@queue.example").get()
    assert "Your place: 2" in letter.text
    assert "one seat, any date" in letter.text
    assert "/courses/cspo/queue?provider=harbour" in letter.text
