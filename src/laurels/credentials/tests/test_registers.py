import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.credentials.models import Certification, Credential, Invitation


@pytest.fixture(autouse=True)
def at(now):
    return now


def test_a_member_sees_their_own_and_nothing_else(world, certified, browser):
    certified(world.ada)
    certified(world.grace)

    page = browser(world.ada).get("/me/certifications")

    assert ("Ada Lovelace" in page.text, "Grace Hopper" in page.text) == (True, False)
    assert browser().get("/me/certifications").status_code == 302
    assert "begins with a workshop" in browser(world.mallory).get("/me/certifications").text


def test_the_register_finds_by_name_and_by_number(world, certified, browser):
    ada, _grace = certified(world.ada), certified(world.grace)
    bo = browser(world.bo)

    for words in ("lovelace", "ÁDA", ada.number[:12].lower()):
        page = bo.get("/body/certifications", {"q": words})
        assert ("Ada Lovelace" in page.text, "Grace Hopper" in page.text) == (True, False), words


def test_the_register_goes_on_after_the_last_row_of_a_page(world, certified, browser, monkeypatch):
    monkeypatch.setattr("laurels.credentials.queries.registers.PAGE", 1)
    certified(world.ada), certified(world.grace)

    first = browser(world.bo).get("/body/certifications").context["register"]
    second = browser(world.bo).get("/body/certifications", {"after": first.older}).context["register"]

    assert [row.certification.name for row in first.rows + second.rows] == ["Grace Hopper", "Ada Lovelace"]
    assert second.older == ""


@pytest.mark.parametrize("path", ["/body/certifications", "/body/invitations"])
def test_a_longer_list_takes_no_more_queries(world, certified, invited, browser, path):
    client = browser(world.bo)

    def show():
        assert client.get(path).status_code == 200

    certified(world.person("One", "one@people.example"))
    invited(world.ada)
    with CaptureQueriesContext(connection) as short:
        show()
    for name in ("Two", "Three"):
        certified(world.person(name, f"{name.lower()}@people.example"))
        invited(world.person(name, f"x{name.lower()}@people.example"))
    with CaptureQueriesContext(connection) as long:
        show()

    assert len(long) == len(short) <= 8, [query["sql"] for query in long]


def without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.text)


@pytest.mark.parametrize("verb", ["revocation", "suspension", "reinstatement", "name"])
def test_strangers_get_the_same_not_found_as_for_nothing(world, certified, browser, verb):
    number = certified(world.ada).number
    for stranger in (world.mallory, world.sam, world.ada):
        client = browser(stranger)
        for path in (f"/body/certifications/{number}", "/body/certifications", "/body/invitations"):
            assert client.get(path).status_code == 404
        there = client.post(f"/body/certifications/{number}/{verb}", {"reason": "x", "name": "Eve"})
        nowhere = client.post(f"/body/certifications/CG-NEVER/{verb}", {"reason": "x", "name": "Eve"})
        assert (there.status_code, without_token(there)) == (404, without_token(nowhere))
    assert Certification.objects.filter(revocation=None, name="Ada Lovelace").exists()


def test_staff_revokes_suspends_reinstates_and_corrects(world, certified, browser):
    certification, bo = certified(world.ada), browser(world.bo)
    path = f"/body/certifications/{certification.number}"

    def stands():
        return bo.get(path).context["page"].held.standing.state

    assert bo.post(f"{path}/suspension", {"reason": ""}).status_code == 422
    for verb, fields, state in [
        ("suspension", {"reason": "A question is open."}, "suspended"),
        ("reinstatement", {}, "active"),
        ("name", {"name": "Ada King", "reason": "Married."}, "active"),
        ("revocation", {"reason": "Forged."}, "revoked"),
    ]:
        assert bo.post(f"{path}/{verb}", fields).headers["Location"] == path
        assert stands() == state
    assert Credential.objects.current().get().name == "Ada King"
    assert "Bo Body" in bo.get(path).text


def test_staff_sends_again_and_withdraws(world, invited, browser):
    invited(world.ada)
    bo = browser(world.bo)
    invitation = Invitation.objects.get()

    assert browser(world.mallory).post(f"/body/invitations/{invitation.public_id}/resending").status_code == 404
    assert bo.post(f"/body/invitations/{invitation.public_id}/resending").status_code == 303
    live = Invitation.objects.live().get()
    assert live != invitation
    assert bo.post(f"/body/invitations/{live.public_id}/withdrawal").status_code == 303
    assert not Invitation.objects.live().exists()
    assert "Nobody has an unanswered invitation" in bo.get("/body/invitations").text
