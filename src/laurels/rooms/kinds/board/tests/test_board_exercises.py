"""Every board of the pack can be played from its first step to its last, and all of a team take part."""

import tomllib
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.rehearsal import begun, rehearse, take_turns
from laurels.rooms.kinds.scene import Eyes, Hand

HANDS = [Hand(nth, name, 1) for nth, name in enumerate(["Ada", "Ben", "Chi", "Dua"], 1)]


def boards() -> list[Path]:
    files = sorted((settings.PACKS / "cspo" / "exercises").glob("*.toml"))
    return [file for file in files if tomllib.loads(file.read_text())["kind"] == "board"]


@pytest.mark.parametrize("file", boards(), ids=lambda file: file.stem)
def test_four_robots_take_part_in_it(file):
    raw = tomllib.loads(file.read_text())
    assert problems(raw) == []

    for scenery in rehearse(read_plan(raw)):
        stage = scenery.play.stage()
        assert shared(scenery.play.kind, ["canvas"], stage, Eyes())
        assert all(own(scenery.play.kind, stage, hand) for hand in scenery.hands)
        assert all(sheet(scenery.play.kind, id_, stage, scenery.hands[0]) != "" for id_ in stage.cards)

    assert [scenery.play.level(hand) for hand in scenery.hands] == ["met"] * 4
    assert scenery.play.kind.outline(scenery.play.stage())


@pytest.mark.parametrize("file", boards(), ids=lambda file: file.stem)
def test_robots_run_into_no_refusal(file):
    play, luck = begun(read_plan(tomllib.loads(file.read_text())), 2, None), Random(2)

    for number in range(len(play.plan.steps)):
        play.enter(number, HANDS)
        assert take_turns(play, HANDS, luck) == []
