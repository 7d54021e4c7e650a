import json
from io import BytesIO

import pytest

from laurels.credentials import queries
from laurels.credentials.actions import revoke
from laurels.credentials.models import Credential


@pytest.fixture
def credential(world, certified, now):
    certified(world.ada)
    return Credential.objects.select_related("term__certification__scheme__body").get()


def ask(browser, **fields):
    return browser().post("/verify", fields)


def test_number_and_name_together_are_enough(credential, browser):
    number = credential.term.certification.number.lower()

    page = ask(browser, by="number", number=number, name="ada  LOVELÁCE")

    assert "This credential is valid." in page.text
    assert [check.name for check in page.context["judged"].verdict.checks] == [
        "readable", "issuer", "signature", "dates", "status",
    ]  # fmt: skip


def test_a_wrong_name_and_an_unknown_number_get_the_same_answer(credential, browser):
    number = credential.term.certification.number

    wrong = ask(browser, by="number", number=number, name="Grace Hopper")
    never = ask(browser, by="number", number=number[:-1] + "%", name="Grace Hopper")

    assert (wrong.status_code, never.status_code) == (422, 422)
    assert wrong.context["number"].errors == never.context["number"].errors
    assert "Ada" not in wrong.text


@pytest.mark.parametrize("draw", ["certificate_file", "badge_file", "badge_picture"])
def test_any_of_its_files_is_enough(credential, browser, draw):
    drawn = getattr(queries, draw)(credential)
    content = drawn.encode() if isinstance(drawn, str) else drawn

    assert "This credential is valid." in ask(browser, by="file", file=BytesIO(content)).text


def test_a_changed_file_is_not_trusted(credential, browser):
    forged = credential.document.replace("Ada Lovelace", "Eve Forger")

    page = ask(browser, by="file", file=BytesIO(forged.encode()))

    assert "changed after it was signed" in page.text
    assert "Eve Forger" not in page.text


def test_nobody_elses_issuer_is_vouched_for(credential, browser):
    forged = json.loads(credential.document)
    forged["issuer"]["id"] = "did:web:evil.example"

    page = ask(browser, by="file", file=BytesIO(json.dumps(forged).encode()))

    assert "Nobody known stands behind" in page.text


def test_rubbish_is_answered_in_words(credential, browser):
    for content in (b"\x00", b"{}", b"<svg", b"\x89PNG\r\n\x1a\n"):
        assert "can be read" in ask(browser, by="file", file=BytesIO(content)).text


def test_a_link_of_ours_is_enough_and_no_other_is_followed(credential, browser):
    ours = f"http://localhost:8000/certificates/{credential.public_id}"

    assert "This credential is valid." in ask(browser, by="link", link=ours).text
    assert "This credential is valid." in browser().get("/verify", {"q": ours}).text
    for link in (f"http://localhost:8000.evil.example/certificates/{credential.public_id}", "http://localhost:8000/me"):
        assert ask(browser, by="link", link=link).status_code == 422


def test_a_revoked_one_is_shown_as_such(credential, world, browser, signing):
    certification = credential.term.certification
    signing(revoke(certification, "Forged.", by=world.bo.actor, now=world.after_class))

    page = ask(browser, by="number", number=certification.number, name="Ada Lovelace")

    assert "revoked by its issuer" in page.text
