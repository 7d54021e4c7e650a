"""A full class, somebody waits, a seat is given back, and it is theirs: with no letter typed twice."""

import re

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_full_class_queue_offer_taken(eyes: Eyes) -> None:
    workshop = _made_full(eyes)

    eyes.enter("Noor Haddad")
    eyes.go(f"/workshops/{workshop}")
    eyes.sees("Every seat is taken.")
    eyes.look("queue-full-class")
    eyes.follow("Join the queue")
    eyes.sees("How the queue works")
    eyes.look("queue-before")
    eyes.press("Join the queue")
    eyes.sees("You are number 1 in the queue")
    eyes.look("queue-joined")
    eyes.letter("noor@people.example", "You are in the queue")
    eyes.go("/journey")
    eyes.sees("You are number 1 in the queue for")
    eyes.look("queue-journey")

    eyes.enter("Sam Okafor")
    eyes.go("/desk/workshops")
    eyes.follow("One waits for")
    eyes.sees("Noor Haddad")
    eyes.look("queue-desk")
    eyes.go(f"/desk/workshops/{workshop}")
    eyes.page.get_by_role("link", name=re.compile("Cancel the seat of")).first.click()
    eyes.press("Give the seat back")
    eyes.page.wait_for_url(f"**/desk/workshops/{workshop}")

    # A stranger comes at once, and does not get it.
    eyes.enter("Mira Castellanos")
    eyes.go(f"/workshops/{workshop}/seat")
    eyes.sees("Every seat is taken.")

    eyes.enter("Noor Haddad")
    eyes.letter("noor@people.example", "It is your turn")
    eyes.look("queue-letter")
    eyes.follow("Answer")
    eyes.sees("is held for you")
    eyes.look("queue-offer")
    eyes.press("Take it")
    eyes.sees("One seat is held for you from the queue.")
    eyes.look("queue-take")
    eyes.press("Take this seat")
    eyes.sees("The seat is booked.")
    eyes.go("/courses/cspo/queue?provider=harbour-product-school")
    assert not eyes.page.get_by_text("You are number").count()


def _made_full(eyes: Eyes) -> str:
    """Sam offers exactly as many seats of the next class as are taken; its public id."""
    eyes.enter("Sam Okafor")
    eyes.go("/desk/workshops")
    row = eyes.page.get_by_role("row", name="11/14")
    row.get_by_role("link").first.click()
    eyes.page.wait_for_url("**/desk/workshops/*")
    workshop = eyes.page.url.rsplit("/", 1)[1]
    eyes.follow("Change details")
    eyes.page.get_by_label("Seats", exact=True).fill("11")
    eyes.press("Save")
    eyes.sees("The workshop is changed.")
    return workshop
