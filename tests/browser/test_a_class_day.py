"""Six phones, a presenter's screen and a trainer through six exercises of six kinds, to the dossier."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Eyes
from tests.browser.test_the_room import come_in, phone

pytestmark = pytest.mark.browser
IDEAS = (
    "Neighbours cook for each other",
    "A shared table in every street",
    "Nobody eats alone on Sundays",
    "Leftovers find a plate",
    "Recipes from where we come from",
    "One pot, six chairs",
)


class Trainer:
    """The console, by the names of its buttons."""

    def __init__(self, eyes: Eyes) -> None:
        self.eyes, self.page = eyes, eyes.page

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def start(self, title: str) -> None:
        self.page.get_by_role("button", name=f"Start {title}").first.click()

    def step(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def end(self, title: str) -> None:
        self.page.get_by_role("button", name=f"End {title}").first.click()


def all_do(phones: list[Page], sees: str, do: Callable[[Page, int], None]) -> None:
    for number, page in enumerate(phones):
        page.locator(".stage-step-title", has_text=sees).wait_for()
        do(page, number)


def send(page: Page, label: str, text: str) -> None:
    """Write and press Enter; what was sent is gone from the field."""
    field = page.locator(".own").get_by_label(label)
    field.fill(text)
    field.press("Enter")
    page.wait_for_function("(id) => !document.getElementById(id)?.value", arg=field.get_attribute("id"))


def writes_two_cards(page: Page, number: int) -> None:
    for zone in ("Vision", "Target group"):
        page.get_by_role("radio", name=zone).check()
        send(page, "Your card", f"{IDEAS[number]}, {zone.lower()}")


def drafts_a_statement(page: Page, number: int) -> None:
    for field in page.locator(".draft").locator("textarea, input[type=text]").all():
        field.fill(f"table {number + 1}")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("button", name="Save changes").wait_for()


def tells_a_step(page: Page, number: int) -> None:
    send(page, "New step of the backbone", f"{IDEAS[number]} first")


def adds_three_tasks(page: Page, number: int) -> None:
    for nth in range(3):
        send(page, "New task", f"{IDEAS[number]}, task {nth + 1}")


def writes_an_item(page: Page, number: int) -> None:
    page.get_by_label("Your item").fill(f"Item: {IDEAS[number]}")
    page.get_by_label("What changes, and for whom").fill("Fewer lonely dinners for people who moved here")
    page.get_by_label("First acceptance criterion").fill("A date is found within a day")
    page.get_by_role("button", name="Add item").click()
    page.locator(".note-text", has_text=f"Item: {IDEAS[number]}").wait_for()


def checks_somebody_elses(page: Page, number: int) -> None:
    others = page.locator(".note-text", has_text="Item: ").filter(has_not_text=IDEAS[number])
    others.first.click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name=re.compile("check", re.IGNORECASE)).last.click()
    page.locator("dialog").wait_for(state="hidden")


def places_two(page: Page, number: int) -> None:
    for nth in (0, 1):
        page.locator(".estimation .note-text").nth(nth).click()
        sheet = page.locator("dialog[open]")
        size = sheet.get_by_label("Size", exact=True)
        size.wait_for()
        size.select_option("M" if size.input_value() in {"XS", "S"} else "S")
        sheet.get_by_role("button", name="Place", exact=True).click()
        sheet.wait_for(state="hidden")


def moves_one(page: Page, number: int) -> None:
    page.get_by_role("button", name=re.compile("^. ?Down")).first.click()


def test_six_phones_six_kinds(eyes: Eyes, demo: str, browser: Browser) -> None:
    eyes.enter("Tess Lindqvist")
    eyes.go("/desk/workshops")
    eyes.page.locator("tr", has_text="11/14").get_by_role("link").first.click()
    eyes.page.wait_for_url("**/desk/workshops/*")
    workshop = eyes.page.url
    eyes.follow("Live room")
    if eyes.page.get_by_role("button", name="Open the room").count():
        eyes.press("Open the room")
    trainer = Trainer(eyes)
    code = eyes.page.locator(".room-code b").inner_text()
    phones = [phone(browser, demo) for _nth in IDEAS]
    names = [come_in(page, code, 0) for page in phones]
    for name in names:
        eyes.page.get_by_role("button", name=f"It is them {name}").click()
    eyes.page.get_by_label("How many teams").fill("2")
    trainer.press("Deal teams by chance")
    screen = eyes.page.context.new_page()
    screen.goto(f"{demo}{eyes.page.get_by_role('link', name="Presenter's screen").get_attribute('href')}")

    trainer.start("Product vision board")
    all_do(phones, "Write in silence", writes_two_cards)
    assert screen.get_by_text(IDEAS[0]).count() == 0
    trainer.step("2. Read and merge")
    screen.get_by_text(IDEAS[0]).first.wait_for()
    phones[0].locator("#taking", has_text="You took part").wait_for()
    trainer.end("Product vision board")

    trainer.start("Elevator statement")
    all_do(phones, "Write alone", drafts_a_statement)
    trainer.end("Elevator statement")

    trainer.start("Story map I")
    all_do(phones, "Tell the backbone", tells_a_step)
    trainer.step("2. Tasks under each step")
    all_do(phones, "Tasks under each step", adds_three_tasks)
    Eyes(phones[1], demo).look("class-storymap")
    trainer.end("Story map I")

    trainer.start("Items worth making")
    all_do(phones, "Write your item", writes_an_item)
    trainer.step("2. Check each other's")
    all_do(phones, "Check each other's", checks_somebody_elses)
    trainer.end("Items worth making")

    trainer.start("White elephant")
    all_do(phones, "Is everything there?", lambda page, number: None)
    trainer.step("2. Place and move")
    all_do(phones, "Place and move", places_two)
    trainer.end("White elephant")

    trainer.start("Order the backlog")
    all_do(phones, "First order", moves_one)
    phones[5].locator("#taking", has_text="You took part").wait_for()
    trainer.end("Order the backlog")

    eyes.page.get_by_role("link", name="Team 1", exact=True).first.click()
    eyes.sees("What Team 1 made")
    eyes.sees("Item: ")
    eyes.look("class-case")
    with eyes.page.expect_download() as paper:
        eyes.page.get_by_role("link", name="Download as PDF").click()
    assert paper.value.suggested_filename == "product-case.pdf"

    eyes.page.goto(f"{workshop}/dossier")
    eyes.reload_until("Order the backlog and say why")
    eyes.look("class-dossier")
    for name in names:
        row = eyes.page.get_by_role("row", name=re.compile(re.escape(name)))
        assert row.first.inner_text().count("none") == 0
