"""A story map keeps every card in exactly one place; its slices run through all steps."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Eyes, Hand, Offer

ADA = Hand(1, "Ada", 1)
EVERYTHING = ["step", "task", "edit", "withdraw", "place", "shift"]
EXERCISES = Path(__file__).parents[6] / "packs/cspo/exercises"


def begun():
    raw = tomllib.loads((EXERCISES / "story-map.toml").read_text())
    play = Play(read_plan({**raw, "step": [{"title": "All", "allow": EVERYTHING, "sliced": True}]}))
    play.enter(0, [ADA])
    return play


def made(play, verb, text, **values):
    return play.act(ADA, verb, text=text, **values).cards[0].id


def test_tasks_move_between_steps_and_slices_and_are_offered_by_slice():
    play = begun()
    find, pay = made(play, "step", "Find"), made(play, "step", "Pay")
    one, two = made(play, "task", "Search", step=find), made(play, "task", "By card", step=find)
    play.act(ADA, "shift", card=two, way="back")
    assert play.state.tasks[find] == [two, one]

    play.act(ADA, "place", card=two, step=pay, slice="skeleton")

    assert play.state.tasks == {find: [one], pay: [two]}
    assert play.kind.offers(play.stage())[:2] == [Offer(two, "skeleton"), Offer(one, "later")]
    (section,) = play.kind.outline(play.stage())
    assert section.rows[0] == ("Walking skeleton", "", "By card")


def test_a_task_is_put_before_another_or_at_the_end():
    play = begun()
    find = made(play, "step", "Find")
    one, two, three = (made(play, "task", text, step=find) for text in ("One", "Two", "Three"))

    play.act(ADA, "place", card=three, step=find, before=one)
    assert play.state.tasks == {find: [three, one, two]}
    play.act(ADA, "place", card=three, step=find, before="")
    assert play.state.tasks == {find: [one, two, three]}
    play.act(ADA, "place", card=one, step=find, slice="later")
    assert play.state.tasks == {find: [one, two, three]}


def test_lists_take_drops_only_while_placing_is_allowed():
    play = begun()
    made(play, "step", "Find")
    assert 'data-drop="place"' in shared(play.kind, ["canvas"], play.stage(), Eyes())

    raw = tomllib.loads((EXERCISES / "story-map.toml").read_text())
    quiet = Play(read_plan({**raw, "step": [{"title": "Tell", "allow": ["step"]}]}))
    quiet.enter(0, [ADA])
    made(quiet, "step", "Find")
    assert "data-drop" not in shared(quiet.kind, ["canvas"], quiet.stage(), Eyes())


def test_a_step_with_tasks_stays():
    play = begun()
    find = made(play, "step", "Find")
    made(play, "task", "Search", step=find)

    with pytest.raises(Refused, match="Tasks stand under this step"):
        play.act(ADA, "withdraw", card=find)


def test_words_are_text_and_never_markup():
    play = begun()
    find = made(play, "step", "<script>1</script>")
    task = made(play, "task", "<script>2</script>", step=find)
    stage = play.stage()
    drawn = [shared(play.kind, ["canvas", f"card:{task}"], stage, Eyes()), own(play.kind, stage, ADA)]
    drawn += [sheet(play.kind, id_, stage, ADA) for id_ in (find, task)]

    assert all("<script>" not in html and "&lt;script&gt;" in html for html in drawn)
    assert "Search" not in drawn[0]
    assert f'id="c1-card-{task}"' in drawn[0]


@pytest.mark.parametrize("key", ["story-map", "story-map-slices"])
def test_the_exercises_of_this_kind_begin_and_go_through_all_steps(key):
    exercise = tomllib.loads((EXERCISES / f"{key}.toml").read_text())
    assert problems(exercise) == []

    play = Play(read_plan(exercise))
    for step in range(len(play.plan.steps)):
        touched = play.enter(step, [ADA]).touched
        assert 'id="c1-canvas"' in shared(play.kind, touched, play.stage(), Eyes())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(EVERYTHING), st.integers(0, 9), st.integers(0, 9)), max_size=40))
def test_every_card_lies_in_exactly_one_place(doings):
    play = begun()
    for verb, one, two in doings:
        ids = [*play.cards, "none"]
        card, step = ids[one % len(ids)], ids[two % len(ids)]
        values = {"card": card, "step": step, "text": "x", "slice": "next", "way": "on" if one % 2 else "back"}
        fields = {"step": ["text"], "task": ["text", "step"], "edit": ["card", "text"], "withdraw": ["card"]}
        fields |= {"place": ["card", "step", "slice"], "shift": ["card", "way"]}
        try:
            play.act(ADA, verb, **{name: values[name] for name in fields[verb]})
        except Refused:
            continue
    state = play.state
    lying = [*state.backbone, *(id_ for ids in state.tasks.values() for id_ in ids)]
    assert sorted(lying) == sorted(play.cards)
    assert sorted(state.backbone) == sorted(state.tasks)
