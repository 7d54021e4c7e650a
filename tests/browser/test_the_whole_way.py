"""From the catalogue to a certificate anybody can check, through four people's eyes."""

import subprocess
import sys

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


def test_a_newcomer_takes_a_seat_without_an_account(eyes: Eyes) -> None:
    eyes.go("/")
    eyes.look("home")
    eyes.go("/workshops")
    eyes.look("catalogue")
    eyes.page.get_by_role("link", name="Certified Scrum Product Owner").first.click()
    eyes.look("workshop")
    eyes.follow("Take a seat")
    eyes.page.get_by_label("Name").first.fill("Ines Fjord")
    eyes.page.get_by_label("mail").first.fill("ines@people.example")
    eyes.look("take-a-seat")
    eyes.press("Go on")
    at_the_code = eyes.page.url
    eyes.look("type-the-code")
    eyes.letter("ines@people.example", "code")
    code = eyes.page.locator(".letter").inner_text()
    eyes.look("letter")
    eyes.page.goto(at_the_code)
    eyes.page.get_by_label("Code").fill(next(word for word in code.split() if len(word) == 8 and word.isupper()))
    eyes.press("Sign in")
    eyes.press("Take this seat")
    eyes.sees("The seat is booked")
    eyes.look("seat")
    eyes.go("/journey")
    eyes.look("my-journey-newcomer")
    eyes.letter("ines@people.example", "Your seat in")


def test_the_trainer_decides_and_the_body_rules_and_the_learner_is_certified(eyes: Eyes, demo: str) -> None:
    trainer_signs_an_amended_roster(eyes)
    body_accepts_what_waits(eyes)
    certificate = learner_accepts(eyes)
    assert verdict_of_the_command_line(certificate) == 0
    verifier_looks(eyes, certificate)
    body_suspends_then_revokes(eyes, certificate)
    assert verdict_of_the_command_line(certificate) == 1


def trainer_signs_an_amended_roster(eyes: Eyes) -> None:
    eyes.enter("Tess Lindqvist")
    eyes.look("desk")
    eyes.page.locator("tr", has_text="Held").get_by_role("link").first.click()
    eyes.look("desk-workshop")
    desk = eyes.page.url.removeprefix(eyes.address)
    eyes.go(f"{desk}/attendance")
    eyes.look("attendance")
    eyes.go(f"{desk}/decisions")
    card = eyes.page.locator("section.card", has_text="Kofi Mensah")
    card.get_by_label("Eligible", exact=True).check()
    card.get_by_label("Reason").fill("Made up for the block in a call of one hour.")
    eyes.press("Save decisions")
    eyes.go(f"{desk}/decisions")
    eyes.look("decisions")
    eyes.go(f"{desk}/roster")
    eyes.look("preflight")
    eyes.page.get_by_label("Type “I attest” to sign").fill("I attest")
    eyes.page.get_by_role("button", name="Sign", exact=True).click()
    eyes.press("Submit to the body")
    eyes.look("roster")
    eyes.go(f"{desk}/tracking")
    eyes.look("tracking")
    eyes.press("Sign out")


def body_accepts_what_waits(eyes: Eyes) -> None:
    eyes.enter("Bo Almeida")
    eyes.go("/body/rosters")
    eyes.look("body-queue")
    eyes.page.locator("main table a").first.click()
    eyes.look("ruling")
    eyes.press("Accept")
    eyes.go("/body/tracking")
    eyes.look("body-tracking")
    eyes.press("Sign out")


def learner_accepts(eyes: Eyes) -> str:
    eyes.enter("Ada Moreau")
    eyes.look("my-journey-invited")
    eyes.letter("ada@people.example", "Your certificate is waiting")
    eyes.page.locator(".letter").get_by_role("link").first.click()
    eyes.look("invitation")
    eyes.page.get_by_role("checkbox").first.check()
    eyes.press("Accept my certificate")
    eyes.go("/journey")
    eyes.reload_until("Print")
    eyes.look("my-journey-certified")
    eyes.go("/me/certifications")
    eyes.look("my-certifications")
    eyes.page.locator("main a[href*='/certificates/']").first.click()
    eyes.look("certificate")
    certificate = eyes.page.url
    eyes.press("Sign out")
    return certificate


def verdict_of_the_command_line(address: str) -> int:
    judged = subprocess.run([sys.executable, "-m", "laurels", "verify", address], capture_output=True, text=True)
    return judged.returncode


def verifier_looks(eyes: Eyes, certificate: str) -> None:
    eyes.page.goto(certificate)
    number = eyes.page.get_by_text("CG-CSPO-").first.inner_text().strip()
    eyes.go("/verify")
    eyes.look("verify")
    form = eyes.page.locator("form", has=eyes.page.locator("[name=number]"))
    form.locator("[name=number]").fill(number)
    form.locator("[name=name]").fill("Ada Moreau")
    form.get_by_role("button").click()
    eyes.look("verified")
    eyes.sees("Ada Moreau")


def body_suspends_then_revokes(eyes: Eyes, certificate: str) -> None:
    eyes.page.goto(certificate)
    number = eyes.page.get_by_text("CG-CSPO-").first.inner_text().strip()
    eyes.enter("Bo Almeida")
    eyes.go(f"/body/certifications/{number}")
    eyes.look("certification")
    eyes.page.locator("form[action$='/suspension'] [name=reason]").fill("The payment is disputed.")
    eyes.page.locator("form[action$='/suspension'] button").click()
    eyes.page.goto(certificate)
    eyes.sees("Suspended")
    assert verdict_of_the_command_line(certificate) == 1
    eyes.go(f"/body/certifications/{number}")
    eyes.page.locator("form[action$='/reinstatement'] button").click()
    eyes.page.goto(certificate)
    eyes.sees("This certification is valid")
    eyes.go(f"/body/certifications/{number}")
    eyes.page.locator("form[action$='/revocation'] [name=reason]").fill("Obtained in another person's name.")
    eyes.page.locator("form[action$='/revocation'] button").click()
    eyes.page.goto(certificate)
    eyes.sees("evoked")
    eyes.look("certificate-revoked")
