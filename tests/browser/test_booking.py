"""Buying seats: a company that names its people later, a stranger by invoice, a private workshop with its code."""

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_a_company_buys_five_and_names_them_later(eyes: Eyes) -> None:
    eyes.enter("Noor Haddad")
    to_hamburg(eyes)
    eyes.look("workshop-priced")
    eyes.follow("Take a seat")
    eyes.look("booking-for-me")
    eyes.page.get_by_label("Others come").check()
    eyes.press("One more person")
    assert eyes.page.get_by_label("Name of person 4").is_visible()
    eyes.page.get_by_label("Company", exact=False).last.fill("Tea & Co")
    eyes.page.get_by_label("named later").check()
    eyes.page.get_by_label("How many seats?").fill("5")
    eyes.page.get_by_label("Dinner").check()
    eyes.page.get_by_label("By bank transfer").check()
    eyes.page.locator("summary", has_text="Coupon").click()
    eyes.page.get_by_label("Coupon").fill("AHOY10")
    eyes.page.get_by_label("Purchase-order number").fill("PO 4711")
    eyes.page.get_by_label("Address on the invoice").fill("Pier 4")
    eyes.sees("Coupon AHOY10")
    eyes.look("booking-for-a-company")
    eyes.press("Book and pay")

    eyes.sees("5 places have no name yet")
    eyes.look("booking-unnamed")
    there = eyes.page.url
    name_somebody(eyes, "Linus", "linus@people.example")
    eyes.sees("4 places have no name yet")
    eyes.look("booking-partly-named")
    eyes.follow("How to pay")
    eyes.sees("PO 4711")
    eyes.look("order-due")
    eyes.letter("linus@people.example", "Your seat in")
    assert "EUR" not in eyes.page.locator(".letter").inner_text()
    eyes.letter("noor@people.example", "Your booking")
    eyes.sees("5 people to be named")
    eyes.page.goto(there)
    eyes.press("Sign out")


def test_a_stranger_books_by_invoice_and_types_nothing_twice(eyes: Eyes) -> None:
    to_hamburg(eyes)
    eyes.follow("Take a seat")
    eyes.page.get_by_label("Your name").fill("Ida Berg")
    eyes.page.get_by_label("Your e-mail address").fill("ida@people.example")
    eyes.page.get_by_label("By bank transfer").check()
    eyes.page.locator("summary", has_text="Coupon").click()
    eyes.page.get_by_label("Purchase-order number").fill("PO 12")
    eyes.press("Book and pay")
    at_the_code = eyes.page.url
    eyes.letter("ida@people.example", "code")
    letter = eyes.page.locator(".letter").inner_text()
    eyes.page.goto(at_the_code)
    eyes.page.get_by_label("Code").fill(next(word for word in letter.split() if len(word) == 8 and word.isupper()))
    eyes.press("Sign in")
    assert eyes.page.get_by_label("Your name").input_value() == "Ida Berg"
    assert eyes.page.get_by_label("Purchase-order number").input_value() == "PO 12"
    eyes.press("Book and pay")
    eyes.sees("Booked. Please pay")
    eyes.look("booking-own-due")


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
