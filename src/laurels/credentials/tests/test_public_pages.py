import json

import pytest

from laurels.credentials import queries
from laurels.credentials.actions import correct_name, revoke
from laurels.credentials.models import Credential
from laurels.credentials.proofs.baking import unbake


@pytest.fixture
def credential(world, certified, now):
    certified(world.ada)
    return Credential.objects.get()


def test_the_page_says_yes_in_three_queries(credential, browser, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page = browser().get(f"/certificates/{credential.public_id}")

    assert page.status_code == 200
    for words in ("Ada Lovelace", "This certification is valid.", "16 April 2028", "Commonground Guild", "<svg"):
        assert words in page.text
    assert "linkedin.com/profile/add?startTask=CERTIFICATION_NAME" in page.text


def test_the_page_says_no_at_once(credential, world, browser):
    certification = credential.term.certification
    revoke(certification, "The roster was forged.", by=world.bo.actor, now=world.after_class)

    page = browser().get(f"/certificates/{credential.public_id}")

    assert "was revoked" in page.text
    assert ("The roster was forged." in page.text, "linkedin" in page.text) == (False, False)


def test_a_replaced_certificate_points_on(credential, world, browser):
    correct_name(credential.term.certification, "Ada King", by=world.bo.actor, now=world.after_class)

    page = browser().get(f"/certificates/{credential.public_id}")

    assert f"/certificates/{Credential.objects.current().get().public_id}" in page.text
    assert "no longer in use" in page.text


def test_every_file_holds_the_signed_document(credential, browser):
    kinds = {"certificate.pdf": "application/pdf", "badge.png": "image/png", "badge.svg": "image/svg+xml"}
    for name, media_type in kinds.items():
        file = browser().get(f"/certificates/{credential.public_id}/{name}")
        assert (file.status_code, file.headers["Content-Type"]) == (200, media_type)
        assert json.loads(unbake(file.content)) == json.loads(credential.document)


def test_what_verifiers_fetch_is_open_to_every_site_and_cacheable(credential, browser):
    lists = f"/status/{credential.status_list.public_id}"
    paths = [
        f"/credentials/{credential.public_id}.json",
        lists,
        f"{lists}/revocations",
        f"{lists}/replacements",
        "/orgs/commonground/did.json",
        "/achievements/commonground/cspo",
    ]
    for path in paths:
        answer = browser().get(path)
        again = browser().get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert json.loads(answer.content)["id"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert (again.status_code, again.content) == (304, b"")
        assert not answer.cookies


def test_what_the_documents_name_is_where_they_say(credential):
    document = json.loads(credential.document)
    achievement = document["credentialSubject"]["achievement"]["id"]

    assert queries.fetch_own(document["id"]).decode() == credential.document
    assert json.loads(queries.fetch_own(document["credentialStatus"]["statusListCredential"]))["proof"]
    assert achievement == "http://localhost:8000/achievements/commonground/cspo"


def test_what_never_was_is_not_found(browser, db):
    for path in ("/certificates/x", "/credentials/x.json", "/status/x", "/orgs/x/did.json", "/achievements/x/y"):
        assert browser().get(path).status_code == 404


def test_before_it_is_signed_the_page_says_so(credential, browser):
    Credential.objects.update(document="", signed_at=None)

    assert "is being signed" in browser().get(f"/certificates/{credential.public_id}").text
    assert browser().get(f"/certificates/{credential.public_id}/certificate.pdf").status_code == 503
    assert browser().get(f"/credentials/{credential.public_id}.json").status_code == 503
