"""A newcomer learns; a member reports units, asks what renewing takes, and is told why it is not open yet."""

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_a_newcomer_learns_without_an_account(eyes: Eyes) -> None:
    eyes.go("/")
    eyes.follow("Learn")
    eyes.look("learn")
    eyes.follow("Why not simply plan it all?")
    first = eyes.page.locator("[data-answer]").first
    first.get_by_role("radio").first.focus()
    eyes.page.keyboard.press("Space")
    first.get_by_text(re.compile(r"Yes\.|We would say")).wait_for()
    eyes.look("lesson")
    eyes.follow("Next: Three pillars and five values")
    eyes.sees("three legs")


def test_without_scripts_the_practice_explains_itself_too(browser: Browser, demo: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{demo}/learn/three-accountabilities")
    page.locator("[data-answer]").first.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Explain my answers").click()
    page.get_by_text(re.compile(r"Yes\.|We would say")).first.wait_for()


def test_a_member_adds_units_and_sees_what_renewing_takes(eyes: Eyes) -> None:
    eyes.enter("Mira Castellanos")
    eyes.go("/journey")
    eyes.follow("My units")
    eyes.look("ledger-empty")
    for title, hours in (("Lean Coffee at the library", "1"), ("A book on discovery", "8"), ("A talk I gave", "12")):
        eyes.page.get_by_label("What was it?").fill(title)
        eyes.page.get_by_label("Hours").fill(hours)
        eyes.press("Add to my units")
        eyes.sees(f"“{title}” is in your ledger.")
    eyes.look("ledger")
    eyes.go("/renewals")
    eyes.sees("20 of 20 units")
    eyes.sees("can be renewed from")
    eyes.look("renewals-early")
    eyes.page.get_by_label("What if I renewed on another day?").fill("2027-06-01")
    eyes.press("Show")
    eyes.sees("Nothing is done here.")
    assert eyes.page.get_by_text("can be renewed from").count() == 0
    eyes.look("renewals-what-if")
