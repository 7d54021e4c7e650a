"""A class in its room: opened, joined, conducted, acted in; and what it leaves as evidence."""

from datetime import timedelta

import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.rooms import actions, queries
from laurels.rooms.models import Activity, Card, Participant, Room
from laurels.workshops.models import Seat

PLAN = {
    "key": "vision-board",
    "title": "Vision board",
    "kind": "board",
    "minutes": 30,
    "settings": {"zones": [{"key": "needs", "title": "Needs"}, {"key": "goals", "title": "Goals"}]},
    "step": [
        {"title": "Write", "minutes": 5, "allow": ["write"], "hidden": True},
        {"title": "Vote", "minutes": 3, "allow": ["vote"], "votes": 2},
    ],
    "taking_part": {"says": "Two sections", "all": [{"deed": "zone", "times": 2}]},
}
TRIM = PLAN | {
    "key": "trim",
    "title": "Trim it",
    "brings": [{"from": "vision-board", "place": "needs", "into": "goals", "most": 1}],
    "step": [{"title": "Move", "allow": ["place"]}],
}


@pytest.fixture
def room(world, db):
    blocks = list(world.curriculum.blocks.in_order())
    exercises = {blocks[0].pk: [PLAN, TRIM]}
    return actions.open_room(world.workshop, exercises, by=world.tess.actor, now=world.morning)


def seat(world, person):
    return Seat.objects.create(workshop=world.workshop, person=person, name=person.name, taken_at=world.morning)


def joined(world, room, person):
    return actions.take_seat(room, seat(world, person), by=person.actor, now=world.morning)


def started(world, room, title="Vision board"):
    activity = room.activities.get(title=title)
    return actions.start_activity(activity, by=world.tess.actor, now=world.morning)


def write(canvas, participant, world, **values):
    form = {name: [value] for name, value in values.items()}
    return actions.act(canvas, participant, "write", form, by=world.ada.actor, now=world.morning)


def test_the_run_sheet_comes_from_the_agenda(world, room):
    sheet = [(line.title, line.is_break, line.exercise) for line in queries.run_sheet(room)]

    assert sheet[:2] == [("Vision board", False, "vision-board"), ("Trim it", False, "trim")]
    assert len(sheet) == world.curriculum.blocks.count() + 1
    assert actions.open_room(world.workshop, {}, by=world.tess.actor, now=world.noon) == room


def test_strangers_open_no_rooms(world, db):
    with pytest.raises(Refused, match="Only this workshop's trainers"):
        actions.open_room(world.workshop, {}, by=world.mallory.actor, now=world.morning)

    assert Room.objects.count() == 0


def test_a_seat_is_claimed_once(world, room):
    adas = seat(world, world.ada)
    somebody = actions.take_seat(room, adas, by=world.grace.actor, now=world.morning)
    assert somebody.confirmed_at is None

    with pytest.raises(Refused, match="Somebody has joined as Ada Lovelace already"):
        actions.take_seat(room, adas, by=world.mallory.actor, now=world.morning)

    actions.remove(somebody, by=world.tess.actor, now=world.noon)
    ada = actions.take_seat(room, adas, by=world.ada.actor, now=world.noon)
    assert (ada.confirmed_at, ada.person) == (world.noon, world.ada)


def test_what_is_written_is_kept_once_and_in_order(world, room):
    ada = joined(world, room, world.ada)
    canvas = started(world, room).canvases.get()
    write(canvas, ada, world, text="Find a seat", zone="needs")
    write(canvas, ada, world, text="Sell out", zone="goals")

    assert list(Card.objects.order_by("pk").values_list("text", flat=True)) == ["Find a seat", "Sell out"]
    assert [act.verb for act in canvas.acts.order_by("number")] == ["enter", "write", "write"]
    told = Entry.objects.about(room.topic).values_list("fact", flat=True)
    assert list(told)[-3:] == ["rooms.Acted"] * 3


def test_taking_part_follows_the_rule_of_the_exercise(world, room):
    ada, grace = joined(world, room, world.ada), joined(world, room, world.grace)
    activity = started(world, room)
    canvas = activity.canvases.get()
    write(canvas, ada, world, text="Find a seat", zone="needs")
    assert queries.levels(activity) == {ada.pk: "partly", grace.pk: "none"}

    write(canvas, ada, world, text="Sell out", zone="goals")

    assert queries.levels(activity) == {ada.pk: "met", grace.pk: "none"}


def test_a_refused_act_leaves_nothing(world, room):
    ada = joined(world, room, world.ada)
    canvas = started(world, room).canvases.get()
    before = Entry.objects.count()

    with pytest.raises(Refused, match="no words"):
        write(canvas, ada, world, text="  ", zone="needs")

    canvas.refresh_from_db()
    assert (Entry.objects.count(), canvas.acts_count, Card.objects.count()) == (before, 1, 0)


def test_frozen_means_everybody_but_the_trainer(world, room):
    ada = joined(world, room, world.ada)
    canvas = started(world, room).canvases.get()
    tess = actions.join_as_trainer(room, world.tess, by=world.tess.actor, now=world.morning)
    actions.freeze(room, by=world.tess.actor, now=world.morning)

    with pytest.raises(Refused, match="paused everybody"):
        write(canvas, ada, world, text="Me", zone="needs")
    write(canvas, tess, world, text="A model card", zone="needs")
    actions.thaw(room, by=world.tess.actor, now=world.morning)
    write(canvas, ada, world, text="Me", zone="needs")

    assert [card.text for card in Card.objects.order_by("pk")] == ["A model card", "Me"]


