"""A board keeps every card in exactly one place, whatever people do on it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import read_plan
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Hand

ADA, GRACE, LINUS = Hand(1, "Ada", 1), Hand(2, "Grace", 1), Hand(3, "Linus", 2)
EVERYTHING = ["write", "edit", "withdraw", "place", "colour", "merge", "unmerge", "vote", "unvote"]


def plan(*steps, **settings_):
    zones = [{"key": "needs", "title": "Needs"}, {"key": "goals", "title": "Goals", "most": 3}]
    return read_plan(
        {
            "key": "vision-board",
            "title": "Vision board",
            "kind": "board",
            "minutes": 30,
            "settings": {"zones": zones, "legend": [{"key": "brick", "means": "Risk"}], **settings_},
            "step": list(steps) or [{"title": "Write", "allow": EVERYTHING, "votes": 2, "results": True}],
            "taking_part": {"says": "Two sections", "all": [{"deed": "zone", "times": 2}]},
        }
    )


def begun(*steps, **settings_):
    play = Play(plan(*steps, **settings_))
    play.enter(0, [ADA, GRACE])
    return play


def lying(play):
    state = play.state
    return sorted(
        [*(id_ for ids in state.zones.values() for id_ in ids), *(i for ids in state.merged.values() for i in ids)]
    )


def test_cards_in_two_zones_are_taking_part():
    play = begun()
    play.act(ADA, "write", text="Find a seat", zone="needs")
    assert play.level(ADA) == "partly"

    play.act(ADA, "write", text="Sell out", zone="goals")

    assert (play.level(ADA), play.level(GRACE)) == ("met", "none")


def test_a_full_zone_says_so_and_takes_nothing():
    play = begun()
    for text in "abc":
        play.act(ADA, "write", text=text, zone="goals")

    with pytest.raises(Refused, match="“Goals” is full: 3 cards fit"):
        play.act(GRACE, "write", text="d", zone="goals")

    assert len(play.cards) == 3


def test_votes_have_a_budget_and_can_be_taken_back():
    play = begun()
    one, two, three = (play.act(ADA, "write", text=text).cards[0].id for text in "abc")
    play.act(GRACE, "vote", card=one)
    play.act(GRACE, "vote", card=two)

    with pytest.raises(Refused, match="You have given all 2 votes"):
        play.act(GRACE, "vote", card=three)

    play.act(GRACE, "unvote", card=one)
    play.act(GRACE, "vote", card=three)
    assert play.state.votes == {2: [two, three]}


def test_merging_carries_votes_and_what_lay_beneath():
    play = begun()
    one, two, three = (play.act(ADA, "write", text=text).cards[0].id for text in "abc")
    play.act(GRACE, "vote", card=two)
    play.act(GRACE, "merge", card=three, into=two)
    play.act(GRACE, "merge", card=two, into=one)

    assert play.state.zones["needs"] == [one]
    assert play.state.merged == {one: [two, three]}
    assert play.state.votes == {2: [one]}


def test_only_the_writer_changes_the_words():
    play = begun()
    card = play.act(ADA, "write", text="Mine").cards[0].id

    with pytest.raises(Refused, match="Only whoever wrote this"):
        play.act(GRACE, "edit", card=card, text="Yours")

    assert play.cards[card].text == "Mine"


def test_other_teams_stay_out_unless_the_step_lets_them_in():
    with pytest.raises(Refused, match="belongs to another team"):
        begun().act(LINUS, "write", text="Hello")

    visited = begun({"title": "Gallery", "allow": ["write"], "visitors": True})
    assert visited.act(LINUS, "write", text="Hello").deeds == (("card", "n20"), ("zone", "needs"))


def test_given_cards_come_with_the_first_step_and_know_where_they_belong():
    given_cards = [{"text": "A need", "belongs": "needs", "why": "It is one."}, {"text": "A goal", "belongs": "goals"}]
    play = begun(given=given_cards, tray="needs")

    assert play.state.belongs == {"n0g0": "needs", "n0g1": "goals"}
    assert play.state.zones == {"needs": ["n0g0", "n0g1"], "goals": []}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(EVERYTHING), st.integers(0, 9), st.integers(0, 9), st.sampled_from([1, 2])),
        max_size=40,
    )
)
def test_every_card_lies_in_exactly_one_place(doings):
    play = begun()
    for verb, one, two, who in doings:
        ids = [*play.cards, "none"]
        values = {
            "card": ids[one % len(ids)],
            "into": ids[two % len(ids)],
            "text": "x",
            "zone": ["needs", "goals"][two % 2],
        }
        fields = {
            "write": ["text", "zone"],
            "edit": ["card", "text"],
            "place": ["card", "zone"],
            "merge": ["card", "into"],
        }
        try:
            play.act(ADA if who == 1 else GRACE, verb, **{name: values[name] for name in fields.get(verb, ["card"])})
        except Refused:
            continue
    assert lying(play) == sorted(play.cards)
    assert all(len(ids) <= 2 for ids in play.state.votes.values())
    assert all(id_ in play.cards for ids in play.state.votes.values() for id_ in ids)
