"""The Sprint market: what a team may know, what its choices lead to, and that good ordering is what pays."""

import tomllib
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.kernel.refusal import Refused
from laurels.rooms.kinds import drawing, kinds, problems, read_plan, rehearsal
from laurels.rooms.kinds.market import game, look
from laurels.rooms.kinds.market.model.best import best
from laurels.rooms.kinds.market.model.market import Item, Market, Segment, Terms
from laurels.rooms.kinds.market.model.orders import CAREFUL, HABITS, chance, course
from laurels.rooms.kinds.market.model.play import Plan, play
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Card, Eyes, Hand

KIND = kinds()["market"]
RAW = tomllib.loads((Path(__file__).parents[6] / "packs/cspo/exercises/sprint-market.toml").read_text())
ANA, BEN = Hand(1, "Ana", 1), Hand(2, "Ben", 1)
SEGMENTS = (Segment("many", "Many", 0.7), Segment("loud", "Loud", 0.3, is_loudest=True))


def a_market(seed, *, count=12, **terms):
    items = tuple(Item(f"i{nth}", f"Item {nth}", float(1 + nth % 5)) for nth in range(count))
    return Market(str(seed), SEGMENTS, items, ("Wish one", "Wish two"), Terms(**terms))


def playing(seed=3, count=9):
    brought = [Card(f"b{nth}", f"Brought {nth}", fields={"size": str(1 + nth % 5)}) for nth in range(count)]
    game_ = Play(read_plan(RAW), [(card, "") for card in brought], seed=seed)
    game_.enter(0, [ANA, BEN])
    return game_


def refused(play_, *args, **values):
    with pytest.raises(Refused) as found:
        play_.act(*args, **values)
    return found.value.refusal.code


def sprint(play_, items=2):
    play_.act(ANA, "forecast", items=items)
    play_.act(BEN, "run")


def test_the_exercise_is_in_order_and_robots_take_part():
    assert problems(RAW) == []
    for scenery in rehearsal.rehearse(read_plan(RAW)):
        assert drawing.shared(KIND, ["canvas"], scenery.play.stage(), Eyes())
    assert [scenery.play.level(hand) for hand in scenery.hands] == ["met"] * 4
    assert scenery.play.state.final is not None
    assert len(KIND.outline(scenery.play.stage())[0].rows) == 4


def test_a_team_orders_tests_forecasts_and_hears_its_customers():
    play_ = playing()
    assert refused(play_, ANA, "run") == "no-forecast"
    assert refused(play_, ANA, "forecast", items=99) == "forecast"
    play_.act(ANA, "move", card="b5", position=1)
    assert next(row.key for row in look.rows(play_.stage())) == "b5"
    before = next(row for row in look.rows(play_.stage()) if row.key == "b6")
    play_.act(ANA, "test", card="b6")
    after = next(row for row in look.rows(play_.stage()) if row.key == "b6")
    sprint(play_, items=1)
    assert (before.is_tested, after.is_tested) == (False, True)
    assert width(after.value) < width(before.value)
    review = look.reviews(play_.stage())[0]
    assert len(review.voices) == 3
    assert {row.key for row in look.rows(play_.stage())} & {"new-1-1", "new-1-2"}
    assert refused(play_, ANA, "test", card="b6") == "tested"
    assert refused(play_, ANA, "move", card="nothing", position=1) == "no-card"


def width(value):
    low, high = value.partition("(")[2].rstrip(")").split("–")
    return int(high) - int(low)


def test_what_only_the_market_knows_is_in_no_drawing():
    play_ = playing()
    seen = drawing.shared(KIND, ["canvas"], play_.stage(), Eyes()) + drawing.own(KIND, play_.stage(), ANA)
    play_.state = play_.state.__class__(**{**as_dict(play_.state), "seed": "another"})
    market = game.market_of(play_.state, play_.plan.settings)
    assert "Review" not in seen
    assert "polyline" not in seen
    assert all(wish not in seen for wish in play_.plan.settings.wishes)
    assert market.capacities != ()


def as_dict(state):
    return {name: getattr(state, name) for name in state.__struct_fields__}