def test_guests_watch(world, room):
    guest = actions.join_as_guest(room, "Gus", by=world.mallory.actor, now=world.morning)
    canvas = started(world, room).canvases.get()

    with pytest.raises(Refused, match="Guests watch"):
        write(canvas, guest, world, text="Hello", zone="needs")


def test_steps_move_for_everybody_and_set_the_timer(world, room):
    activity = started(world, room)
    assert activity.ends_at == world.morning + timedelta(minutes=5)

    activity = actions.enter_step(activity, 1, by=world.tess.actor, now=world.noon)
    assert (activity.step, activity.ends_at) == (1, world.noon + timedelta(minutes=3))

    later = world.noon + timedelta(minutes=10)
    assert actions.extend(activity, 2, by=world.tess.actor, now=later).ends_at == later + timedelta(minutes=2)
    with pytest.raises(Refused, match="no such step"):
        actions.enter_step(activity, 2, by=world.tess.actor, now=later)


def test_only_one_line_runs_at_a_time(world, room):
    activity = started(world, room)
    with pytest.raises(Refused, match="“Vision board” is still running"):
        started(world, room, "Trim it")

    actions.end_activity(activity, by=world.tess.actor, now=world.noon)

    assert started(world, room, "Trim it").state == Activity.State.RUNNING


def test_work_flows_on_to_the_next_exercise(world, room):
    ada = joined(world, room, world.ada)
    activity = started(world, room)
    canvas = activity.canvases.get()
    write(canvas, ada, world, text="Find a seat", zone="needs")
    write(canvas, ada, world, text="Sell out", zone="goals")
    actions.end_activity(activity, by=world.tess.actor, now=world.noon)

    desk = queries.desk_of(started(world, room, "Trim it").canvases.get())

    assert [[desk.cards[card].text for card in cards] for cards in desk.state.zones.values()] == [[], ["Find a seat"]]


def test_what_was_passed_on_does_not_come_twice(world, room):
    ada = joined(world, room, world.ada)
    activity = started(world, room)
    write(activity.canvases.get(), ada, world, text="A need", zone="needs")
    actions.end_activity(activity, by=world.tess.actor, now=world.noon)
    later = actions.add_exercise(room, unless_("vision-board"), by=world.tess.actor, now=world.noon)
    held = actions.add_exercise(room, unless_("never-held"), by=world.tess.actor, now=world.noon)

    for line, expected in ((later, []), (held, ["A need"])):
        line = actions.start_activity(line, by=world.tess.actor, now=world.noon)
        desk = queries.desk_of(line.canvases.get())
        assert [desk.cards[id_].text for id_ in desk.state.zones["goals"]] == expected
        actions.end_activity(line, by=world.tess.actor, now=world.noon)


def unless_(key):
    return TRIM | {"brings": [TRIM["brings"][0] | {"unless": key}]}


def test_each_team_has_its_own_canvas(world, room):
    ada, grace = joined(world, room, world.ada), joined(world, room, world.grace)
    actions.make_teams(room, 2, seed=1, by=world.tess.actor, now=world.morning)
    ada.refresh_from_db()
    grace.refresh_from_db()
    canvases = {canvas.team_id: canvas for canvas in started(world, room).canvases.all()}
    assert {ada.team_id, grace.team_id} == set(canvases)

    write(canvases[ada.team_id], ada, world, text="Ours", zone="needs")
    with pytest.raises(Refused, match="belongs to another team"):
        write(canvases[ada.team_id], grace, world, text="Theirs", zone="needs")


def test_minutes_present_are_the_servers_own(world, room):
    ada = joined(world, room, world.ada)
    activity = started(world, room)
    at = world.morning
    actions.note_here([ada.pk], now=at + timedelta(minutes=2))
    for minute in range(3, 13):
        actions.note_here([ada.pk], now=at + timedelta(minutes=minute, seconds=-30))
        actions.note_here([ada.pk], now=at + timedelta(minutes=minute))
    actions.note_gone([ada.pk], now=at + timedelta(minutes=12))
    actions.end_activity(activity, by=world.tess.actor, now=at + timedelta(minutes=10))

    assert queries.minutes_present(room) == {(ada.pk, activity.block_id): 10}


def test_silence_is_absence(world, room):
    ada = joined(world, room, world.ada)
    activity = started(world, room)
    actions.note_here([ada.pk], now=world.morning)
    actions.note_here([ada.pk], now=world.morning + timedelta(seconds=40))
    actions.note_here([ada.pk], now=world.morning + timedelta(minutes=20))
    actions.note_here([ada.pk], now=world.morning + timedelta(minutes=20, seconds=40))
    actions.end_activity(activity, by=world.tess.actor, now=world.morning + timedelta(minutes=30))

    assert queries.minutes_present(room) == {(ada.pk, activity.block_id): 1}
    assert [(row.ended_at is None) for row in ada.presences.order_by("began_at")] == [False, True]


def test_hands_go_up_and_down(world, room):
    ada = joined(world, room, world.ada)
    assert actions.raise_hand(ada, by=world.ada.actor, now=world.morning).hand_at == world.morning
    assert actions.lower_hand(ada, by=world.ada.actor, now=world.noon).hand_at is None
    assert Participant.objects.filter(hand_at__isnull=False).count() == 0
