import re
from datetime import timedelta

import pytest
from django.utils import timezone

from laurels.kernel.actor import ANONYMOUS
from laurels.people.actions import send_code
from laurels.people.models import Proof


def plain(response):
    """The page without what is random on every one."""
    return re.sub(r'value="\w{64}"|nonce-[^\']+', "", response.content.decode())


def ask(client, email, **more):
    return client.post("/sign-in", {"email": email, **more})


def sign_in(world, client, email, **more):
    page = ask(client, email, **more).headers["Location"]
    return client.post(page, {"code": world.code_for(Proof.objects.get(email=email))})


def test_a_letter_a_code_and_in(world, client):
    assert client.get("/sign-in").status_code == 200

    response = sign_in(world, client, world.ada.email)

    assert response.status_code == 303
    assert client.get("/me").context["request"].user == world.ada


def test_the_known_and_the_unknown_are_told_the_same(world, client):
    pages = []
    for email in [world.ada.email, "zoe@people.example"]:
        asked = ask(client, email)
        proof = Proof.objects.get(email=email)
        assert (asked.status_code, asked.headers["Location"]) == (303, f"/sign-in/{proof.public_id}")
        shown = client.get(asked.headers["Location"])
        wrong = client.post(asked.headers["Location"], {"code": "00000000"})
        pages.append([plain(page).replace(proof.public_id, "ID").replace(email, "E") for page in (shown, wrong)])

    assert pages[0] == pages[1]


def test_getting_the_letters_link_fills_in_the_code_and_uses_nothing(world, client):
    proof = send_code(world.ada.email, purpose="sign-in", by=ANONYMOUS, now=timezone.now())
    code = world.code_for(proof)

    page = client.get(f"/sign-in/{proof.public_id}?code={code}")

    assert f'value="{code}"' in page.content.decode()
    assert page.content.decode().count(code) == 1
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    proof.refresh_from_db()
    assert (proof.used_at, proof.tries) == (None, 0)
    assert "_auth_user_id" not in client.session


def test_no_other_address_shows_the_code(world, client):
    asked = ask(client, world.ada.email).headers["Location"]
    code = world.code_for(Proof.objects.get())
    wrong = client.post(asked, {"code": "00000000"})
    right = client.post(asked, {"code": code})

    assert code not in asked + wrong.content.decode() + right.headers["Location"]


def test_wrong_used_and_old_codes_are_explained_in_the_form(world, client):
    page = ask(client, world.ada.email).headers["Location"]
    code = world.code_for(Proof.objects.get())

    assert "not the code" in client.post(page, {"code": "00000000"}).content.decode()
    client.post(page, {"code": code})
    used = client.post(page, {"code": code})
    assert (used.status_code, "has been used" in used.content.decode()) == (422, True)

    Proof.objects.update(used_at=None, expires_at=timezone.now() - timedelta(seconds=1))
    assert "too old" in client.post(page, {"code": code}).content.decode()


def test_a_new_session_begins(world, client):
    client.get("/sign-in")
    session = client.session
    session["left"] = "behind"
    session.save()
    before = session.session_key

    sign_in(world, client, world.ada.email)

    assert client.session.session_key != before
    assert "left" not in client.session
    assert not type(session)(before).load()


def test_after_sign_in_people_are_where_they_wanted_to_go(world, client):
    assert sign_in(world, client, world.ada.email, next="/workshops/x?a=1").headers["Location"] == "/workshops/x?a=1"
    assert client.get("/sign-in?next=/organisations/x").headers["Location"] == "/organisations/x"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/me\r\nX: y",
        "javascript:alert(1)",
        "http:evil.example",
        "evil.example",
        "\x00/x",
        "/" + "x" * 500,
    ],
)
def test_sign_in_sends_nobody_elsewhere(world, client, settings, elsewhere):
    assert sign_in(world, client, world.ada.email, next=elsewhere).headers["Location"] == settings.LOGIN_REDIRECT_URL
    assert client.get("/sign-in", {"next": elsewhere}).headers["Location"] == settings.LOGIN_REDIRECT_URL


def test_a_proof_that_was_tampered_with_sends_nobody_elsewhere(world, client, settings):
    page = ask(client, world.ada.email).headers["Location"]
    Proof.objects.update(next_path="//evil.example")

    response = client.post(page, {"code": world.code_for(Proof.objects.get())})

    assert response.headers["Location"] == settings.LOGIN_REDIRECT_URL


def test_above_the_limit_the_page_says_so(world, client):
    for _time in range(5):
        ask(client, world.ada.email)

    response = ask(client, world.ada.email)

    assert response.status_code == 409
    assert "enough codes" in response.content.decode()


def test_a_client_is_counted_by_its_address_whatever_it_asks_for(world, client):
    for number in range(30):
        ask(client, f"p{number}@people.example")

    assert ask(client, "last@people.example").status_code == 409
    assert client.post("/sign-in", {"email": "last@people.example"}, REMOTE_ADDR="192.0.2.9").status_code == 303


def test_neighbours_in_one_ipv6_network_count_as_one(world, client):
    for number in range(30):
        client.post("/sign-in", {"email": f"p{number}@people.example"}, REMOTE_ADDR=f"2001:db8:0:1::{number:x}")

    assert client.post("/sign-in", {"email": "z@x.example"}, REMOTE_ADDR="2001:db8:0:1:ffff::1").status_code == 409
    assert client.post("/sign-in", {"email": "z@x.example"}, REMOTE_ADDR="2001:db8:0:2::1").status_code == 303


def test_a_made_up_proof_and_one_for_something_else_are_nothing(world, client):
    other = send_code(
        "new@people.example", purpose="add-address", person=world.ada, by=world.ada.actor, now=timezone.now()
    )

    made_up, foreign = client.get("/sign-in/madeup"), client.get(f"/sign-in/{other.public_id}")

    assert made_up.status_code == foreign.status_code == 404
    assert plain(made_up) == plain(foreign)


def test_leaving_takes_a_button(world, client):
    client.force_login(world.ada)
    assert client.get("/sign-out").status_code == 405

    assert client.post("/sign-out").status_code == 303
    assert client.get("/me").status_code == 302
