"""Cards are dragged with a mouse or moved by keyboard alone, and everybody's screen follows."""

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser
EXERCISE = "Daily Scrum of the class"


def learner(browser: Browser, address: str, code: str, width: int) -> Page:
    """Somebody with a free seat comes in by the code."""
    page = browser.new_context(viewport={"width": width, "height": 900}).new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{address}/join")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go in").click()
    page.locator(".names button").first.click()
    page.locator("[data-said]").wait_for(state="attached")
    return page


def zone(page: Page, title: str) -> Locator:
    return page.locator(".zone", has=page.get_by_role("heading", name=title))


def note(page: Page, text: str) -> Locator:
    return page.locator(".zone .note", has_text=text)


def write(page: Page, text: str) -> None:
    page.get_by_role("radio", name="From yesterday I remember").check()
    page.get_by_label("Your card").fill(text)
    page.keyboard.press("Enter")
    note(page, text).wait_for()


def drag(page: Page, card: Locator, onto: Locator) -> None:
    card.scroll_into_view_if_needed()
    start, end = card.bounding_box(), onto.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 30, start["y"] + start["height"] / 2)
    page.mouse.down()
    for part in range(1, 11):
        x = start["x"] + 30 + (end["x"] + 40 - start["x"] - 30) * part / 10
        y = start["y"] + start["height"] / 2 + (end["y"] + 20 - start["y"] - start["height"] / 2) * part / 10
        page.mouse.move(x, y, steps=3)
    page.mouse.up()


def room(eyes: Eyes) -> str:
    """The code of a room in which the exercise runs and cards may be moved."""
    eyes.enter("Tess Lindqvist")
    eyes.go("/desk/workshops")
    eyes.page.locator("tr", has_text="11/14").get_by_role("link").first.click()
    eyes.follow("Live room")
    if eyes.page.get_by_role("button", name="Open the room").count():
        eyes.press("Open the room")
    eyes.sees("Run sheet")
    eyes.press(f"Start {EXERCISE}")
    eyes.page.get_by_role("button", name="2. Compare").click()
    eyes.page.get_by_role("button", name="2. Compare", disabled=True).wait_for()
    return eyes.page.locator(".room-code b").inner_text()


def test_a_card_is_dragged_and_moved_by_keyboard(eyes: Eyes, demo: str, browser: Browser) -> None:
    code = room(eyes)
    ada, grace = learner(browser, demo, code, 1280), learner(browser, demo, code, 390)
    objections: list[str] = []
    ada.on("console", lambda said: objections.append(said.text) if said.type == "error" else None)
    ada.reload()
    write(ada, "Outcome before output")
    write(ada, "A slice runs through all steps")
    note(grace, "A slice runs through all steps").wait_for()

    drag(ada, note(ada, "Outcome before output"), zone(ada, "Today this helps our goal").locator(".notes"))
    zone(grace, "Today this helps our goal").get_by_text("Outcome before output").wait_for()
    zone(ada, "Today this helps our goal").get_by_text("Outcome before output").wait_for()
    assert ada.locator("dialog[open]").count() == 0
    assert ada.locator(".room > form[hidden]").count() == 0
    assert objections == []

    drag(ada, note(ada, "A slice runs"), note(ada, "Outcome before output"))
    goal = zone(grace, "Today this helps our goal").locator(".note-text")
    goal.nth(1).wait_for()
    assert goal.all_inner_texts() == ["A slice runs through all steps", "Outcome before output"]

    note(ada, "Outcome before output").get_by_role("button").focus()
    ada.keyboard.press("Enter")
    ada.get_by_label("Move to").focus()
    ada.keyboard.type("This stands")
    ada.keyboard.press("Tab")
    ada.keyboard.press("Enter")
    zone(grace, "This stands in the way").get_by_text("Outcome before output").wait_for()
    Eyes(ada, demo).look("room-drag")

    ada.set_viewport_size({"width": 1280, "height": 900})
    ada.context.set_offline(True)
    drag(ada, note(ada, "Outcome before output"), zone(ada, "From yesterday I remember").locator(".notes"))
    ada.locator("[data-said]", has_text="You are offline").wait_for()
    assert zone(ada, "This stands in the way").get_by_text("Outcome before output").count() == 1
    eyes.press(f"End {EXERCISE}")
