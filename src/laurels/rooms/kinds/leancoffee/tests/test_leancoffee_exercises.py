"""Every Lean Coffee of the pack: it reads, draws in each step, and robots take part in it."""

import tomllib
from pathlib import Path
from random import Random

import pytest

from laurels.rooms.kinds import drawing, kinds, problems, read_plan, rehearsal
from laurels.rooms.kinds.scene import Eyes

PACK = Path(__file__).parents[6] / "packs" / "cspo" / "exercises"
PLANS = {path.stem: tomllib.loads(path.read_text()) for path in sorted(PACK.glob("*.toml"))}
COFFEES = {key: raw for key, raw in PLANS.items() if raw["kind"] == "leancoffee"}


@pytest.mark.parametrize("key", COFFEES)
def test_four_robots_take_part(key):
    assert problems(COFFEES[key]) == []
    for scenery in rehearsal.rehearse(read_plan(COFFEES[key])):
        stage = scenery.play.stage()
        whole = drawing.shared(kinds()["leancoffee"], ["canvas"], stage, Eyes())
        assert "topic" in whole
        for hand in scenery.hands:
            drawing.own(kinds()["leancoffee"], stage, hand)
    assert [scenery.play.level(hand) for hand in scenery.hands] == ["met"] * 4
    assert scenery.play.kind.offers(scenery.play.stage())
    assert scenery.play.kind.outline(scenery.play.stage())[0].rows


@pytest.mark.parametrize("key", COFFEES)
def test_robots_are_not_refused(key):
    plan = read_plan(COFFEES[key])
    play = rehearsal.begun(plan, 2, None)
    hands = [rehearsal.Hand(nth, name, 1) for nth, name in enumerate(rehearsal.NAMES[:4], start=1)]
    for step in range(len(plan.steps)):
        play.enter(step, hands)
        assert rehearsal.take_turns(play, hands, Random(3)) == []
