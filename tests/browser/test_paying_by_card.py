"""A due order is paid by card at the till that runs beside the demo: declined first, then with 3-D Secure."""

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_a_due_order_is_paid_by_card(eyes: Eyes):
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
    eyes.page.get_by_label("Test card number").fill("4000 0000 0000 0002")
    eyes.page.get_by_role("button", name="Pay").first.click()
    eyes.sees("declined")
    eyes.page.get_by_label("Test card number").fill("4242 4242 4242 4242")
    eyes.page.get_by_role("button", name="Pay").first.click()

    eyes.page.wait_for_url(order)
    eyes.sees("Paid on")
