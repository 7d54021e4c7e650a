"""Every estimation of the pack: it reads, draws in each step, and robots take part in it."""

import tomllib
from pathlib import Path
from random import Random

import pytest

from laurels.rooms.kinds import drawing, kinds, problems, read_plan, rehearsal
from laurels.rooms.kinds.scene import Eyes

PACK = Path(__file__).parents[6] / "packs" / "cspo" / "exercises"
PLANS = {path.stem: tomllib.loads(path.read_text()) for path in sorted(PACK.glob("*.toml"))}
ESTIMATIONS = {key: raw for key, raw in PLANS.items() if raw["kind"] == "estimation"}
MODES = {"magic", "poker"}


def test_there_is_one_of_each_mode():
    assert {raw["settings"]["mode"] for raw in ESTIMATIONS.values()} == MODES


@pytest.mark.parametrize("key", ESTIMATIONS)
def test_four_robots_take_part(key):
    assert problems(ESTIMATIONS[key]) == []
    for scenery in rehearsal.rehearse(read_plan(ESTIMATIONS[key])):
        stage = scenery.play.stage()
        whole = drawing.shared(kinds()["estimation"], ["canvas"], stage, Eyes())
        assert all(stage.cards[id_].text.split("'")[0] in whole for id_ in stage.state.items)
        for hand in scenery.hands:
            drawing.own(kinds()["estimation"], stage, hand)
        assert drawing.sheet(kinds()["estimation"], stage.state.items[0], stage, scenery.hands[0])
    assert [scenery.play.level(hand) for hand in scenery.hands] == ["met"] * 4
    assert scenery.play.kind.offers(scenery.play.stage())
    assert scenery.play.kind.outline(scenery.play.stage())[0].rows


@pytest.mark.parametrize("key", ESTIMATIONS)
def test_robots_are_not_refused(key):
    plan = read_plan(ESTIMATIONS[key])
    play = rehearsal.begun(plan, 2, None)
    hands = [rehearsal.Hand(nth, name, 1) for nth, name in enumerate(rehearsal.NAMES[:4], start=1)]
    for step in range(len(plan.steps)):
        play.enter(step, hands)
        assert rehearsal.take_turns(play, hands, Random(3)) == []