def test_after_the_last_sprint_the_chart_and_the_debrief_speak():
    play_ = playing()
    for _nth in range(4):
        sprint(play_)
    assert refused(play_, ANA, "run") == "over"
    lines = {
        line.css: line.totals for line in look.chart(play_.state, game.market_of(play_.state, play_.plan.settings))
    }
    assert all(one <= two for one, two in zip(lines["best"], lines["best"][1:], strict=False))
    assert max(line[-1] for line in lines.values()) == lines["best"][-1]
    told = look.debrief(play_.stage())
    assert "of what the best possible order" in told[0]
    assert "You tested nothing" in told[2]
    drawn = drawing.shared(KIND, ["canvas"], play_.stage(), Eyes())
    assert "polyline" in drawn
    assert play_.act(ANA, "note", text="Small <b>first</b>").cards
    assert "<b>first" not in drawing.shared(KIND, ["canvas"], play_.stage(), Eyes())


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_nothing_earns_more_than_the_bound_and_the_same_seed_plays_the_same(seed):
    market = a_market(seed, count=8, sprints=3)
    found = best(market)
    for habit in HABITS.values():
        assert course(market, habit)[-1] <= found.bound
    assert chance(market, 1)[-1] <= found.bound
    assert course(a_market(seed, count=8, sprints=3), HABITS[CAREFUL]) == course(market, HABITS[CAREFUL])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 11), max_size=12))
def test_effort_is_neither_made_nor_lost(seed, order):
    market = a_market(seed)
    plan = Plan(tuple(f"i{nth}" for nth in dict.fromkeys(order)), tests=("i0",))
    for one in play(market, [plan] * 4):
        assert one.tested + sum(one.worked.values()) + one.idle == one.capacity
        assert one.idle >= 0


def gain(markets):
    """What careful ordering earns, as a multiple of what chance earns on average."""
    found = []
    for market in markets:
        luck = mean(chance(market, nth)[-1] for nth in range(20))
        found.append(course(market, HABITS[CAREFUL])[-1] / luck)
    return mean(found)


def test_ordering_pays_and_without_differences_it_cannot():
    """The positive control: where all items are worth and cost the same, careful ordering earns what chance does."""
    same = Terms(worth_spread=1e-9, sized_spread=1e-9, urgent_share=0.0, arrivals=0)
    items = tuple(Item(f"i{nth}", f"Item {nth}", 3.0) for nth in range(12))
    level = [Market(str(seed), (SEGMENTS[0],), items, (), same) for seed in range(20)]

    assert gain(level) == pytest.approx(1.0, rel=0.02)
    assert gain([a_market(seed) for seed in range(60)]) > 1.2


def played_to_the_end(seed):
    play_ = playing(seed)
    for _nth in range(4):
        sprint(play_)
    return play_


def test_teams_stand_side_by_side_once_two_have_ended():
    ended, other, going = played_to_the_end(3), played_to_the_end(4), playing(5)
    assert "polyline" not in drawing.together(KIND, [ended.stage(), going.stage()])
    assert drawing.together(KIND, [ended.stage()]) == ""

    drawn = drawing.together(KIND, [ended.stage(), other.stage(), going.stage()])

    assert drawn.count("<polyline") == 2
    part = look.together([ended.stage(), other.stage()])
    mine = game.played(ended.state, game.market_of(ended.state, ended.plan.settings))[-1].total
    assert part.context["lines"][0].totals[-1] == round(100 * mine / ended.state.final.best[-1])
    assert all(line.totals[-1] <= 100 for line in part.context["lines"])


def test_customers_say_what_they_got_and_how_long_they_wait():
    said = [
        voice
        for seed in range(12)
        for play_ in [played_to_the_end(seed)]
        for review in look.reviews(play_.stage())
        for voice in review.voices
    ]
    again = [voice for review in look.reviews(played_to_the_end(3).stage()) for voice in review.voices]
    assert again == [voice for review in look.reviews(played_to_the_end(3).stage()) for voice in review.voices]
    for words in ("than you thought", "each Sprint", "without anything for us", "We go on waiting"):
        assert any(words in voice for voice in said), words
    assert all("%(" not in voice for voice in said)
