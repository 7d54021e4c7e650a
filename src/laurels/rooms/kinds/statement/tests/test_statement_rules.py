"""Words in a statement are never lost to somebody who was quicker."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Card, Hand

ADA, GRACE = Hand(1, "Ada", 1), Hand(2, "Grace", 1)
EVERYTHING = ["write", "draft", "take", "save", "withdraw", "vote", "unvote"]
OPEN = {"title": "Together", "allow": EVERYTHING, "votes": 1, "results": True}
SLOTS = [
    {"key": "whom", "label": "For whom", "words": 3},
    {"key": "change", "label": "What changes"},
    {"key": "risk", "label": "Risk", "sort": "choice", "choices": ["low", "high"], "needed": False},
    {"key": "least", "label": "At least", "sort": "number", "needed": False},
    {"key": "most", "label": "At most", "sort": "number", "more_than": "least", "needed": False},
    {"key": "by", "label": "By when", "sort": "date", "needed": False},
]


def raw(*steps, **settings_):
    return {
        "key": "product-goal",
        "title": "Product Goal",
        "kind": "statement",
        "minutes": 20,
        "settings": {"slots": SLOTS, "sentence": "{whom} {change}.", "sort": "goal", **settings_},
        "step": list(steps) or [OPEN],
        "taking_part": {"says": "A draft or a gap", "any": [{"deed": "slot"}, {"deed": "draft"}]},
    }


def begun(*steps, brought=(), **settings_):
    play = Play(read_plan(raw(*steps, **settings_)), brought)
    play.enter(0, [ADA, GRACE])
    return play


def write(play, hand, text, *, slot="whom", seen=0, statement="one"):
    return play.act(hand, "write", statement=statement, slot=slot, text=text, seen=seen)


def fields(play, statement="one"):
    return dict(play.cards[play.state.statements[statement]].fields)


def beside(play, where="one.whom"):
    return [play.cards[id_].text for id_ in play.state.proposals.get(where, [])]


def test_filled_gaps_make_a_sentence_that_flows_on():
    play = begun()
    write(play, ADA, "Parents")
    assert play.kind.offers(play.stage())[-1].place == "one"

    write(play, GRACE, "swap lessons alone", slot="change")

    card = play.cards[play.state.statements["one"]]
    assert (card.text, card.sort) == ("Parents swap lessons alone.", "goal")
    assert [offer.place for offer in play.kind.offers(play.stage())] == ["one", "finished"]
    assert (play.level(ADA), play.level(GRACE)) == ("met", "met")


def test_who_was_slower_finds_their_words_beside_the_gap():
    play = begun()
    write(play, ADA, "Parents", seen=0)
    write(play, GRACE, "Coaches", seen=0)

    assert (fields(play), beside(play)) == ({"whom": "Parents"}, ["Coaches"])
    assert play.level(GRACE) == "met"

    write(play, GRACE, "Coaches", seen=1)
    assert fields(play) == {"whom": "Coaches"}


def test_the_same_words_twice_are_no_dispute_and_no_deed():
    play = begun()
    write(play, ADA, "Parents", seen=0)
    write(play, GRACE, "Parents", seen=0)

    assert (beside(play), play.state.revisions, play.level(GRACE)) == ([], {"one.whom": 1}, "none")


def test_when_too_much_lies_beside_the_refusal_says_both_texts():
    play = begun(proposals_most=1)
    write(play, ADA, "Parents")
    write(play, GRACE, "Coaches")

    with pytest.raises(Refused, match="changed this to “Parents” while you wrote “Children”"):
        write(play, GRACE, "Children")


def test_taking_other_words_keeps_those_they_push_out():
    play = begun()
    write(play, ADA, "Parents")
    proposal = write(play, GRACE, "Coaches").cards[0].id

    play.act(ADA, "take", card=proposal)

    assert (fields(play), beside(play)) == ({"whom": "Coaches"}, ["Parents"])
    assert proposal not in play.cards


def test_a_draft_is_taken_as_a_whole_or_gap_by_gap():
    play = begun()
    draft = play.act(ADA, "draft", statement="one", slot=["whom", "change", "risk"], text=["Parents", "pay less", ""])
    other = play.act(GRACE, "draft", statement="one", slot=["whom", "change"], text=["Coaches", "know who comes"])

    play.act(ADA, "take", card=draft.cards[0].id)
    play.act(ADA, "take", card=other.cards[0].id, slot="change")

    assert fields(play) == {"whom": "Parents", "change": "know who comes"}
    assert (play.level(ADA), play.level(GRACE)) == ("met", "met")


def test_a_second_draft_takes_the_place_of_the_first():
    play = begun({"title": "Alone", "allow": ["draft", "withdraw"], "hidden": True})
    first = play.act(ADA, "draft", statement="one", slot=["whom"], text=["Parents"]).cards[0]
    second = play.act(ADA, "draft", statement="one", slot=["change"], text=["pay less"]).cards[0]

    assert (second.id, dict(second.fields)) == (first.id, {"change": "pay less"})

    with pytest.raises(Refused, match="Only whoever wrote this"):
        play.act(GRACE, "withdraw", card=first.id)
    play.act(ADA, "withdraw", card=first.id)
    assert play.cards == {}


def test_versions_are_kept_with_their_words():
    play = begun()
    write(play, ADA, "Parents")
    assert play.act(ADA, "save", statement="one").deeds == (("version", "one.1"),)
    with pytest.raises(Refused, match="Nothing has changed since version 1"):
        play.act(GRACE, "save", statement="one")

    write(play, GRACE, "Coaches", seen=1)
    play.act(GRACE, "save", statement="one")

    assert [play.cards[id_].fields["whom"] for id_ in play.state.versions["one"]] == ["Parents", "Coaches"]


def test_votes_have_a_budget_and_a_new_vote_begins_from_nothing():
    play = begun(OPEN, OPEN)
    one = play.act(ADA, "draft", statement="one", slot=["whom"], text=["Parents"]).cards[0].id
    two = play.act(GRACE, "draft", statement="one", slot=["whom"], text=["Coaches"]).cards[0].id
    play.act(ADA, "vote", card=two)

    with pytest.raises(Refused, match="You have given all 1 votes"):
        play.act(ADA, "vote", card=one)
    play.act(ADA, "unvote", card=two)
    play.act(ADA, "vote", card=one)
    assert play.state.votes == {1: [one]}

    play.enter(1)
    assert play.state.votes == {}


@pytest.mark.parametrize(
    ("slot", "text", "why"),
    [
        ("whom", "", "no words"),
        ("whom", "all of the parents", "is 4 words; 3 fit"),
        ("risk", "medium", "has no such choice"),
        ("least", "some", "is a number"),
        ("least", "NaN", "is a number"),
        ("by", "31.12.2026", "is a date"),
        ("colour", "red", "no such gap"),
    ],
)
def test_words_that_do_not_fit_are_refused(slot, text, why):
    with pytest.raises(Refused, match=why):
        write(begun(), ADA, text, slot=slot)


def test_a_range_has_two_ends_whichever_is_written_first():
    play = begun()
    write(play, ADA, "8", slot="most")
    with pytest.raises(Refused, match="“At most” has to be more than “At least”"):
        write(play, ADA, "8", slot="least")
    write(play, ADA, "3,5", slot="least")
    with pytest.raises(Refused, match="a range has two ends"):
        write(play, ADA, "3", slot="most", seen=1)

    with pytest.raises(Refused, match="a range has two ends"):
        play.act(GRACE, "draft", statement="one", slot=["least", "most"], text=["9", "2"])


def test_what_flows_in_fills_its_gap_in_each_statement():
    two = [{"key": "a", "title": "A"}, {"key": "b", "title": "B"}]
    brought = [(Card("x", "Ana"), "whom"), (Card("y", "Ben"), "whom"), (Card("z", "Chi"), "whom"), (Card("q", "?"), "")]
    play = begun(statements=two, brought=brought)

    assert (fields(play, "a"), fields(play, "b")) == ({"whom": "Ana"}, {"whom": "Ben"})
    assert play.cards[play.state.statements["a"]].origin == "x"


def test_an_exercise_that_names_what_is_not_there_is_told_so():
    faults = problems(
        raw(sentence="{whom} {why}", statements=[{"key": "a", "title": "A"}] * 2, named_by="nobody", slots=SLOTS[:2])
    )

    assert [words for _path, words in faults] == [
        "“a” stands here twice.",
        "There is no slot “why”.",
        "There is no slot “nobody”.",
    ]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 6), st.sampled_from([ADA, GRACE])), max_size=20))
def test_whoever_wrote_against_old_words_changes_nothing_and_loses_nothing(doings):
    play = begun(proposals_most=20)
    now, kept, revision = "", [], 0
    for text, seen, hand in doings:
        write(play, hand, text, seen=seen)
        if text == now:
            continue
        if not now or seen == revision:
            now, revision = text, revision + 1
        else:
            kept.append(text)

        assert (fields(play), beside(play)) == ({"whom": now}, kept)
        assert play.state.revisions == {"one.whom": revision}
