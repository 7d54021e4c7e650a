"""From proposing to thumbs: what happens in a Lean Coffee, and what stays closed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import drawing, kinds, read_plan
from laurels.rooms.kinds.leancoffee import look, rules
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Eyes, Hand

ANA, BEN, CHI = Hand(1, "Ana", 1), Hand(2, "Ben", 1), Hand(3, "Chi", 1)
TALK = ["discuss", "ask", "thumb", "close", "next", "takeaway", "speak"]
KIND = kinds()["leancoffee"]


def playing(**settings):
    plan = {
        "key": "coffee",
        "title": "Coffee",
        "kind": "leancoffee",
        "minutes": 30,
        "settings": settings,
        "step": [
            {"title": "Propose", "allow": ["propose", "edit", "withdraw"], "hidden": True},
            {"title": "Vote", "allow": ["merge", "vote", "unvote"]},
            {"title": "Talk", "allow": TALK, "results": True},
        ],
        "taking_part": {"says": "Any", "any": [{"deed": "propose"}]},
    }
    play = Play(read_plan(plan))
    play.enter(0, [ANA, BEN, CHI])
    return play


def with_topics(play, *texts):
    for text, hand in zip(texts, (ANA, BEN, CHI), strict=False):
        play.act(hand, "propose", text=text)
    play.enter(1, [ANA, BEN, CHI])
    return list(play.state.topics)


def shared(play):
    return drawing.shared(KIND, ["canvas"], play.stage(), Eyes())


def refused(play, *args, **values):
    with pytest.raises(Refused) as found:
        play.act(*args, **values)
    return found.value.refusal.code


def test_topics_are_hidden_until_the_reveal_and_votes_until_they_are_counted():
    play = playing()
    play.act(ANA, "propose", text="Less paper <b>now</b>")
    assert "Less paper" not in shared(play)
    assert "Less paper" in drawing.own(KIND, play.stage(), ANA)
    assert "Less paper" not in drawing.own(KIND, play.stage(), BEN)
    play.enter(1, [ANA, BEN, CHI])
    assert "Less paper &lt;b&gt;" in shared(play)
    play.act(BEN, "vote", card=play.state.topics[0])
    assert "1 vote" not in shared(play)
    play.enter(2, [ANA, BEN, CHI])
    assert "1 vote" in shared(play)


def test_votes_have_a_budget_and_come_along_when_topics_merge():
    play = playing(votes=2, on_one=1)
    one, two, three = with_topics(play, "One", "Two", "Three")
    play.act(ANA, "vote", card=one)
    assert refused(play, ANA, "vote", card=one) == "one-card"
    play.act(ANA, "vote", card=two)
    assert refused(play, ANA, "vote", card=three) == "spent"
    play.act(BEN, "vote", card=three)
    play.act(CHI, "merge", card=three, into=two)
    assert rules.counted(play.state) == {one: 1, two: 2}
    assert rules.in_order(play.state) == [two, one]
    assert refused(play, CHI, "vote", card=three) == "no-card"
    play.act(ANA, "unvote", card=one)
    assert rules.counted(play.state) == {two: 2}


def talking(play):
    with_topics(play, "One", "Two", "Three")
    play.enter(2, [ANA, BEN, CHI])
    play.act(ANA, "discuss")


def test_a_topic_goes_on_while_more_thumbs_are_up_than_down():
    play = playing(timebox=5, extensions=[3])
    talking(play)
    first, began = play.state.topic, play.state.ends_at
    assert refused(play, BEN, "discuss") == "talking"
    play.act(BEN, "ask")
    for hand, way in ((ANA, "up"), (BEN, "side")):
        play.act(hand, "thumb", way=way)
    assert "2 of 3" in shared(play)
    play.act(CHI, "thumb", way="side")
    assert (play.state.topic, play.state.talks[first], play.state.is_asking) == (first, 2, False)
    assert play.state.ends_at < began
    play.act(BEN, "ask")
    play.act(ANA, "thumb", way="up")
    play.act(ANA, "close")
    assert (play.state.topic, play.state.discussed) == ("", [first])


def test_a_tie_moves_on_and_open_topics_stay_open():
    play = playing()
    talking(play)
    first = play.state.topic
    play.act(BEN, "ask")
    play.act(ANA, "thumb", way="up")
    play.act(BEN, "thumb", way="down")
    play.act(CHI, "close")
    assert play.state.discussed == [first]
    offers = look.offers(play.stage())
    assert [offer.place for offer in offers[:3]] == ["discussed", "open", "open"]
    assert refused(play, ANA, "next") == "no-topic"
    assert refused(play, ANA, "thumb", way="up") == "not-asked"


def test_who_wants_to_speak_waits_in_a_queue():
    play = playing()
    talking(play)
    play.act(CHI, "speak")
    play.act(ANA, "speak")
    assert "Chi, Ana" in shared(play)
    play.act(CHI, "speak")
    assert play.state.queue == [ANA.id]


def test_take_aways_have_owners():
    play = playing()
    talking(play)
    play.act(ANA, "takeaway", text="Try it on Monday", owner="Ana")
    assert look.outline(play.stage())[0].sections[0].points == ("Try it on Monday (Ana)",)


@given(st.lists(st.tuples(st.sampled_from([ANA, BEN, CHI]), st.integers(0, 2), st.booleans()), max_size=30))
def test_nobody_gives_more_votes_than_they_have(votes):
    play = playing(votes=3, on_one=2)
    topics = with_topics(play, "One", "Two", "Three")
    for hand, topic, is_given in votes:
        try:
            play.act(hand, "vote" if is_given else "unvote", card=topics[topic])
        except Refused:
            continue
    for given_out in play.state.votes.values():
        assert len(given_out) <= 3
        assert all(given_out.count(topic) <= 2 for topic in topics)
