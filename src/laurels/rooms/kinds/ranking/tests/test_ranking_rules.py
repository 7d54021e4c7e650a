"""Ranking by hand, by scores, in lists, by feelings and by money."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import read_plan
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.ranking import look
from laurels.rooms.kinds.ranking.modes import buy, kano, relative, wsjf
from laurels.rooms.kinds.ranking.sizes import size_of
from laurels.rooms.kinds.ranking.state import FEELINGS, Settings
from laurels.rooms.kinds.scene import Card, Hand

ANA, BEN, CHI = Hand(1, "Ana", 1), Hand(2, "Ben", 1), Hand(3, "Chi", 1)
ALL = ["add", "edit", "withdraw", "move", "explain", "score", "sort", "answer", "bid", "unbid"]


def playing(mode, *, sizes=("3", "L", 8), steps=None, **settings):
    plan = {
        "key": "ranked",
        "title": "Ranked",
        "kind": "ranking",
        "minutes": 20,
        "settings": {"mode": mode} | settings,
        "step": steps or [{"title": "Rank", "allow": ALL}, {"title": "See", "results": True, "sorts": True}],
        "taking_part": {"says": "One", "any": [{"deed": "move"}]},
    }
    items = [(Card(f"i{nth}", f"Item {nth}", fields={"size": size}), "") for nth, size in enumerate(sizes)]
    play = Play(read_plan(plan), items)
    play.enter(0, [ANA, BEN, CHI])
    return play


def shown(play):
    return [row.card.id for heap in look.heaps(play.stage()) for row in heap.rows]


def refused(play, *args, **values):
    with pytest.raises(Refused) as found:
        play.act(*args, **values)
    return found.value.refusal.code


def test_sizes_are_read_however_they_were_said():
    said = ["5", 8, "M", "xl", "", None, "?", "2.6", -4]
    sizes = [size_of(Card("x", "", fields={"size": one}), Settings("order")) for one in said]
    assert sizes == [5, 8, 3, 8, 3, 3, 3, 3, 1]


def test_by_hand_with_reasons():
    play = playing("order")
    play.act(ANA, "move", card="i2", position=1, reason="It teaches us most.")
    play.act(BEN, "move", card="i2", places=1)
    assert shown(play) == ["i0", "i2", "i1"]
    play.act(BEN, "move", card="i2", places=-9)
    play.act(CHI, "explain", card="i2", reason="And it is small.")
    assert play.state.reasons == {"i2": ["It teaches us most.", "And it is small."]}
    assert [offer.card for offer in look.offers(play.stage())] == ["i2", "i0", "i1"]
    assert refused(play, ANA, "move", card="i1", position=4) == "position"
    assert refused(play, ANA, "move", card="i1") == "nowhere"
    assert refused(play, ANA, "score", card="i1", column=["value"], value=[1]) == "mode"
    assert refused(play, ANA, "explain", card="i1", reason="") == "empty"
    assert refused(play, ANA, "move", card="gone", position=1) == "no-card"


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-6, 6)), max_size=30))
def test_moving_never_loses_or_doubles_an_item(moves):
    play = playing("order", sizes=(1, 1, 1, 1, 1))
    for item, places in moves:
        if places:
            play.act(ANA, "move", card=f"i{item}", places=places)
    assert sorted(play.state.items) == [f"i{nth}" for nth in range(5)]


def score(play, item, columns, values):
    return play.act(ANA, "score", card=item, column=list(columns), value=list(values))


def test_wsjf_divides_cost_of_delay_by_size():
    play = playing("wsjf")
    score(play, "i0", wsjf.SCORED, (8, 5, 2, 5))
    score(play, "i1", wsjf.SCORED, (2, 1, 3, 1))
    assert wsjf.wsjf(play.state.scores["i0"]) == 3.0
    assert [rank.id for rank in wsjf.ranking(play.state, play.cards, play.plan.settings)] == ["i1", "i0", "i2"]
    assert shown(play) == ["i0", "i1", "i2"]
    play.enter(1)
    assert shown(play) == ["i1", "i0", "i2"]
    assert refused(playing("wsjf"), ANA, "score", card="i0", column=["value"], value=[4]) == "scale"
    assert refused(playing("wsjf"), ANA, "score", card="i0", column=["luck"], value=[1]) == "columns"


def test_a_relative_column_wants_a_one():
    play = playing("wsjf")
    score(play, "i0", wsjf.SCORED, (8, 5, 2, 5))
    score(play, "i1", wsjf.SCORED, (2, 3, 3, 1))
    hints = look.part("list", play.stage(), None).context["hints"]
    assert len(hints) == 3
    assert "Business value" in hints[0]


def test_relative_weighting_compares_shares():
    play = playing("relative")
    score(play, "i0", relative.SCORED, (5, 3, 1, 1))
    score(play, "i1", relative.SCORED, (1, 1, 3, 1))
    found = relative.shares(play.state, play.state.items)
    assert found["i0"] == (0.8, 0.75, pytest.approx(0.8 / 0.75))
    assert sum(one[0] for one in found.values()) == pytest.approx(1)
    assert sum(one[1] for one in found.values()) == pytest.approx(2)


def test_musts_are_limited():
    play = playing("moscow", sizes=(5, 5, 5, 5), must_most=50)
    for item in ("i0", "i1"):
        play.act(ANA, "sort", card=item, into="must")
    assert refused(play, BEN, "sort", card="i2", into="must") == "musts"
    play.act(BEN, "sort", card="i1", into="should")
    play.act(BEN, "sort", card="i2", into="must")
    play.act(BEN, "sort", card="i3", into="wont")
    assert shown(play) == ["i0", "i2", "i1", "i3"]
    assert refused(play, BEN, "sort", card="i3", into="maybe") == "list"


def test_kano_reads_pairs_of_answers():
    assert kano.class_of("like", "dislike") == "performance"
    assert kano.class_of("like", "neutral") == "exciter"
    assert kano.class_of("expect", "dislike") == "basic"
    assert kano.class_of("neutral", "bear") == "indifferent"
    assert kano.class_of("dislike", "like") == "reverse"
    assert kano.class_of("like", "like") == "unclear"
    assert {kano.class_of(*pair) for pair in product(FEELINGS, repeat=2)} == set(kano.CLASSES)


def test_kano_stays_closed_until_the_results():
    play = playing("kano")
    for hand, lacks in ((ANA, "dislike"), (BEN, "dislike"), (CHI, "neutral")):
        play.act(hand, "answer", card="i1", has="like", lacks=lacks)
    closed = look.heaps(play.stage())
    assert [(heap.title, [row.counts for row in heap.rows]) for heap in closed] == [("", [(), (), ()])]
    assert shown(play) == ["i0", "i1", "i2"]
    play.enter(1)
    heap = look.heaps(play.stage())[0]
    assert heap.title.startswith("Performance")
    assert [count for _what, count in heap.rows[0].counts] == [2, 1]


def test_features_are_bought_together():
    play = playing("buy", sizes=(3, 5, 8), price=10, affords=60)
    assert play.state.purse == 30
    play.act(ANA, "bid", card="i1", amount=30)
    assert refused(play, ANA, "bid", card="i0", amount=1) == "money"
    play.act(BEN, "bid", card="i1", amount=30)
    assert play.state.bought == ["i1"]
    assert buy.left_of(play.state, BEN.id) == 10
    assert refused(play, ANA, "unbid", card="i1") == "bought"
    play.act(BEN, "bid", card="i0", amount=10)
    play.act(BEN, "unbid", card="i0")
    assert buy.left_of(play.state, BEN.id) == 10
    assert buy.left_of(play.state, 99) == 30
    assert [(offer.card, offer.place) for offer in look.offers(play.stage())][3] == ("i1", "bought")


@given(st.lists(st.tuples(st.sampled_from([ANA, BEN, CHI]), st.integers(0, 2), st.integers(0, 40)), max_size=40))
def test_money_is_neither_made_nor_lost(deals):
    play = playing("buy", sizes=(3, 5, 8), affords=70)
    for hand, item, amount in deals:
        try:
            play.act(hand, "bid" if amount else "unbid", card=f"i{item}", amount=amount)
        except Refused:
            continue
    settings, state = play.plan.settings, play.state
    for hand in (ANA, BEN, CHI):
        given_out = sum(bids.get(hand.id, 0) for bids in state.bids.values())
        assert buy.left_of(state, hand.id) + given_out == state.purse
        assert buy.left_of(state, hand.id) >= 0
    for id_ in state.items:
        price = buy.price_of(play.cards[id_], settings)
        assert buy.pooled(state, id_) <= price
        assert (id_ in state.bought) == (buy.pooled(state, id_) == price)


def test_items_are_added_and_withdrawn():
    play = playing("order", items_most=4)
    made = play.act(ANA, "add", text="A new one").cards[0].id
    assert refused(play, BEN, "add", text="One too many") == "full"
    assert refused(play, BEN, "withdraw", card=made) == "not-yours"
    play.act(ANA, "withdraw", card=made)
    assert made not in play.state.items
