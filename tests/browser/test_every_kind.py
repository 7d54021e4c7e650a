"""Every step of one exercise of each kind, and of each mode of rankings and estimations, before axe."""

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from laurels.rooms.kinds import kinds, read_plan, rehearsal
from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
CSS = (ROOT / "src/laurels/web/static/laurels/css/laurels.css").as_uri()
EXERCISES = {path.stem: tomllib.loads(path.read_text()) for path in (ROOT / "packs/cspo/exercises").glob("*.toml")}
SHOWN = (
    *("vision-board", "scrum-cards", "assumption-map", "personas", "impact-map", "story-map-slices", "splitting"),
    *("wsjf", "kano-sort", "buy-a-feature", "moscow", "white-elephant", "planning-poker", "box-gallery", "interview"),
    *("lean-coffee-round", "sprint-market"),
)
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="{css}">
<body><main id="main" class="room stack"><h1>{title}</h1>{body}</main>"""


def test_every_kind_is_shown():
    assert {EXERCISES[key]["kind"] for key in SHOWN} == set(kinds())


@pytest.mark.parametrize("key", SHOWN)
def test_axe_finds_nothing(key: str, browser: Browser, tmp_path: Path) -> None:
    plan, before = read_plan(EXERCISES[key]), None
    if plan.continues:
        before = [scenery.play for scenery in rehearsal.rehearse(read_plan(EXERCISES[plan.continues]))][-1]
    eyes = Eyes(browser.new_page(), "")
    for number, (title, body) in enumerate(rehearsal.pictures(plan, before), start=1):
        (tmp_path / "step.html").write_text(PAGE.format(title=title, css=CSS, body=body), encoding="utf-8")
        eyes.page.goto((tmp_path / "step.html").as_uri())
        eyes.look(f"kind-{key}-{number}")
    eyes.page.close()
