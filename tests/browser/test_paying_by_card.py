"""The till beside the demo: a stranger takes a seat, and a due order is paid; declined, the owner asked, and paid."""

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser

DECLINED, ASKS_ITS_OWNER, PAYS = "4000 0000 0000 0002", "4000 0025 0000 3155", "4242 4242 4242 4242"


def test_a_stranger_takes_a_seat_by_card(eyes: Eyes) -> None:
    eyes.go("/workshops")
    eyes.page.locator("article", has_text="Speicherstadt").get_by_role("link").first.click()
    eyes.follow("Take a seat")
    eyes.page.get_by_label("Your name").fill("Kit Byrne")
    eyes.page.get_by_label("Your e-mail address").fill("kit@people.example")
    eyes.press("Book and pay")
    eyes.page.wait_for_url("**/pay/**")
    pay(eyes, DECLINED)
    eyes.sees("declined")
    pay(eyes, ASKS_ITS_OWNER)
    eyes.press("yes, this is me")
    eyes.page.wait_for_url("**/bookings/**")
    eyes.reload_until("Booked and paid")
    eyes.sees("Sign in to change")
    eyes.look("booking-by-card")
    eyes.letter("kit@people.example", "Your seat in")


def test_a_due_order_is_paid_by_card(eyes: Eyes) -> None:
    eyes.enter("Sam")
    eyes.go("/organisations/harbour-product-school/card")
    eyes.sees("are offered to buyers")
    eyes.look("card-account")
    eyes.go("/organisations/harbour-product-school/orders")
    eyes.page.locator("a[href^='/orders/']").first.click()
    order = eyes.page.url
    eyes.sees("Pay by card")
    eyes.look("order-by-card")

    eyes.press("by card")
    eyes.page.wait_for_url("**/pay/**")
    pay(eyes, DECLINED)
    eyes.sees("declined")
    pay(eyes, PAYS)

    eyes.page.wait_for_url(order)
    eyes.sees("Paid on")


def pay(eyes: Eyes, number: str) -> None:
    eyes.page.get_by_label("Test card number").fill(number)
    eyes.page.get_by_role("button", name="Pay").first.click()
