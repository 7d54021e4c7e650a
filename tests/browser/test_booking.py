"""Buying seats: a company that names its people later, a stranger by invoice, a private workshop with its code."""

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_a_private_workshop_is_sold_by_its_link(eyes: Eyes) -> None:
    eyes.enter("Sam Okafor")
    eyes.go("/desk/workshops")
    eyes.page.locator("tr", has_text="/12").get_by_role("link").first.click()
    desk = eyes.page.url
    eyes.follow("How seats are sold")
    eyes.page.get_by_label("Line 1: percent back").fill("80")
    eyes.page.get_by_label("Line 1: percent back").blur()
    eyes.sees("80 % of the price back")
    eyes.page.get_by_label("Private: only with this code").fill("Harbour-2026")
    eyes.look("sale")
    eyes.press("Save")
    link = eyes.page.locator(".notice a").first.inner_text().split("localhost")[1].partition("/")[2]
    eyes.go("/desk/workshops")
    eyes.follow("Coupons")
    eyes.look("coupons")
    eyes.go("/desk/workshops")
    eyes.follow("Billing")
    eyes.look("billing")
    eyes.press("Sign out")

    eyes.go("/workshops")
    assert not eyes.page.get_by_text("Hamburg").count()
    eyes.go(f"/{link}")
    eyes.follow("Take a seat")
    assert eyes.page.get_by_label("Code from your invitation").input_value() == "Harbour-2026"

    eyes.enter("Sam Okafor")
    eyes.page.goto(desk)
    eyes.follow("How seats are sold")
    eyes.page.get_by_label("Private: only with this code").fill("")
    eyes.press("Save")
    eyes.sees("Saved")


def to_hamburg(eyes: Eyes) -> None:
    eyes.go("/workshops")
    eyes.page.locator("article", has_text="Hamburg").get_by_role("link").first.click()


def name_somebody(eyes: Eyes, name: str, email: str) -> None:
    form = eyes.page.get_by_role("form", name="Place 1")
    form.get_by_label("Name").fill(name)
    form.get_by_label("E-mail address").fill(email)
    form.get_by_role("button", name="Give the seat").click()
