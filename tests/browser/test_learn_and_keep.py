"""A newcomer learns; a member reports units, asks what renewing takes, and is told why it is not open yet."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser
# Where a card is carried from and to is in the window at once.
TALL: ViewportSize = {"width": 1280, "height": 2200}
EXPLAINED = re.compile(r"Yes\.|We would say")


def test_a_newcomer_learns_without_an_account(eyes: Eyes) -> None:
    eyes.go("/")
    eyes.follow("Learn")
    eyes.look("learn")
    eyes.follow("Why not simply plan it all?")
    eyes.look("lesson")
    eyes.follow("Next: Three pillars and five values")
    eyes.sees("three legs")
    eyes.page.get_by_label("Fourteen things have been begun").select_option("Courage")
    eyes.sees("We would say: Focus.")
    eyes.look("lesson-match")


def way(card: Locator, onto: Locator) -> list[tuple[float, float]]:
    """From a card's words to the lower edge of something, in small steps."""
    card.scroll_into_view_if_needed()
    start, end = card.bounding_box(), onto.bounding_box()
    assert start
    assert end
    x, y, below = start["x"] + 30, start["y"] + 12, end["y"] + end["height"] - 6
    return [(x + (end["x"] + 30 - x) * part / 20, y + (below - y) * part / 20) for part in range(21)]


def carry(page: Page, card: Locator, onto: Locator) -> None:
    steps = way(card, onto)
    page.mouse.move(*steps[0])
    page.mouse.down()
    for step in steps:
        page.mouse.move(*step)
        page.wait_for_timeout(20)
    page.mouse.up()


def carry_with_a_thumb(page: Page, card: Locator, onto: Locator) -> None:
    """Held for a moment first, so that it is no scrolling."""
    steps, touch = way(card, onto), page.context.new_cdp_session(page)
    for nth, (x, y) in enumerate(steps):
        kind = "touchMove" if nth else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(20 if nth else 400)
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_cards_are_sorted_by_keyboard_mouse_and_thumb(eyes: Eyes) -> None:
    eyes.go("/learn/why-empiricism")
    pile = eyes.page.locator('[data-list=""] > [data-answer]')
    said, bins = eyes.page.locator("[data-said]"), eyes.page.locator(".bin [data-list]")
    bins.first.wait_for()
    all_ = pile.count()
    words = pile.first.locator("legend").inner_text()
    pile.first.get_by_role("button").nth(1).focus()
    eyes.page.keyboard.press("Enter")
    said.filter(has_text=words).filter(has_text=EXPLAINED).wait_for()
    assert eyes.page.evaluate("document.activeElement.closest('[data-list]').dataset.list") == ""
    assert [pile.count(), bins.nth(1).locator("legend").all_inner_texts()] == [all_ - 1, [words]]

    words = pile.last.locator("legend").inner_text()
    eyes.page.set_viewport_size(TALL)
    carry(eyes.page, pile.last.locator("legend"), bins.first)
    said.filter(has_text=words).filter(has_text=EXPLAINED).wait_for()
    assert bins.first.locator("legend").all_inner_texts() == [words]
    assert bins.first.locator("[type=radio]:checked").count() == 1
    eyes.look("practice-sorting")
    while pile.count():
        pile.first.get_by_role("button").first.click()
    said.filter(has_text="All are sorted").wait_for()
    eyes.look("practice-sorted")


def test_cards_are_put_in_order_by_keyboard_mouse_and_thumb(eyes: Eyes, browser: Browser) -> None:
    eyes.go("/learn/five-events")
    cards = eyes.page.locator("[data-list] > [data-answer]")
    cards.first.get_by_role("button", name="Move down").wait_for()
    before = cards.locator("legend").all_inner_texts()
    cards.nth(1).get_by_role("button", name="Move up").focus()
    eyes.page.keyboard.press("Enter")
    eyes.page.locator("[data-said]").filter(has_text=f"{before[1]} is now number 1 of 5.").wait_for(state="attached")
    eyes.page.keyboard.press("Enter")
    eyes.page.locator("[data-said]").filter(has_text=f"{before[1]} stays number 1 of 5.").wait_for(state="attached")
    assert cards.locator("legend").all_inner_texts() == [before[1], before[0], *before[2:]]
    eyes.look("practice-order")

    eyes.page.set_viewport_size(TALL)
    carry(eyes.page, cards.first.locator("legend"), cards.last)
    assert cards.locator("legend").all_inner_texts()[-1] == before[1]
    assert not eyes.page.get_by_text(EXPLAINED).count()
    for nth, title in enumerate(
        ["Sprint:", "Sprint Planning:", "Daily Scrum:", "Sprint Review:", "Sprint Retrospective:"]
    ):
        while not cards.nth(nth).locator("legend").inner_text().startswith(title):
            cards.filter(has=eyes.page.locator("legend", has_text=title)).get_by_role("button", name="Move up").click()
    eyes.press("Explain my order")
    cards.last.get_by_text("Yes.").wait_for()
    assert eyes.page.get_by_text("Yes.").count() == 5
    eyes.look("practice-ordered")

    thumb = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    thumb.goto(f"{eyes.address}/learn/five-events")
    moved = thumb.locator("[data-list] > [data-answer]")
    moved.nth(1).get_by_role("button", name="Move up").tap()
    assert moved.first.locator("legend").inner_text() == before[1]
    carry_with_a_thumb(thumb, moved.first.locator("legend"), moved.nth(1))
    assert moved.locator("legend").all_inner_texts()[:2] == before[:2]


