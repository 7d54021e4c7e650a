"""Plays exercises with robots and draws every step: ``python tools/look_at_exercise.py wsjf moscow --into out/look``.

For each exercise one HTML file (canvas, own corner and a card's sheet of each step, as a learner and as the presenter
see it), and pictures at 390 and 1280 px, light and dark, when a browser is found.
"""

import argparse
import html
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laurels.rooms.kinds.scene import Plan

ROOT = Path(__file__).parents[1]
CSS = ROOT / "src/laurels/web/static/laurels/css/laurels.css"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("keys", nargs="+")
    options.add_argument("--pack", type=Path, default=ROOT / "packs/cspo")
    options.add_argument("--into", type=Path, default=ROOT / "out/look")
    asked = options.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laurels.web.settings")
    import django

    django.setup()
    pages = {key: page_of(key, asked.pack) for key in asked.keys}
    for key, page in pages.items():
        (asked.into / f"{key}.html").write_text(page, encoding="utf-8")
    photograph(pages, asked.into)


def page_of(key: str, pack: Path) -> str:
    from laurels.rooms.kinds import rehearsal

    plan, before = plan_of(key, pack), None
    if plan.continues:
        before = [scenery.play for scenery in rehearsal.rehearse(plan_of(plan.continues, pack))][-1]
    steps = rehearsal.pictures(plan, before)
    body = "\n".join(f"<hr><p>{html.escape(title)}</p>{drawn}" for title, drawn in steps)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{html.escape(plan.title)}</title><link rel="stylesheet" href="{CSS.as_uri()}">'
        f'<body><main id="main" class="room stack"><h1>{html.escape(plan.title)}</h1>{body}</main>'
    )


def plan_of(key: str, pack: Path) -> "Plan":
    from laurels.rooms.kinds import read_plan

    return read_plan(tomllib.loads((pack / "exercises" / f"{key}.toml").read_text(encoding="utf-8")))


def photograph(keys: dict[str, str], into: Path) -> None:
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT))
    from tests.browser.conftest import FLAGS, chrome

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome(), args=FLAGS)
        for width, scheme in ((390, "light"), (1280, "light"), (1280, "dark")):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            for key in keys:
                page.goto((into / f"{key}.html").as_uri())
                page.screenshot(path=into / f"{key}-{width}-{scheme}.png", full_page=True)


if __name__ == "__main__":
    main()
