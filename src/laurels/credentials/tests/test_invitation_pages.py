from datetime import timedelta

import pytest

from laurels.credentials.models import Certification, Credential, Invitation
from laurels.people.models import Address, Person

YES = {"accepts_licence": "on"}


@pytest.fixture(autouse=True)
def at(now):
    return now


def test_scanners_may_look_as_often_as_they_like(world, invited, browser):
    _line, secret = invited(world.ada)

    for _ in range(3):
        page = browser().get(f"/invitations/{secret}")

    assert page.status_code == 200
    assert "Ada Lovelace" in page.text
    assert "Use the title while it is valid." in page.text
    assert (Invitation.objects.get().opened_at is not None, Certification.objects.count()) == (True, 0)


def test_a_head_request_opens_nothing(world, invited, browser):
    _line, secret = invited(world.ada)

    browser().head(f"/invitations/{secret}")

    assert Invitation.objects.get().opened_at is None


def test_a_newcomer_accepts_is_signed_in_and_sees_the_certificate(world, invited, browser):
    newcomer = Person.objects.create(name="", created_at=world.morning)
    Address.objects.create(person=newcomer, email="new@people.example", is_primary=True)
    newcomer.name = "New Comer"
    _line, secret = invited(newcomer)
    client = browser()

    page = client.post(f"/invitations/{secret}", YES)

    assert page.status_code == 303
    assert page.headers["Location"] == f"/certificates/{Credential.objects.get().public_id}"
    assert "New Comer" in client.get("/me/certifications").text


def test_without_the_tick_the_page_says_what_is_missing(world, invited, browser):
    _line, secret = invited(world.ada)

    page = browser(world.ada).post(f"/invitations/{secret}", {})

    assert page.status_code == 422
    assert "tick that you accept" in page.text
    assert not Certification.objects.exists()


def test_an_account_under_another_address_must_be_meant(world, invited, browser):
    _line, secret = invited(world.ada, email="ada@work.example")
    client = browser(world.ada)

    assert client.post(f"/invitations/{secret}", YES).status_code == 422
    assert not Certification.objects.exists()
    assert client.post(f"/invitations/{secret}", YES | {"uses_this_account": "on"}).status_code == 303
    assert Certification.objects.get().person == world.ada


def test_signing_in_first_comes_back_without_the_secret_leaving_the_browser(world, invited, browser):
    _line, secret = invited(world.ada, email="ada@work.example")
    client = browser()

    away = client.get(f"/invitations/{secret}/sign-in")
    assert away.headers["Location"] == "/sign-in?next=/invitations/pending"
    client.force_login(world.ada)

    assert client.get("/invitations/pending").headers["Location"] == f"/invitations/{secret}"


def test_an_expired_link_sends_a_new_one_to_the_same_address_a_few_times_a_day(world, invited, browser):
    _line, secret = invited(world.ada, now=world.after_class - timedelta(days=31))

    page = browser().get(f"/invitations/{secret}")
    assert (page.status_code, "Send a new link to ada@people.example" in page.text) == (410, True)
    assert browser().post(f"/invitations/{secret}/letter").status_code == 303

    fresh = world.invitation_secret_for("ada@people.example")
    assert fresh != secret
    assert browser().get(f"/invitations/{fresh}").status_code == 200
    assert "no longer in use" in browser().get(f"/invitations/{secret}").text
    assert browser().post(f"/invitations/{secret}/letter").status_code == 409


def test_a_used_link_leads_its_holder_to_the_certificate_and_strangers_nowhere(world, invited, browser):
    _line, secret = invited(world.ada)
    browser(world.ada).post(f"/invitations/{secret}", YES)
    certificate = f"/certificates/{Credential.objects.get().public_id}"

    assert certificate in browser(world.ada).get(f"/invitations/{secret}").text
    for stranger in (world.mallory, None):
        page = browser(stranger).get(f"/invitations/{secret}")
        assert (page.status_code, certificate in page.text) == (410, False)


def test_an_unknown_link_is_not_found(browser, db):
    assert browser().get("/invitations/nobodys-secret").status_code == 404
    assert browser().get("/invitations/pending").status_code == 404
