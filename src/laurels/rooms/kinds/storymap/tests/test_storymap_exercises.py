"""Every exercise of this kind can be played from its first step to its last, and all of a team take part."""

import tomllib
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.drawing import own, shared, sheet
from laurels.rooms.kinds.play import Play
from laurels.rooms.kinds.rehearsal import NAMES, begun, rehearse, take_turns
from laurels.rooms.kinds.scene import Eyes, Hand, Plan

EXERCISES = settings.PACKS / "cspo" / "exercises"
HANDS = [Hand(nth, NAMES[nth], 1) for nth in range(1, 5)]


def exercises() -> list[Path]:
    return [file for file in sorted(EXERCISES.glob("*.toml")) if tomllib.loads(file.read_text())["kind"] == "storymap"]


def plan_of(file: Path) -> Plan:
    raw = tomllib.loads(file.read_text())
    assert problems(raw) == []
    return read_plan(raw)


def before(plan: Plan) -> Play | None:
    if not plan.continues:
        return None
    return [scenery.play for scenery in rehearse(plan_of(EXERCISES / f"{plan.continues}.toml"))][-1]


@pytest.mark.parametrize("file", exercises(), ids=lambda file: file.stem)
def test_four_robots_take_part_in_it(file):
    plan = plan_of(file)
    for scenery in rehearse(plan, before=before(plan)):
        kind, stage = scenery.play.kind, scenery.play.stage()
        assert 'id="c1-canvas"' in shared(kind, ["canvas"], stage, Eyes())
        assert all(own(kind, stage, hand) for hand in scenery.hands)
        assert all(sheet(kind, id_, stage, scenery.hands[0]) != "" for id_ in stage.cards)

    assert [scenery.play.level(hand) for hand in scenery.hands] == ["met"] * 4
    assert scenery.play.kind.outline(scenery.play.stage())


@pytest.mark.parametrize("file", exercises(), ids=lambda file: file.stem)
def test_robots_run_into_no_refusal(file):
    plan, luck = plan_of(file), Random(7)
    play = begun(plan, 7, before(plan))
    for number in range(len(plan.steps)):
        play.enter(number, HANDS)
        assert take_turns(play, HANDS, luck) == []
