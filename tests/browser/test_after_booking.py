"""After booking, through the eyes of those who paid: given back, another date, and a class that is called off."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_the_seat_is_given_back_with_the_quote_before_the_click(eyes: Eyes) -> None:
    seat = book_and_pay(eyes, "Noor Haddad")
    eyes.look("seat-after-booking")
    eyes.follow("Give the seat back")
    eyes.sees("Cancel today: EUR 990.00 back")
    eyes.look("cancel-quote")
    eyes.press("Give the seat back")
    eyes.sees("This seat was given back")
    eyes.letter("noor@people.example", "is cancelled")
    eyes.go(seat)
    eyes.press("Sign out")


def test_the_seat_moves_to_another_date_and_then_to_a_colleague(eyes: Eyes) -> None:
    book_and_pay(eyes, "Noor Haddad")
    booking = eyes.page.get_by_role("link", name="The whole booking").get_attribute("href")
    assert booking
    eyes.follow("Take another date")
    eyes.look("move-seat")
    eyes.page.get_by_role("button", name="Move here").first.click()
    eyes.sees("The seat is moved")
    eyes.look("seat-moved")
    eyes.follow("Let a colleague come")
    eyes.page.get_by_label("Name").first.fill("Kim Aalto")
    eyes.page.get_by_label("E-mail address").first.fill("kim@people.example")
    eyes.look("substitute-seat")
    eyes.press("Give them the seat")
    eyes.sees("Kim Aalto has the seat now")
    eyes.letter("noor@people.example", "comes to")
    eyes.letter("kim@people.example", "Your seat in")
    eyes.go(booking)
    eyes.follow("Kim Aalto")
    eyes.follow("Give the seat back")
    eyes.press("Give the seat back")
    eyes.sees("This seat was given back")


def test_a_class_is_called_off_and_the_buyer_chooses(eyes: Eyes) -> None:
    workshop = announce_in_bremen(eyes)
    book_by_transfer(eyes, "Ada Moreau", "Am Wall 1, Bremen")
    mark_paid(eyes, "Ada Moreau", workshop)
    eyes.page.get_by_label("Why?").fill("The trainer is ill, and nobody can stand in.")
    eyes.press("Cancel the workshop")
    eyes.sees("0 of 1 answered")
    desk = eyes.page.url.removeprefix(eyes.address)
    eyes.press("Sign out")
    eyes.letter("ada@people.example", "please choose")
    eyes.look("letter-choose")
    link = eyes.page.locator(".letter a", has_text="Choose").get_attribute("href")
    assert link
    eyes.page.goto(link)
    eyes.look("choice")
    eyes.press("Give me the money back")
    eyes.sees("Everything goes back, by the way it came.")
    eyes.look("choice-made")
    eyes.enter("Sam Okafor")
    eyes.go(desk)
    eyes.sees("1 of 1 answered")
    eyes.look("desk-choices")


def announce_in_bremen(eyes: Eyes) -> str:
    """A class of this story's own, so that others find theirs as they know them; the address of its desk."""
    first = datetime.now(UTC).date() + timedelta(days=60)
    eyes.enter("Sam Okafor")
    eyes.go("/desk/workshops/new")
    eyes.page.get_by_label("Course").select_option(label="Certified Scrum Product Owner")
    eyes.page.get_by_label("Where").select_option("in-person")
    eyes.page.get_by_label("Place or link").fill("Am Wall 1, Bremen")
    eyes.page.get_by_label("First day").fill(first.isoformat())
    eyes.page.get_by_label("Final day").fill((first + timedelta(days=1)).isoformat())
    eyes.page.get_by_label("Price").fill("800")
    eyes.page.get_by_label("Tess Lindqvist").check()
    eyes.press("Save the draft")
    eyes.press("Announce")
    eyes.sees("Confirm that it will be held")
    desk = eyes.page.url.removeprefix(eyes.address)
    eyes.press("Sign out")
    return desk


def book_and_pay(eyes: Eyes, name: str) -> str:
    """A seat in Hamburg, whose transfer the provider's staff have seen; the buyer then looks at it."""
    booking = book_by_transfer(eyes, name, "Speicherstadt")
    mark_paid(eyes, name)
    eyes.press("Sign out")
    eyes.enter(name)
    eyes.go(booking)
    eyes.look("booking-paid")
    eyes.follow("Go to your seat")
    return eyes.page.url.removeprefix(eyes.address)


def book_by_transfer(eyes: Eyes, name: str, place: str) -> str:
    """The address of the new booking."""
    eyes.enter(name)
    eyes.go("/workshops")
    eyes.page.locator("article", has_text=place).get_by_role("link").first.click()
    eyes.look("workshop-with-terms")
    eyes.follow("Take a seat")
    eyes.page.get_by_label("By bank transfer").check()
    eyes.press("Book and pay")
    eyes.sees("Please pay")
    booking = eyes.page.url.removeprefix(eyes.address)
    eyes.press("Sign out")
    return booking


def mark_paid(eyes: Eyes, name: str, desk: str = "") -> None:
    """On the desk of a workshop, or of the one that says how many have booked."""
    eyes.enter("Sam Okafor")
    eyes.go(desk or "/desk/workshops")
    if not desk:
        eyes.look("desk-with-promises")
        eyes.page.locator("tr", has_text="confirmed on").first.get_by_role("link").first.click()
    eyes.page.get_by_role("button", name=f"Mark paid: the seat of {name}").click()