def test_without_scripts_the_practice_explains_itself_too(browser: Browser, demo: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{demo}/learn/three-accountabilities")
    page.locator("[data-answer]").first.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Explain my answers").click()
    page.get_by_text(re.compile(r"Yes\.|We would say")).first.wait_for()


def test_reading_earns_by_itself_and_a_book_by_its_pages(eyes: Eyes) -> None:
    """The parts of an article in one window and a sentence are a line in her ledger; a book only fetched is not."""
    eyes.enter("Noor Haddad")
    eyes.go("/learn")
    eyes.follow("Articles, for before and after class")
    eyes.look("articles")
    eyes.page.get_by_label("Words").fill("last week")
    eyes.press("Search")
    eyes.follow("The question about last week")
    article, left = eyes.page, eyes.page.locator("[data-left]")
    article.get_by_label("One sentence: what will you do differently?").fill("I shall ask what happened last week.")
    eyes.press("Into my ledger")
    eyes.sees("more seconds")
    eyes.look("article")

    eyes.page = article.context.new_page()
    eyes.go("/ebooks")
    eyes.follow("Small promises")
    with eyes.page.expect_download() as download:
        eyes.press("Download")
    assert download.value.suggested_filename == "small-promises.pdf"
    eyes.go("/ebooks/small-promises")
    eyes.page.get_by_label("To page").fill("4")
    eyes.page.get_by_label("One sentence").fill("I will say no once this week, and say why.")
    eyes.press("Into my ledger")
    eyes.sees("Read on in peace.")
    eyes.look("ebook")

    eyes.page = article.context.new_page()
    eyes.go("/articles/the-question-about-last-week")
    article.bring_to_front()
    left.filter(has_text="You are reading in another window now").wait_for(timeout=40_000)
    eyes.page.close()
    eyes.page = article
    eyes.look("article-elsewhere")
    article.set_viewport_size({"width": 390, "height": 500})
    eyes.press("Read here instead")
    article.locator("[data-here]").wait_for(state="hidden")
    article.locator("#text p").nth(1).scroll_into_view_if_needed()
    left.filter(has_text="Some parts were hardly before your eyes").or_(
        left.filter(has_text="One part was hardly before your eyes")
    ).wait_for(timeout=150_000)
    eyes.look("article-part-missing")
    article.set_viewport_size({"width": 390, "height": 500})
    article.get_by_role("link", name="Part 2").focus()
    article.keyboard.press("Enter")
    left.filter(has_text="Only your sentence is missing").wait_for(timeout=60_000)
    assert not article.locator("[data-until-read]").count()
    eyes.look("article-read")
    eyes.press("Into my ledger")
    article.wait_for_load_state()
    eyes.go("/ledger")
    eyes.reload_until("The question about last week")
    eyes.sees("Recorded by this system")
    eyes.sees("1 of 1 entries are ready for an audit.")
    eyes.look("ledger-of-a-reader")


def test_a_member_renews(eyes: Eyes) -> None:
    """Three units are missing: she adds a talk, pays by invoice, and her number goes on for two years."""
    eyes.enter("Mira Castellanos")
    eyes.go("/journey")
    eyes.follow("Renew")
    eyes.sees("17 of 20 units")
    eyes.sees("Units still missing: 3.")
    eyes.look("renewals-short")
    eyes.follow("Add units")
    eyes.page.get_by_label("What was it?").fill("A talk I gave")
    eyes.page.get_by_label("Hours").fill("3")
    eyes.press("Add to my units")
    eyes.sees("“A talk I gave” is in your ledger")
    eyes.look("ledger")
    eyes.go("/renewals")
    eyes.sees("20 of 20 units")
    eyes.page.get_by_label("What if I renewed on another day?").fill("2035-06-01")
    eyes.press("Show")
    eyes.sees("Nothing is done here.")
    eyes.look("renewals-what-if")
    eyes.follow("Back to today")
    eyes.page.get_by_role("button", name=re.compile("Renew and pay")).click()
    eyes.sees("Please pay")
    reference = eyes.page.locator("dd").first.inner_text()

    eyes.enter("Bo Almeida")
    eyes.go("/organisations/commonground/orders")
    row = eyes.page.get_by_role("row", name=re.compile(reference))
    row.get_by_role("button", name="Mark paid").click()
    eyes.sees("is paid.")

    eyes.enter("Mira Castellanos")
    eyes.go("/renewals")
    eyes.reload_until("for USD 100.00.")
    eyes.look("renewals-done")
    eyes.letter("mira@people.example", "certificate")
