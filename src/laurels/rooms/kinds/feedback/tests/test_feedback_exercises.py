"""Every feedback exercise of the pack can be played from its first step to its last."""

import tomllib
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.drawing import own, shared
from laurels.rooms.kinds.rehearsal import VISITOR, begun, rehearse, take_turns
from laurels.rooms.kinds.scene import Eyes, Hand

HANDS = [Hand(nth, f"Robot {nth}", 1) for nth in range(1, 5)]


def walls() -> list[Path]:
    files = sorted((settings.PACKS / "cspo" / "exercises").glob("*.toml"))
    return [file for file in files if tomllib.loads(file.read_text())["kind"] == "feedback"]


each = pytest.mark.parametrize("file", walls(), ids=lambda file: file.stem)


@each
def test_everybody_takes_part_in_a_rehearsal(file):
    assert problems(tomllib.loads(file.read_text())) == []
    play = [scenery.play for scenery in rehearse(read_plan(tomllib.loads(file.read_text())))][-1]

    assert {hand.id: play.level(hand) for hand in [*HANDS, VISITOR]} == {hand.id: "met" for hand in [*HANDS, VISITOR]}
    assert [offer for offer in play.kind.offers(play.stage()) if offer.place == "change"]
    assert play.kind.outline(play.stage())


@each
def test_robots_run_into_no_refusals_and_every_step_draws(file):
    play = begun(read_plan(tomllib.loads(file.read_text())), 1, None)
    for number, step in enumerate(play.plan.steps):
        play.enter(number, HANDS)
        assert take_turns(play, [*HANDS, VISITOR] if step.visitors else HANDS, Random(number)) == []
        assert shared(play.kind, ["canvas"], play.stage(), Eyes())
        assert own(play.kind, play.stage(), HANDS[0])
