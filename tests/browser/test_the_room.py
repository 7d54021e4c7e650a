"""A class in its room: the trainer conducts, phones follow within a blink, work is revealed, the presenter shows it."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def phone(browser: Browser, address: str) -> Page:
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{address}/join")
    return page


def come_in(page: Page, code: str, nth: int) -> str:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go in").click()
    seat = page.locator(".names button").nth(nth)
    name = seat.inner_text()
    seat.click()
    page.get_by_text("It begins in a moment").wait_for()
    return name


def write(page: Page, text: str, zone: str) -> None:
    page.get_by_role("radio", name=zone).check()
    page.get_by_label("Your card").fill(text)
    page.keyboard.press("Enter")
    page.locator(".own .note", has_text=text).wait_for()


def cut_streams(page: Page) -> None:
    """A proxy on the way that lets no stream through: this screen has to ask again and again."""

    def cut(route: Route) -> None:
        is_stream = route.request.headers.get("accept") == "text/event-stream"
        route.abort() if is_stream else route.continue_()

    page.route("**/live/**", cut)


def test_phones_follow_the_trainer(eyes: Eyes, demo: str, browser: Browser) -> None:
    eyes.enter("Tess Lindqvist")
    eyes.go("/desk/workshops")
    eyes.page.locator("a[href^='/desk/workshops/']", has_text=re.compile("2026|2027")).first.click()
    eyes.follow("Live room")
    eyes.press("Open the room")
    eyes.sees("Run sheet")
    eyes.look("room-console")
    code = eyes.page.locator(".room-code b").inner_text()

    ada, grace, joan = phone(browser, demo), phone(browser, demo), phone(browser, demo)
    come_in(ada, code, 0)
    come_in(grace, code, 0)
    cut_streams(joan)
    come_in(joan, code, 0)
    eyes.page.locator(".people .chip", has_text="here").nth(1).wait_for()

    eyes.page.get_by_role("button", name="Start Product vision board").click()
    ada.get_by_text("Write in silence").wait_for()
    grace.get_by_text("Write in silence").wait_for()
    write(ada, "Neighbours meet at one table", "Vision")
    write(ada, "People who moved here lately", "Target group")
    grace.locator(".count", has_text="1 card").first.wait_for()
    assert grace.get_by_text("Neighbours meet at one table").count() == 0
    Eyes(ada, demo).look("room-silent")

    grace.get_by_label("Your card").fill("half a thou")
    eyes.page.get_by_role("button", name="2. Read and merge").click()
    grace.locator("[id*='-card-']", has_text="Neighbours meet at one table").wait_for()
    ada.locator("[id*='-card-']", has_text="Neighbours meet at one table").wait_for()
    assert grace.get_by_label("Your card").input_value() == "half a thou"

    ada.locator("[id*='-card-']").get_by_role("button", name="Neighbours meet at one table").click()
    ada.get_by_label("Words").fill("Neighbours eat at one table")
    ada.get_by_role("button", name="Save").click()
    grace.get_by_text("Neighbours eat at one table").wait_for()
    Eyes(ada, demo).look("room-open")

    joan.get_by_text("Neighbours eat at one table").wait_for()
    joan.get_by_role("button", name="Raise my hand").click()
    eyes.page.get_by_role("button", name=re.compile("Take the question")).wait_for()
    eyes.page.get_by_role("button", name=re.compile("Take the question")).click()

    ada.get_by_role("button", name="Raise my hand").click()
    eyes.page.get_by_role("button", name=re.compile("Take the question")).wait_for()

    eyes.page.get_by_role("link", name="Presenter's screen").click()
    eyes.sees("Neighbours eat at one table")
    eyes.look("room-presenter")
