"""A member is audited; a lapsed one renews two certifications at once and is reinstated; new rules are looked at."""

import re

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_two_lapsed_certificates_come_back_at_once(eyes: Eyes) -> None:
    """One price and thirty units for both, with the line of the rules beside each; paid, both are valid again."""
    eyes.enter("Liv Aaltonen")
    eyes.go("/renewals")
    eyes.sees("Lapsed")
    eyes.sees("30 of 30 units")
    eyes.sees("is another track: 10 more units and no fee.")
    eyes.look("renewals-two-lapsed")
    eyes.page.get_by_role("button", name=re.compile("Renew and pay")).click()
    eyes.sees("Please pay")
    reference = eyes.page.locator("dd").first.inner_text()
    eyes.enter("Bo Almeida")
    eyes.go("/organisations/commonground/orders")
    eyes.page.get_by_role("row", name=re.compile(reference)).get_by_role("button", name="Mark paid").click()
    eyes.sees("is paid.")
    eyes.enter("Liv Aaltonen")
    eyes.go("/renewals")
    eyes.reload_until("for USD 100.00.")
    assert eyes.page.locator(".chip[data-tone=good]").count() >= 2
    eyes.look("renewals-two-back")


def test_a_member_is_audited(eyes: Eyes) -> None:
    """Drawn, shown, refused and accepted, appealed: each side sees what it needs and nothing is edited."""
    eyes.enter("Bo Almeida")
    eyes.go("/body/audits")
    eyes.look("audits")
    eyes.page.get_by_label("Percent of the holders").fill("100")
    eyes.press("Draw")
    eyes.sees("people who could be drawn")

    eyes.enter("Liv Aaltonen")
    eyes.go("/journey")
    eyes.follow("Show what you have")
    eyes.sees("A look at your ledger")
    eyes.look("audit-mine")
    mine = eyes.page.url
    # Which entries are drawn depends on chance; each that has nothing to show gets something.
    while True:
        bare = eyes.page.locator("a.button.primary", has_text="Show something")
        is_last = bare.count() <= 1
        (bare if bare.count() else eyes.page.get_by_role("link", name="Show something")).first.click()
        eyes.page.get_by_label("In words").fill("My notes of that evening are on the team's wall.")
        eyes.press("Add")
        eyes.sees("This entry is ready for an audit.")
        if is_last:
            break
        eyes.page.goto(mine)
    eyes.look("ledger-entry")
    entry = eyes.page.url
    eyes.page.goto(mine)
    eyes.press("That is what I have")
    eyes.sees("is looking at what you have shown")

    eyes.enter("Bo Almeida")
    eyes.page.goto(entry)
    eyes.sees("You take it back with a reason")
    eyes.look("ledger-entry-for-staff")
    eyes.go("/body/audits")
    eyes.follow("Liv Aaltonen")
    eyes.look("audit-ruling")
    eyes.page.get_by_label("Why, or what you ask").first.fill("This was a holiday.")
    eyes.press("Refuse")
    while eyes.page.get_by_role("button", name="Accept").count():
        eyes.press("Accept")
        eyes.page.wait_for_load_state()
    eyes.sees("Closed on")

    eyes.enter("Liv Aaltonen")
    eyes.page.goto(mine)
    eyes.sees("This was a holiday.")
    eyes.page.get_by_text("I think this is wrong").click()
    eyes.page.get_by_label("What was overlooked?").fill("The talk was given there.")
    eyes.press("Appeal")
    eyes.sees("Somebody else looks at it.")
    eyes.look("audit-appealed")


def test_staff_see_for_whom_new_rules_change_what(eyes: Eyes) -> None:
    eyes.enter("Bo Almeida")
    eyes.go("/body/policies")
    eyes.look("policies")
    eyes.press("Write new rules of")
    text = eyes.page.get_by_label("The rules")
    words = text.input_value().replace('"SA-2024"', '"GUILD-2030"').replace("2024-04-15", "2030-01-01")
    text.fill(words.replace("fee = 100", "fee = 120"))
    eyes.press("Keep, and show what it changes")
    eyes.sees("It changes something for")
    eyes.look("policy-draft")
    eyes.press("Throw away")
    eyes.sees("Thrown away.")


def test_more_pages_of_keeping(eyes: Eyes) -> None:
    eyes.enter("Bo Almeida")
    for path, name in (
        ("/desk/articles", "desk-articles"),
        ("/desk/articles/new", "desk-article"),
        ("/desk/claim-codes", "claim-codes"),
    ):
        eyes.go(path)
        eyes.look(name)
    eyes.enter("Mira Castellanos")
    for path, name in (("/ledger/claims", "claims"), ("/renewals/groups", "groups"), ("/ebooks", "ebooks")):
        eyes.go(path)
        eyes.look(name)
