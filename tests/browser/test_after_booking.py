"""After booking, through the eyes of those who paid: given back, another date, and a class that is called off."""

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_the_seat_is_given_back_with_the_quote_before_the_click(eyes: Eyes) -> None:
    seat = book_and_pay(eyes, "Noor Haddad")
    eyes.look("seat-after-booking")
    eyes.follow("Give the seat back")
    eyes.sees("Cancel today: EUR\u00a01\u2009190.00 back")
    eyes.look("cancel-quote")
    eyes.press("Give the seat back")
    eyes.sees("This seat was given back")
    eyes.letter("noor@people.example", "is cancelled")
    eyes.go(seat)
    eyes.press("Sign out")


def test_the_seat_moves_to_another_date_and_then_to_a_colleague(eyes: Eyes) -> None:
    book_and_pay(eyes, "Noor Haddad")
    eyes.follow("Take another date")
    eyes.look("move-seat")
    eyes.page.get_by_role("button", name="Move the seat to").first.click()
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


def test_a_class_is_called_off_and_the_buyer_chooses(eyes: Eyes) -> None:
    book_and_pay(eyes, "Ada Moreau")
    eyes.press("Sign out")
    eyes.enter("Sam Okafor")
    eyes.go("/desk/workshops")
    eyes.look("desk-with-promises")
    desk_of_hamburg(eyes)
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


def book_and_pay(eyes: Eyes, name: str) -> str:
    """A seat in Hamburg, whose transfer the provider's staff have seen; the buyer then looks at it."""
    eyes.enter(name)
    eyes.go("/workshops")
    eyes.page.locator("article", has_text="Speicherstadt").get_by_role("link").first.click()
    eyes.look("workshop-with-terms")
    eyes.follow("Take a seat")
    eyes.press("Book and pay")
    eyes.sees("Please pay")
    seat = eyes.page.url.removeprefix(eyes.address)
    eyes.press("Sign out")
    eyes.enter("Sam Okafor")
    eyes.go("/desk/workshops")
    desk_of_hamburg(eyes)
    eyes.page.get_by_role("button", name=f"Mark the seat of {name} paid").click()
    eyes.press("Sign out")
    eyes.enter(name)
    eyes.go(seat)
    return seat


def desk_of_hamburg(eyes: Eyes) -> None:
    """The only class of Harbour that costs something and is open."""
    eyes.page.locator("tr", has_text="of 5 booked").first.get_by_role("link").first.click()
