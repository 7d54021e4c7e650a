"""Every board of the pack can be played from its first step to its last."""

import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.drawing import own, shared
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.scene import Eyes, Hand

ADA = Hand(1, "Ada", 1)


def boards() -> list[Path]:
    files = sorted((settings.PACKS / "cspo" / "exercises").glob("*.toml"))
    return [file for file in files if tomllib.loads(file.read_text())["kind"] == "board"]


@pytest.mark.parametrize("file", boards(), ids=lambda file: file.stem)
def test_it_can_be_played_to_its_end(file):
    raw = tomllib.loads(file.read_text())
    assert problems(raw) == []

    play = Play(read_plan(raw))
    for number, step in enumerate(play.plan.steps):
        play.enter(number, [ADA])
        for zone in play.plan.settings.zones if "write" in step.allow else ():
            play.act(ADA, "write", text="Something", zone=zone.key)
        assert shared(play.kind, ["canvas"], play.stage(), Eyes())
        assert own(play.kind, play.stage(), ADA)

    assert play.level(ADA) == "met"
