"""From a fresh seat to being ready, by tapping; and what the trainer sees of a class before and after."""

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_getting_ready_and_what_the_trainer_sees(eyes: Eyes) -> None:
    eyes.enter("Noor Haddad")
    eyes.go("/workshops")
    eyes.page.locator("a[href^='/workshops/']").first.click()
    eyes.follow("Take a seat")
    eyes.press("Take this seat")
    seat = eyes.page.url
    eyes.go("/journey")
    eyes.follow("Get ready")
    eyes.look("ready-at-first")

    eyes.follow("Answer")
    eyes.page.get_by_label("What do you want to take home?").fill("To know where to begin")
    eyes.page.get_by_label("I have heard or read about it").check()
    eyes.page.get_by_label("Something else").check()
    eyes.look("expectations")
    eyes.press("Tell my trainers")
    eyes.follow("What else is there to do?")
    eyes.follow("Answer")
    by_keyboard(eyes)
    eyes.look("confidence-form")
    eyes.press("Keep my answers")
    eyes.sees("Your picture")
    eyes.look("confidence-own")
    eyes.follow("What else is there to do?")
    eyes.sees("Read the lessons")
    eyes.look("ready-later")
    give_back(eyes, seat)
    eyes.press("Sign out")

    eyes.enter("Ada Moreau")
    eyes.go("/journey")
    eyes.follow("How sure you feel now")
    eyes.look("confidence-both")
    eyes.press("Sign out")

    eyes.enter("Tess Lindqvist")
    eyes.go("/desk/workshops")
    eyes.page.locator("tbody tr a[href^='/desk/workshops/']").last.click()
    eyes.follow("What they expect")
    eyes.look("class-expectations")
    eyes.follow("How sure they feel")
    eyes.look("class-confidence")
    eyes.go("/desk/workshops")
    eyes.page.locator("tr", has_text="11/14").get_by_role("link").first.click()
    eyes.follow("Live room")
    if eyes.page.get_by_role("button", name="Open the room").count():
        eyes.press("Open the room")
    eyes.page.locator("summary", has_text="What they expect").click()
    eyes.look("console-expected")


def give_back(eyes: Eyes, seat: str) -> None:
    """Other stories find the class as they know it."""
    eyes.page.goto(seat)
    eyes.follow("Give the seat back")
    eyes.press("Give the seat back")
    eyes.sees("This seat was given back")


def by_keyboard(eyes: Eyes) -> None:
    """A number of the first group, and another of one of its lines, without a pointer."""
    eyes.page.locator("#id_group-0_0").focus()
    eyes.page.keyboard.press("Space")
    eyes.page.keyboard.press("ArrowRight")
    assert eyes.page.locator("#id_group-0_1").is_checked()
    eyes.page.locator(".scale summary").first.focus()
    eyes.page.keyboard.press("Enter")
    eyes.page.locator("#id_line-0-0_3").focus()
    eyes.page.keyboard.press("Space")
