"""Every statement of the pack can be played from its first step to its last."""

import tomllib
from pathlib import Path
from random import Random

import pytest
from django.conf import settings

from laurels.rooms.kinds import problems, read_plan
from laurels.rooms.kinds.drawing import own, shared
from laurels.rooms.kinds.rehearsal import Scenery, begun, rehearse, take_turns
from laurels.rooms.kinds.scene import Eyes, Hand

HANDS = [Hand(nth, f"Robot {nth}", 1) for nth in range(1, 5)]
SIZES = [1, 4, 7]


def statements() -> list[Path]:
    files = sorted((settings.PACKS / "cspo" / "exercises").glob("*.toml"))
    return [file for file in files if tomllib.loads(file.read_text())["kind"] == "statement"]


each = pytest.mark.parametrize("file", statements(), ids=lambda file: file.stem)


def played(file: Path, people: int = 4) -> Scenery:
    plan = read_plan(tomllib.loads(file.read_text()))
    return list(rehearse(plan, people=people))[-1]


@each
@pytest.mark.parametrize("people", SIZES)
def test_everybody_takes_part_in_a_rehearsal(file, people):
    assert problems(tomllib.loads(file.read_text())) == []
    end = played(file, people)

    assert [end.play.level(hand) for hand in end.hands] == ["met"] * people


@each
def test_robots_run_into_no_refusals_and_every_step_draws(file):
    play = begun(read_plan(tomllib.loads(file.read_text())), 1, None)
    for number in range(len(play.plan.steps)):
        play.enter(number, HANDS)
        assert take_turns(play, HANDS, Random(number)) == []
        assert shared(play.kind, ["canvas"], play.stage(), Eyes())
        assert own(play.kind, play.stage(), HANDS[0])


@each
def test_in_the_end_all_statements_are_whole_and_flow_on(file):
    play = played(file).play
    forms = len(play.plan.settings.statements) or 1
    finished = [offer for offer in play.kind.offers(play.stage()) if offer.place == "finished"]

    assert len(finished) == forms
    assert all(play.cards[offer.card].sort == play.plan.settings.sort for offer in finished)
    assert play.kind.outline(play.stage())


def test_brought_risks_stand_on_the_test_cards():
    [file] = [file for file in statements() if file.stem == "test-ladder"]
    raw = tomllib.loads(file.read_text())
    play = begun(read_plan(raw | {"brings": [{"from": "assumption-map", "into": "assumption", "most": 3}]}), 1, None)
    play.enter(0, HANDS)

    risks = [play.cards[f"assumption-map{nth}"].text for nth in range(3)]
    assert [play.cards[play.state.statements[key]].text for key in ("first", "second", "third")] == risks
