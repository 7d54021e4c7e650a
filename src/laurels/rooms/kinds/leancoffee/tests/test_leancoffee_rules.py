"""From proposing to thumbs: what happens in a Lean Coffee, and what stays closed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import drawing, kinds, read_plan
from laurels.rooms.kinds.leancoffee import look, rules
from laurels.rooms.kinds.leancoffee.record import as_json, record_of
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
    play = playing(timebox=5, extensions=[3], rounds_most=2)
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


LED = {"led_by": "host"}
HOST = Hand(9, "Hana", 1, is_trainer=True)
BY_CLOCK = {"led_by": "clock", "pause_seconds": 8, "poll_seconds": 20, "timebox": 5, "extensions": [3]}
ALL = [*TALK, "propose", "reopen", "prefer", "heard", "note", "action", "wrapup", "again", "name", "split"]


def full(**settings):
    """All verbs from the second step on; Ana, Ben and Chi are at the table, Hana leads."""
    plan = {
        "key": "coffee",
        "title": "Coffee",
        "kind": "leancoffee",
        "minutes": 30,
        "settings": settings,
        "step": [
            {"title": "Propose", "allow": ["propose", "edit", "withdraw"], "hidden": True},
            {"title": "Vote", "allow": ["merge", "split", "vote", "unvote", "withdraw"]},
            {"title": "Talk", "allow": [*ALL, "edit", "withdraw"], "results": True},
        ],
        "taking_part": {"says": "Any", "any": [{"deed": "propose"}]},
    }
    play = Play(read_plan(plan))
    play.enter(0, [ANA, BEN, CHI])
    return play


def now(play):
    return int(play.at.timestamp())


def test_where_a_host_leads_only_they_take_everybody_on():
    play = full(**LED)
    with_topics(play, "One", "Two")
    play.enter(2, [ANA, BEN, CHI])
    for verb in ("discuss", "reopen"):
        assert refused(play, ANA, verb) == "host"
    play.act(HOST, "discuss")
    for verb in ("ask", "next"):
        assert refused(play, BEN, verb) == "host"
    play.act(HOST, "ask")
    play.act(BEN, "thumb", way="up")


def test_among_equals_a_voice_not_yet_heard_comes_first_then_what_the_host_prefers():
    play = full()
    play.act(ANA, "propose", text="A1")
    play.act(ANA, "propose", text="A2")
    play.act(BEN, "propose", text="B1")
    play.act(CHI, "propose", text="C1")
    play.enter(2, [ANA, BEN, CHI])
    a1, a2, b1, c1 = play.state.topics
    assert rules.open_topics(play.state) == [a1, a2, b1, c1]
    play.act(ANA, "discuss")
    play.act(ANA, "next")
    assert rules.open_topics(play.state) == [b1, c1, a2]
    play.act(HOST, "prefer", card=c1)
    assert rules.open_topics(play.state) == [c1, b1, a2]
    assert "voice that was not heard" in rules.why_next(c1, play.state)


def test_what_happens_by_itself_and_when():
    play = full(**BY_CLOCK)
    with_topics(play, "One", "Two")
    assert rules.due(play.state, play.scene(HOST)) is None
    play.enter(2, [ANA, BEN, CHI])
    entered = now(play) - 1
    due = rules.due(play.state, play.scene(HOST))
    assert (due.at, type(due.act).__name__) == (entered + 8, "Discuss")
    play.act(HOST, "discuss")
    due = rules.due(play.state, play.scene(HOST))
    assert (due.at, type(due.act).__name__) == (play.state.began_at + 300, "Ask")
    play.act(HOST, "ask")
    due = rules.due(play.state, play.scene(HOST))
    assert (due.at, type(due.act).__name__) == (play.state.asked_at + 20, "Close")
    play.act(HOST, "close")
    play.act(HOST, "discuss")
    play.act(HOST, "next")
    due = rules.due(play.state, play.scene(HOST))
    assert (due.at, due.act) == (play.state.next_at, None)


@pytest.mark.parametrize(("led_by", "poll", "acts"), [("host", 20, ["Ask"]), ("host", 0, []), ("anybody", 20, ["Ask"])])
def test_where_somebody_leads_only_the_bell_rings_by_itself(led_by, poll, acts):
    play = full(led_by=led_by, poll_seconds=poll)
    with_topics(play, "One", "Two")
    play.enter(2, [ANA, BEN, CHI])
    assert rules.due(play.state, play.scene(HOST)) is None
    play.act(HOST, "discuss")
    due = rules.due(play.state, play.scene(HOST))
    assert [type(each.act).__name__ for each in [due] if each] == acts


def test_a_thumb_counts_from_the_bell_on_and_not_before():
    play = full()
    with_topics(play, "One")
    play.enter(2, [ANA, BEN, CHI])
    play.act(ANA, "discuss")
    assert refused(play, ANA, "thumb", way="up") == "not-asked"
    play.at = play.at.fromtimestamp(play.state.ends_at, play.at.tzinfo)
    play.act(ANA, "thumb", way="up")
    assert (play.state.is_asking, play.state.asked_at) == (True, play.state.ends_at)
    play.act(BEN, "thumb", way="up")
    play.act(CHI, "thumb", way="down")
    assert (play.state.talks, play.state.is_asking) == ({play.state.topic: 2}, False)
    assert refused(play, CHI, "thumb", way="up") == "not-asked"


def test_rounds_have_an_end():
    play = full(extensions=[1, 1, 1, 1], rounds_most=2)
    with_topics(play, "One")
    play.enter(2, [ANA, BEN, CHI])
    play.act(ANA, "discuss")
    for _round in range(2):
        play.act(ANA, "ask")
        for hand in (ANA, BEN, CHI):
            play.act(hand, "thumb", way="up")
    assert (play.state.topic, play.state.discussed) == ("", play.state.topics)


def test_extensions_follow_their_list_and_the_last_comes_again():
    play = full(extensions=[3, 1], rounds_most=4)
    with_topics(play, "One")
    play.enter(2, [ANA, BEN, CHI])
    play.act(ANA, "discuss")
    lengths = []
    for _round in range(4):
        play.act(ANA, "ask")
        for hand in (ANA, BEN, CHI):
            play.act(hand, "thumb", way="up")
        lengths.append((play.state.ends_at - play.state.asked_at) // 60 if play.state.topic else 0)
    assert lengths == [3, 1, 1, 0]


def test_proposing_is_over_until_the_host_opens_it_again():
    play = full()
    with_topics(play, "One")
    play.enter(2, [ANA, BEN, CHI])
    assert refused(play, BEN, "propose", text="Late") == "closed"
    play.act(HOST, "reopen", who=BEN.id)
    play.act(BEN, "propose", text="Late")
    assert refused(play, BEN, "propose", text="Later") == "closed"
    assert refused(play, CHI, "propose", text="Me too") == "closed"
    play.act(HOST, "reopen")
    for hand in (BEN, CHI):
        play.act(hand, "propose", text=f"{hand.name}'s")
        assert refused(play, hand, "propose", text="More") == "closed"


def test_nobody_votes_for_their_own_where_that_is_not_wanted():
    play = full(own_topics=False)
    one, two = with_topics(play, "Ana's", "Ben's")
    assert refused(play, ANA, "vote", card=one) == "own"
    play.act(ANA, "vote", card=two)


def test_what_was_merged_is_split_off_with_its_votes_and_never_withdrawn_by_accident():
    play = full(votes=3)
    one, two = with_topics(play, "One", "Two")
    for hand, card in ((ANA, one), (ANA, two), (BEN, one), (CHI, two)):
        play.act(hand, "vote", card=card)
    play.act(CHI, "merge", card=one, into=two)
    assert rules.counted(play.state) == {two: 4}
    assert refused(play, BEN, "withdraw", card=two) == "merged"
    play.act(CHI, "split", card=one)
    assert rules.counted(play.state) == {one: 2, two: 2}


def test_the_record_says_what_came_of_it_and_names_only_who_agreed():
    play = full()
    with_topics(play, "One", "Two", "Three")
    play.enter(2, [ANA, BEN, CHI])
    play.act(ANA, "discuss")
    play.act(ANA, "note", text="It depends")
    play.act(BEN, "action", text="Ask them", owner="Ben", due="2026-04-01")
    assert refused(play, BEN, "action", text="x", due="tomorrow") == "due"
    play.act(ANA, "next")
    play.act(ANA, "takeaway", text="Of no topic")
    play.act(BEN, "again", card=play.state.topics[1])
    assert refused(play, BEN, "again", card=play.state.topics[2]) == "not-yours"
    play.act(CHI, "wrapup", text="Worth it")
    assert refused(play, CHI, "wrapup", text="Again") == "once"
    play.act(CHI, "name")

    found = as_json(record_of(play.stage()))

    assert [topic["text"] for topic in found["topics"]] == ["One"]
    assert found["topics"][0]["notes"] == ("It depends",)
    assert [(one["text"], one["may_return"]) for one in found["undiscussed"]] == [("Two", True), ("Three", False)]
    assert found["actions"] == ({"text": "Ask them", "owner": "Ben", "due": "2026-04-01", "topic": "One"},)
    assert (found["takeaways"], found["named"], found["people"]) == (("Of no topic",), ("Chi",), 3)
    assert found["wrap_up"] == ({"text": "Worth it", "name": "Chi"},)


MERGES = st.lists(st.tuples(st.sampled_from(["merge", "split"]), st.integers(0, 3), st.integers(0, 3)), max_size=12)


@given(st.lists(st.tuples(st.sampled_from([ANA, BEN, CHI]), st.integers(0, 3)), max_size=9), MERGES)
def test_merging_and_splitting_lose_no_vote_and_no_topic(votes, moves):
    play = full(votes=3, on_one=3)
    for text in "ABCD":
        play.act(ANA, "propose", text=text)
    play.enter(1, [ANA, BEN, CHI])
    topics = list(play.state.topics)
    for hand, topic in votes:
        try:
            play.act(hand, "vote", card=topics[topic])
        except Refused:
            continue
    given_out = {hand: len(ids) for hand, ids in play.state.votes.items()}
    for verb, one, other in moves:
        try:
            play.act(BEN, verb, card=topics[one], **({"into": topics[other]} if verb == "merge" else {}))
        except Refused:
            continue
    state = play.state
    assert {hand: len(ids) for hand, ids in state.votes.items()} == given_out
    assert all(id_ in state.topics for ids in state.votes.values() for id_ in ids)
    assert sorted([*state.topics, *(id_ for ids in state.under.values() for id_ in ids)]) == sorted(topics)


def test_a_vote_does_not_draw_the_topics_again():
    play = full()
    one, *_rest = with_topics(play, "One", "Two")
    assert play.act(ANA, "vote", card=one).touched == ("tally",)
