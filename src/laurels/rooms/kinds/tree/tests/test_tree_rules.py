"""Every card of a tree hangs on one of the level before, whatever people do on it."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Card, Hand

ADA, GRACE = Hand(1, "Ada", 1), Hand(2, "Grace", 1)
EVERYTHING = ["grow", "edit", "withdraw", "move", "vote", "unvote"]
LEVELS = [
    {"key": "goal", "title": "Goal", "one": "Goal", "most": 1},
    {"key": "actors", "title": "Actors", "one": "Actor"},
    {"key": "impacts", "title": "Impacts", "one": "Impact"},
]
EXERCISES = Path(__file__).parents[6] / "packs/cspo/exercises"


def raw(*steps, **more):
    return {
        "key": "impact-map",
        "title": "Impact map",
        "kind": "tree",
        "minutes": 30,
        "settings": {"levels": LEVELS},
        "step": list(steps) or [{"title": "Grow", "allow": EVERYTHING, "votes": 2, "results": True}],
        "taking_part": {"says": "Every level", "all": [{"deed": "level", "times": 3}]},
        **more,
    }


def begun(*steps, brought=(), **more):
    play = Play(read_plan(raw(*steps, **more)), brought)
    play.enter(0, [ADA, GRACE])
    return play


def grown(play, hand, *texts, parent=""):
    """A branch: each card hangs on the one before. Returns their ids."""
    ids = []
    for text in texts:
        ids.append(play.act(hand, "grow", text=text, parent=ids[-1] if ids else parent).cards[0].id)
    return ids


def test_a_card_on_every_level_is_taking_part():
    play = begun()
    grown(play, ADA, "Full evenings", "Regulars")
    assert play.level(ADA) == "partly"

    grown(play, ADA, "Bring a friend", parent=play.state.order[1])

    assert (play.level(ADA), play.level(GRACE)) == ("met", "none")


def test_nothing_hangs_on_the_last_level_and_a_full_level_says_so():
    play = begun()
    *_above, leaf = grown(play, ADA, "Goal", "Actor", "Impact")

    with pytest.raises(Refused, match="Nothing hangs on a card of the last level"):
        play.act(ADA, "grow", text="More", parent=leaf)
    with pytest.raises(Refused, match="“Goal” is full: 1 fit"):
        play.act(ADA, "grow", text="Another goal")


def test_a_branch_moves_with_its_card_and_only_to_the_level_before():
    play = begun()
    goal, actor, impact = grown(play, ADA, "Goal", "Actor", "Impact")
    (other,) = grown(play, GRACE, "Other actor", parent=goal)
    play.act(GRACE, "move", card=impact, parent=other)
    assert play.state.parents[impact] == other

    with pytest.raises(Refused, match="hangs on a card of “Actors”"):
        play.act(GRACE, "move", card=impact, parent=goal)
    with pytest.raises(Refused, match="first level"):
        play.act(GRACE, "move", card=goal, parent=actor)


def test_a_card_with_a_branch_stays_until_the_branch_hangs_elsewhere():
    play = begun()
    goal, actor, impact = grown(play, ADA, "Goal", "Actor", "Impact")
    with pytest.raises(Refused, match="Other cards hang on this one"):
        play.act(ADA, "withdraw", card=actor)

    (other,) = grown(play, ADA, "Other", parent=goal)
    play.act(ADA, "move", card=impact, parent=other)
    play.act(ADA, "withdraw", card=actor)

    assert play.state.order == [goal, other, impact]


def test_votes_can_have_a_budget_for_each_level_and_stay_on_the_levels_asked_about():
    step = {"title": "Vote", "allow": EVERYTHING, "votes": 1, "each_level": True, "vote_on": ["actors", "impacts"]}
    play = begun(step)
    goal, actor, impact = grown(play, ADA, "Goal", "Actor", "Impact")
    (other,) = grown(play, ADA, "Other", parent=goal)
    play.act(GRACE, "vote", card=actor)
    play.act(GRACE, "vote", card=impact)

    with pytest.raises(Refused, match="You have given all 1 votes"):
        play.act(GRACE, "vote", card=other)
    with pytest.raises(Refused, match="another level"):
        play.act(GRACE, "vote", card=goal)

    play.act(GRACE, "unvote", card=actor)
    play.act(GRACE, "vote", card=other)
    assert play.state.votes == {2: [impact, other]}


def test_brought_cards_wait_at_their_level_until_they_are_connected():
    play = begun(brought=[(Card("b1", "Head chef"), "actors")])
    (goal,) = grown(play, ADA, "Goal")

    play.act(ADA, "move", card="b1", parent=goal)

    assert play.state.parents["b1"] == goal
    assert [(offer.card, offer.place) for offer in play.kind.offers(play.stage())][:2] == [
        (goal, "goal"),
        ("b1", "actors"),
    ]


def test_levels_are_checked_before_anybody_meets_them():
    assert problems(raw(settings={"levels": [*LEVELS, LEVELS[0]]})) == [
        ("settings.levels", "The level “goal” stands here twice.")
    ]
    assert problems(raw({"title": "Vote", "vote_on": ["gaols"]})) == [("step.0.vote_on", "There is no level “gaols”.")]


@pytest.mark.parametrize("key", ["impact-map", "opportunity-tree"])
def test_the_exercises_of_this_kind_begin_and_go_through_all_steps(key):
    exercise = tomllib.loads((EXERCISES / f"{key}.toml").read_text())
    assert problems(exercise) == []

    play = Play(read_plan(exercise))
    for step in range(len(play.plan.steps)):
        play.enter(step, [ADA, GRACE])
        if "grow" in play.plan.steps[step].allow:
            play.act(ADA, "grow", text="A card", parent=play.state.order[-1] if play.state.order else "")

    assert play.level(ADA) != "none"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(EVERYTHING), st.integers(0, 9), st.integers(0, 9), st.sampled_from([ADA, GRACE])),
        max_size=40,
    ),
    st.integers(0, 40),
)
def test_every_card_hangs_on_one_of_the_level_before(doings, revealed):
    play = begun({"title": "Silent", "allow": EVERYTHING, "hidden": True, "votes": 2}, {"title": "Open", "votes": 2})
    for nth, (verb, one, two, who) in enumerate(doings):
        ids = [*play.state.order, "none", ""]
        values = {"card": ids[one % len(ids)], "parent": ids[two % len(ids)], "text": "x"}
        fields = {"grow": ["parent", "text"], "edit": ["card", "text"], "move": ["card", "parent"]}
        if nth == revealed:
            play.enter(0)
        try:
            play.act(who, verb, **{name: values[name] for name in fields.get(verb, ["card"])})
        except Refused:
            continue
    state = play.state
    assert sorted(state.order) == sorted(play.cards) == sorted(state.levels) == sorted(state.parents)
    assert all(not parent or state.levels[parent] == state.levels[id_] - 1 for id_, parent in state.parents.items())
    assert all(len(ids) <= 2 and set(ids) <= set(state.order) for ids in state.votes.values())
