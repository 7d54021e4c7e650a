"""Each kind is operated by somebody who has no mouse and no touch: Tab, letters, Enter, and nothing else."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Eyes
from tests.browser.test_the_room import come_in, phone

pytestmark = pytest.mark.browser
NAME = """() => {
  const one = document.activeElement === document.body ? null : document.activeElement;
  return [one?.labels?.[0]?.innerText, one?.getAttribute("aria-label"), one?.innerText].filter(Boolean).join(" ");
}"""
TABS_MOST = 150


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what has this name; the focus is always somewhere that can be seen."""
    for _press in range(TABS_MOST):
        page.keyboard.press("Tab")
        if name in page.evaluate(NAME):
            return
    raise AssertionError(f"Tab never came to “{name}” on {page.url}:\n{page.inner_text('main')}")


def fill(page: Page, name: str, words: str, *, then: str = "") -> None:
    tab_to(page, name)
    page.keyboard.type(words)
    if then:
        press(page, then)
    else:
        page.keyboard.press("Enter")


def press(page: Page, name: str) -> None:
    tab_to(page, name)
    page.keyboard.press("Enter")


def board(page: Page) -> None:
    fill(page, "Your card", "By keyboard alone")
    page.locator(".own .note", has_text="By keyboard alone").wait_for()


def statement(page: Page) -> None:
    page.locator(".draft").first.wait_for()
    typed = 0
    for _press in range(TABS_MOST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.draft input:not([type=hidden]), .draft textarea')"):
            page.keyboard.type("tables")
            typed += 1
        elif typed:
            break
    page.keyboard.press("Shift+Tab")
    press(page, "Save draft")
    page.get_by_role("button", name="Save changes").wait_for()


def tree(page: Page) -> None:
    fill(page, "Your card", "Half of them within a month")
    page.locator(".tree-node", has_text="Half of them").first.wait_for()


def storymap(page: Page) -> None:
    fill(page, "New step of the backbone", "Hears of a table")
    page.locator(".storymap-column", has_text="Hears of a table").first.wait_for()


def backlog(page: Page) -> None:
    fill(page, "Your item", "See free chairs", then="What changes")
    page.keyboard.type("Nobody comes in vain")
    fill(page, "First acceptance criterion", "Chairs are right within a minute", then="Add item")
    page.locator(".note-text", has_text="See free chairs").first.wait_for()


def estimation(page: Page) -> None:
    fill(page, "Another item", "Send a reminder")
    page.locator(".note-text", has_text="Send a reminder").first.wait_for()


def ranking(page: Page) -> None:
    for words in ("Take first", "Take second"):
        fill(page, "Another item", words)
        page.locator(".rank", has_text=words).first.wait_for()
    press(page, "Up: Take second")
    page.locator(".rank").first.filter(has_text="Take second").or_(
        page.locator(".rank", has_text="Take second").locator("xpath=following-sibling::*[contains(., 'Take first')]")
    ).first.wait_for()


def feedback(page: Page) -> None:
    fill(page, "Put on the stand", "The front of our box", then="Show")
    page.get_by_text("The front of our box").first.wait_for()


def roleplay(page: Page) -> None:
    press(page, "I have played my part")
    page.get_by_text("You have played this part").wait_for()


def leancoffee(page: Page) -> None:
    fill(page, "Your topic", "How small is small enough?")
    page.locator(".own .note", has_text="How small is small enough?").wait_for()


def market(page: Page) -> None:
    fill(page, "How many items", "2")
    page.get_by_role("button", name="Let Sprint 1 happen").wait_for()
    press(page, "Let Sprint 1 happen")
    page.get_by_text("Review of Sprint 1").wait_for()


WAYS = {
    "Product vision board": board,
    "Elevator statement": statement,
    "Impact map": tree,
    "Story map I:": storymap,
    "Items worth making": backlog,
    "White elephant": estimation,
    "Order the backlog": ranking,
    "Box gallery": feedback,
    "Talk with a customer": roleplay,
    "What shall we learn": leancoffee,
    "The Sprint market": market,
}


def test_every_kind_by_keyboard_alone(eyes: Eyes, demo: str, browser: Browser) -> None:
    eyes.enter("Tess Lindqvist")
    eyes.go("/desk/workshops")
    eyes.page.locator("tr", has_text="11/14").get_by_role("link").first.click()
    eyes.follow("Live room")
    if eyes.page.get_by_role("button", name="Open the room").count():
        eyes.press("Open the room")
    page = phone(browser, demo)
    come_in(page, eyes.page.locator(".room-code b").inner_text(), 0)
    eyes.page.get_by_label("How many teams").fill("1")
    eyes.page.get_by_role("button", name="Deal teams by chance").click()
    for title, way in WAYS.items():
        eyes.page.get_by_role("button", name=re.compile(f"^(Start|Open again) {re.escape(title)}")).first.click()
        page.locator(".stage-title", has_text=title).wait_for()
        if way is feedback:
            eyes.page.get_by_role("button", name="2. Read and answer").click()
            page.get_by_label("Put on the stand").wait_for()
        page.locator(".own").first.wait_for()
        way(page)
        eyes.page.get_by_role("button", name=re.compile(f"^End {re.escape(title)}")).first.click()
        page.locator(".stage-title", has_text="It begins in a moment").wait_for()


def test_a_lean_coffee_by_keyboard_from_the_first_key(browser: Browser, demo: str) -> None:
    """Opened, proposed, voted, talked about, noted and closed without a mouse."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{demo}/boards/new")
    fill(page, "What the others call you", "Kim", then="Open the board")
    page.get_by_text("You are in.").wait_for()
    press(page, "Begin")
    page.get_by_label("Your topic").wait_for()
    fill(page, "Your topic", "By keyboard alone")
    page.locator(".own .note", has_text="By keyboard alone").wait_for()
    for step, seen in (("Hear them", "step 2 of 5"), ("Vote", "step 3 of 5")):
        press(page, f"On to: {step}")
        page.get_by_text(seen).wait_for()
    press(page, "Vote")
    page.get_by_text("You have 1 vote left.").wait_for()
    press(page, "On to: Talk")
    page.get_by_text("step 4 of 5").wait_for()
    press(page, "Talk about")
    page.get_by_text("We talk about").wait_for()
    press(page, "Ask whether to go on")
    page.get_by_role("button", name="Enough").wait_for()
    press(page, "Enough")
    page.locator("section[aria-label=Discussed]").or_(page.get_by_text("1 of 1")).first.wait_for()
    press(page, "Count the thumbs now")
    page.locator("section[aria-label=Discussed]").wait_for()
    press(page, "On to: Take along")
    page.get_by_text("step 5 of 5").wait_for()
    fill(page, "Your sentence at the end", "No mouse needed")
    page.get_by_text("You said:").wait_for()
    press(page, "Close the room")
    page.get_by_text("This room is closed").wait_for()
    press(page, "Read what came of it")
    page.get_by_text("No mouse needed").wait_for()
