"""A newcomer makes a profile, is found, gets a message, blocks, reports; staff rule; and what all that looks like."""

import re

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_a_newcomer_among_members(eyes: Eyes) -> None:
    eyes.enter("Noor Haddad")
    eyes.follow("Members")
    eyes.sees("Mira Castellanos")
    eyes.look("members")
    eyes.follow("My profile")
    eyes.sees("Nobody sees it before you say so.")
    eyes.page.get_by_label("About me").fill("New here, and **curious**.\n\n- product discovery\n- good questions")
    eyes.page.get_by_label("Place").fill("Beirut")
    eyes.page.get_by_label("Languages you speak").fill("العربية, Elvish")
    eyes.press("Save and look at it")
    eyes.sees("We do not know a language called “Elvish”.")
    eyes.look("own-profile-refused")
    eyes.page.get_by_label("Languages you speak").fill("العربية, French")
    eyes.page.get_by_label("Links").fill("https://noor.example/notes")
    eyes.press("Save and look at it")
    eyes.sees("So far only you see this.")
    eyes.look("profile-preview")
    eyes.press("Put it up")
    eyes.sees("Your profile is up.")
    noors = eyes.page.url

    eyes.enter("Ada Moreau")
    eyes.go("/members?place=beirut")
    eyes.follow("Noor Haddad")
    eyes.look("profile-of-a-newcomer")
    eyes.page.get_by_label("Your message").fill("Welcome, Noor! Which class will you take?")
    eyes.press("Send")
    eyes.sees("Your message is with Noor Haddad.")
    eyes.page.get_by_label("Your message").fill("Buy my list of questions, it is cheap today!")
    eyes.press("Send")
    eyes.sees("it is cheap today")
    adas = eyes.page.url

    eyes.letter("noor@people.example", "Ada Moreau wrote to you")
    eyes.look("letter-message")
    assert "ada@people.example" not in eyes.page.inner_text("main")

    eyes.enter("Noor Haddad")
    eyes.go("/conversations")
    eyes.sees("2 new")
    eyes.look("conversations")
    eyes.follow("Ada Moreau")
    eyes.page.get_by_label("Your message").fill("Thank you. Please do not sell me things.")
    eyes.press("Send")
    eyes.sees("Please do not sell me things.")
    eyes.look("conversation")
    eyes.page.locator("li", has_text="cheap today").get_by_role("link", name="Report").click()
    eyes.sees("A message from Ada Moreau")
    eyes.page.get_by_label("It only sells something").check()
    eyes.look("report")
    eyes.press("Report it")
    eyes.sees("Somebody looks at it soon.")
    eyes.press("Block Ada Moreau")
    eyes.sees("is blocked, and is not told")
    eyes.look("blocked")

    eyes.enter("Ada Moreau")
    answer = eyes.page.goto(noors)
    assert answer
    assert answer.status == 404
    eyes.page.goto(adas)
    eyes.sees("Noor Haddad does not take letters at present.")
    eyes.look("conversation-closed")


def test_staff_rule_on_what_was_reported(eyes: Eyes) -> None:
    eyes.enter("Bo Almeida")
    eyes.go("/body")
    eyes.page.get_by_role("link", name="Reports", exact=True).click()
    eyes.sees("Profile:")
    eyes.look("reports")
    eyes.page.get_by_role("link", name=re.compile("Profile:")).first.click()
    eyes.sees("Ten times the salary")
    seller = eyes.page.inner_text("h1").removeprefix("Profile: ")
    eyes.look("report-case")
    eyes.page.get_by_label("Hide it").check()
    eyes.page.get_by_label("Why").fill("A profile tells who you are. This one only sells.")
    eyes.press("Rule")
    eyes.sees("Whoever is concerned gets a letter.")
    eyes.look("report-ruled")

    eyes.letter("liv@people.example", "We have looked at what you reported")
    eyes.letter("member11@people.example", "About the code of conduct")
    eyes.look("letter-ruling")
    eyes.enter("Liv Aaltonen")
    eyes.go("/members")
    assert eyes.page.get_by_role("link", name=seller).count() == 0


def test_what_strangers_see_of_members(eyes: Eyes) -> None:
    eyes.go("/")
    eyes.follow("Members")
    assert eyes.page.get_by_role("link", name="Liv Aaltonen").count() == 0
    eyes.follow("Mira Castellanos")
    eyes.page.locator(".badge img").first.scroll_into_view_if_needed()
    eyes.page.wait_for_load_state("networkidle")
    assert eyes.page.evaluate("[...document.querySelectorAll('.badge img')].every(one => one.naturalWidth)")
    eyes.look("profile-badges")
    eyes.follow("Code of conduct")
    eyes.sees("If something goes wrong")
    eyes.look("code-of-conduct")
    eyes.go("/members?name=nobody-at-all")
    eyes.look("members-none")
