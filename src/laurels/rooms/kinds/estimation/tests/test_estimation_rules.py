"""Sizes: moved by all, or said in hidden rounds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import drawing, kinds, read_plan
from laurels.rooms.kinds.estimation import look, rules
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Card, Eyes, Hand

ANA, BEN, CHI = Hand(1, "Ana", 1), Hand(2, "Ben", 1), Hand(3, "Chi", 1)
ALL = ["add", "edit", "withdraw", "place", "choose", "estimate", "reveal", "again", "agree"]
KIND = kinds()["estimation"]


def playing(mode, count=3, **settings):
    plan = {
        "key": "sized",
        "title": "Sized",
        "kind": "estimation",
        "minutes": 20,
        "settings": {"mode": mode} | settings,
        "step": [{"title": "Size", "allow": ALL, "jumpy": True}],
        "taking_part": {"says": "Two", "any": [{"deed": "place", "times": 2}]},
    }
    play = Play(
        read_plan(plan), [(Card(f"i{nth}", f"Item {nth}", fields={"outcome": "x"}), "") for nth in range(count)]
    )
    play.enter(0, [ANA, BEN, CHI])
    return play


def refused(play, *args, **values):
    with pytest.raises(Refused) as found:
        play.act(*args, **values)
    return found.value.refusal.code


def shared(play):
    return drawing.shared(KIND, ["canvas", "list", "table"], play.stage(), Eyes())


def test_everybody_places_and_moves_and_jumpy_items_are_talked_about():
    play = playing("magic")
    for hand, size in ((ANA, "S"), (BEN, "L"), (CHI, "M")):
        play.act(hand, "place", card="i0", size=size)
    assert play.cards["i0"].fields == {"outcome": "x", "size": "M"}
    assert "moved 3 times" in shared(play)
    assert [offer.card for offer in look.offers(play.stage()) if offer.place == "sized"] == ["i0"]
    assert refused(play, ANA, "place", card="i0", size="M") == "same"
    assert refused(play, ANA, "place", card="i0", size="huge") == "size"
    assert refused(play, ANA, "estimate", size="M") == "mode"


def test_turns_go_round_the_table_where_the_exercise_says_so():
    play = playing("magic", turns=True)
    assert refused(play, BEN, "place", card="i0", size="S") == "turn"
    play.act(ANA, "place", card="i0", size="S")
    play.act(BEN, "place", card="i1", size="S")
    play.act(Hand(9, "Late", 1), "place", card="i1", size="M")
    assert "your turn" in drawing.own(KIND, play.stage(), ANA)


def test_nothing_is_seen_before_all_have_spoken():
    play = playing("poker", sizes=["1", "2", "13"])
    assert refused(play, ANA, "estimate", size="1") == "no-item"
    play.act(ANA, "choose", card="i1")
    play.act(ANA, "estimate", size="13")
    play.act(BEN, "estimate", size="1")
    assert "said" in shared(play)
    assert "<b>13</b>" not in shared(play)
    assert "You said 13" in drawing.own(KIND, play.stage(), ANA)
    assert "You said" not in drawing.own(KIND, play.stage(), CHI)
    assert refused(play, ANA, "agree", size="2") == "hidden"
    play.act(CHI, "estimate", size="?")
    assert "<b>13</b>" in shared(play)
    assert "said 1 or 13" in shared(play)
    assert refused(play, CHI, "estimate", size="2") == "shown"

    play.act(BEN, "again")
    assert rules.number_of_round(play.state) == 2
    play.act(BEN, "estimate", size="2")
    play.act(ANA, "reveal")
    play.act(ANA, "agree", size="2", why="Done before.")
    assert play.cards["i1"].fields["size"] == "2"
    assert play.state.card == ""
    assert rules.total("rounds", play.state) == 2
    assert sorted(play.deeds[BEN.id]["estimate"]) == ["i1/1", "i1/2"]


def test_an_item_on_the_table_may_be_withdrawn():
    play = playing("poker")
    made = play.act(ANA, "add", text="Mine").cards[0].id
    play.act(BEN, "choose", card=made)
    assert refused(play, BEN, "withdraw", card=made) == "not-yours"
    play.act(ANA, "withdraw", card=made)
    assert play.state.card == ""
    assert refused(play, BEN, "reveal") == "no-item"


@given(
    st.lists(
        st.tuples(st.sampled_from([ANA, BEN, CHI]), st.integers(0, 2), st.sampled_from(["XS", "S", "M", "L", "XL"]))
    )
)
def test_every_item_has_the_size_it_was_last_given(moves):
    play, last = playing("magic"), {}
    for hand, item, size in moves:
        if last.get(f"i{item}") != size:
            play.act(hand, "place", card=f"i{item}", size=size)
            last[f"i{item}"] = size
    assert play.state.sizes == last
    assert {id_: card.fields.get("size") for id_, card in play.cards.items() if id_ in last} == last
    assert sum(len(column.rows) for column in look.columns(play.stage())) == 3
