"""The trainer changes the plan while the class goes on: lines, pace, teams, looking around, cards kept from screens."""

from datetime import timedelta

import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.rooms import actions, queries, rules
from laurels.rooms.channel import RoomChannel
from laurels.rooms.models import Activity, Card, Participant, Team
from laurels.rooms.tests.test_a_class import PLAN, joined, room, started, write  # noqa: F401


def titles(room):  # noqa: F811
    return [line.title for line in queries.run_sheet(room)][:4]


def frames(room, after, audiences, now):  # noqa: F811
    return RoomChannel().frames(room.topic, list(Entry.objects.about(room.topic).after(after)), audiences, now)


def test_lines_are_added_moved_and_repeated(world, room):  # noqa: F811
    conduct = {"by": world.tess.actor, "now": world.morning}
    board, trim = room.activities.in_order()[:2]

    stretch = actions.add_line(room, "Stretch", 5, is_break=True, after=board, **conduct)
    assert titles(room)[:3] == ["Vision board", "Stretch", "Trim it"]
    actions.move_line(stretch, 1, **conduct)
    assert titles(room)[:3] == ["Vision board", "Trim it", "Stretch"]
    actions.move_line(stretch, -99, **conduct)
    assert titles(room)[:3] == ["Stretch", "Vision board", "Trim it"]
    again = actions.repeat(board, **conduct)
    assert titles(room) == ["Stretch", "Vision board", "Vision board", "Trim it"]
    assert (again.plan, again.block, again.seed == board.seed) == (board.plan, board.block, False)
    own = actions.add_exercise(room, PLAN | {"key": "mine", "title": "My own"}, after=trim, **conduct)
    assert (own.exercise, own.block) == ("mine", trim.block)

    actions.start_activity(board, **conduct)
    with pytest.raises(Refused, match="has begun already"):
        actions.move_line(board, 1, **conduct)
    with pytest.raises(Refused, match="Only this workshop's trainers"):
        actions.add_line(room, "x", 5, by=world.mallory.actor, now=world.morning)


def test_talking_after_an_exercise_counts_and_breaks_do_not(world, room):  # noqa: F811
    ada = joined(world, room, world.ada)
    conduct = {"by": world.tess.actor}
    at = [world.morning + timedelta(minutes=minute) for minute in range(120)]
    activity = room.activities.get(title="Vision board")
    tea = actions.add_line(room, "Tea", 20, is_break=True, now=at[0], **conduct)
    for line, began, ended in ((activity, 0, 10), (tea, 15, 30), (activity, 30, 35)):
        actions.start_activity(line, now=at[began], **conduct)
        actions.end_activity(line, now=at[ended], **conduct)
    for tick in range(80 * 4):
        actions.note_here([ada.pk], now=world.morning + timedelta(seconds=15 * tick))

    # Ten minutes of work and five of talk; not the tea; five again, and at most half an hour after the last line.
    assert queries.minutes_present(room) == {(ada.pk, activity.block_id): 15 + 5 + 30}


def test_teams_go_at_their_own_pace(world, room):  # noqa: F811
    ada, grace = joined(world, room, world.ada), joined(world, room, world.grace)
    actions.make_teams(room, 2, seed=1, by=world.tess.actor, now=world.morning)
    ada.refresh_from_db(), grace.refresh_from_db()
    activity = room.activities.get(title="Vision board")
    actions.set_pace(activity, is_own=True, by=world.tess.actor, now=world.morning)
    started(world, room)
    mine = activity.canvases.get(team=ada.team)
    theirs = activity.canvases.get(team=grace.team)
    before = queries.latest_seq(room)

    actions.go_on(mine, ada, 1, by=world.ada.actor, now=world.noon)

    assert [canvas.step for canvas in activity.canvases.order_by("step")] == [0, 1]
    assert queries.stage_bar(room, activity.canvases.get(pk=mine.pk)).step["title"] == "Vote"
    assert queries.stage_bar(room).step is None
    told = frames(room, before, {"room", f"canvas:{mine.pk}", f"canvas:{theirs.pk}"}, world.noon)
    assert "step 2 of 2" in told.parts[f"canvas:{mine.pk}"]
    assert set(told.parts) == {f"canvas:{mine.pk}"}
    with pytest.raises(Refused, match="another team"):
        actions.go_on(theirs, ada, 1, by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="no such step"):
        actions.go_on(theirs, grace, 2, by=world.grace.actor, now=world.noon)


def test_without_own_pace_only_the_trainer_goes_on(world, room):  # noqa: F811
    ada = joined(world, room, world.ada)
    canvas = started(world, room).canvases.get()

    with pytest.raises(Refused, match="The trainer takes everybody"):
        actions.go_on(canvas, ada, 1, by=world.ada.actor, now=world.noon)


