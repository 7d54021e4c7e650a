"""Every ranking of the pack: it reads, draws in each step, and robots take part in it."""

import tomllib
from pathlib import Path
from random import Random

import pytest

from laurels.rooms.kinds import drawing, kinds, problems, read_plan, rehearsal
from laurels.rooms.kinds.scene import Eyes

PACK = Path(__file__).parents[6] / "packs" / "cspo" / "exercises"
PLANS = {path.stem: tomllib.loads(path.read_text()) for path in sorted(PACK.glob("*.toml"))}
RANKINGS = {key: raw for key, raw in PLANS.items() if raw["kind"] == "ranking"}
MODES = {"order", "wsjf", "relative", "moscow", "kano", "buy"}


def test_there_is_one_of_each_mode():
    assert {raw["settings"]["mode"] for raw in RANKINGS.values()} == MODES


@pytest.mark.parametrize("key", RANKINGS)
def test_four_robots_take_part(key):
    assert problems(RANKINGS[key]) == []
    for scenery in rehearsal.rehearse(read_plan(RANKINGS[key])):
        stage = scenery.play.stage()
        whole = drawing.shared(kinds()["ranking"], ["canvas"], stage, Eyes())
        assert all(stage.cards[id_].text.split("'")[0] in whole for id_ in stage.state.items)
        for hand in scenery.hands:
            drawing.own(kinds()["ranking"], stage, hand)
        assert drawing.sheet(kinds()["ranking"], stage.state.items[0], stage, scenery.hands[0])
    assert [scenery.play.level(hand) for hand in scenery.hands] == ["met"] * 4
    assert scenery.play.kind.offers(scenery.play.stage())
    assert scenery.play.kind.outline(scenery.play.stage())[0].rows


@pytest.mark.parametrize("key", RANKINGS)
def test_robots_are_not_refused(key):
    plan = read_plan(RANKINGS[key])
    play = rehearsal.begun(plan, 2, None)
    hands = [rehearsal.Hand(nth, name, 1) for nth, name in enumerate(rehearsal.NAMES[:4], start=1)]
    for step in range(len(plan.steps)):
        play.enter(step, hands)
        assert rehearsal.take_turns(play, hands, Random(3)) == []


def test_closed_answers_and_words_stay_closed_and_plain():
    plan = read_plan(next(raw for raw in RANKINGS.values() if raw["settings"]["mode"] == "kano"))
    play = rehearsal.begun(plan, 1, None)
    hands = [rehearsal.Hand(1, "Ana", 1), rehearsal.Hand(2, "Ben", 1)]
    step = next(nth for nth, each in enumerate(plan.steps) if "answer" in each.allow)
    play.enter(step, hands)
    item = play.state.items[0]
    play.cards[item] = rehearsal.Card(item, "<script>alert(1)</script>")
    play.act(hands[0], "answer", card=item, has="like", lacks="dislike")
    kind = kinds()["ranking"]
    shared = drawing.shared(kind, ["canvas", "list", "tally"], play.stage(), Eyes())
    theirs = drawing.own(kind, play.stage(), hands[1])
    assert "Performance" not in shared
    assert "is-answered" not in theirs
    assert "is-answered" in drawing.own(kind, play.stage(), hands[0])
    assert "<script>" not in shared + theirs