def test_people_choose_their_team_when_they_may(world, room):  # noqa: F811
    ada = joined(world, room, world.ada)
    joined(world, room, world.grace)
    actions.make_teams(room, 2, seed=1, by=world.tess.actor, now=world.morning)
    ada.refresh_from_db()
    other = room.teams.exclude(pk=ada.team_id).get()
    with pytest.raises(Refused, match="trainer makes the teams"):
        actions.choose_team(ada, other, by=world.ada.actor, now=world.morning)

    actions.open_team_choice(room, 2, by=world.tess.actor, now=world.morning)
    actions.choose_team(ada, other, by=world.ada.actor, now=world.morning)
    actions.name_team(other, "The Otters", ada, by=world.ada.actor, now=world.morning)

    assert Participant.objects.get(pk=ada.pk).team.name == "The Otters"
    actions.close_team_choice(room, by=world.tess.actor, now=world.morning)
    with pytest.raises(Refused, match="trainer makes the teams"):
        actions.choose_team(ada, Team.objects.exclude(pk=other.pk).get(), by=world.ada.actor, now=world.morning)


def test_done_is_for_the_step_it_was_said_in(world, room):  # noqa: F811
    ada = joined(world, room, world.ada)
    activity = started(world, room)
    assert queries.console(room).done == set()

    actions.say_done(ada, is_done=True, by=world.ada.actor, now=world.morning + timedelta(minutes=1))
    assert queries.console(room).done == {ada.pk}
    actions.enter_step(activity, 1, by=world.tess.actor, now=world.morning + timedelta(minutes=2))
    assert queries.console(room).done == set()


def test_a_hidden_card_leaves_every_screen_and_comes_back(world, room):  # noqa: F811
    ada = joined(world, room, world.ada)
    activity = started(world, room)
    canvas = activity.canvases.get()
    write(canvas, ada, world, text="Something rude", zone="needs")
    actions.enter_step(activity, 1, by=world.tess.actor, now=world.noon)
    card, before = Card.objects.get(), queries.latest_seq(room)

    actions.hide_card(card, by=world.tess.actor, now=world.noon)
    told = frames(room, before, {f"canvas:{canvas.pk}", f"presenter:{canvas.pk}"}, world.noon)
    assert "Something rude" not in str(told.parts)
    assert f'id="c{canvas.pk}-canvas"' in told.parts[f"canvas:{canvas.pk}"]
    assert [one.text for one in queries.console(room).hidden] == ["Something rude"]

    actions.show_card(card, by=world.tess.actor, now=world.noon)
    told = frames(room, before, {f"canvas:{canvas.pk}"}, world.noon)
    assert "Something rude" in told.parts[f"canvas:{canvas.pk}"]
    with pytest.raises(Refused, match="Only this workshop's trainers"):
        actions.hide_card(card, by=world.mallory.actor, now=world.noon)


def test_screens_that_look_around_are_called_only_when_everybody_is(world, room):  # noqa: F811
    actions.let_roam(room, by=world.tess.actor, now=world.morning)
    before = queries.latest_seq(room)
    activity = started(world, room)
    assert "roam" not in frames(room, before, {"roam"}, world.morning).calls
    assert "Vision board" in frames(room, before, {"roam"}, world.morning).parts["roam"]

    before = queries.latest_seq(room)
    actions.gather(room, by=world.tess.actor, now=world.morning)
    assert frames(room, before, {"roam"}, world.morning).calls["roam"] == ("go", f"/rooms/{room.public_id}")
    assert activity.state == Activity.State.RUNNING


def test_visitors_go_one_table_further_each_time(world, room):  # noqa: F811
    steps = [
        {"title": "Make", "allow": ["write"]},
        {"title": "Visit", "allow": ["write"], "visitors": True, "home": False},
        {"title": "Visit again", "allow": ["write"], "visitors": True, "home": False},
        {"title": "Back", "allow": ["write"]},
    ]
    activity = room.activities.get(title="Vision board")
    activity.plan |= {"step": steps}
    activity.save()
    people = [joined(world, room, one) for one in (world.ada, world.grace, world.mallory)]
    actions.make_teams(room, 3, seed=1, by=world.tess.actor, now=world.morning)
    for one in people:
        one.refresh_from_db()
    people.sort(key=lambda one: one.team.number)
    started(world, room)

    def seen():
        return [[pks.index(pk) + 1 for pk in queries.canvases_seen(room, one)] for one in people]

    pks = list(activity.canvases.order_by("team__number").values_list("pk", flat=True))
    expected = [[[1], [2], [3]], [[2], [3], [1]], [[3], [1], [2]], [[1], [2], [3]]]
    for step, places in enumerate(expected):
        actions.enter_step(activity, step, by=world.tess.actor, now=world.morning)
        assert seen() == places


def test_the_promise_says_who_will_see_what():
    writing = {"allow": ["write"], "hidden": True}
    assert "no screen says whose it is" in rules.promise({}, writing)
    assert "your name stands beside it" in rules.promise({"names": "everybody"}, writing)
    assert "No screen says who" in rules.promise({}, {"allow": ["vote"], "votes": 3})
    assert "counted together" in rules.promise({}, {"allow": ["vote"], "votes": 3})
    assert rules.promise({}, {"allow": []}) == ""
