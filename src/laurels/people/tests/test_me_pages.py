import pytest
from django.utils import timezone

from laurels.people.actions import send_code
from laurels.people.models import Address, Person, Proof
from laurels.people.tests.test_sign_in_pages import plain


@pytest.fixture
def ada(world, client):
    client.force_login(world.ada)
    return world.ada


def test_a_person_says_who_they_are(world, client, ada):
    response = client.post("/me", {"name": "Ada King", "language": "fr", "zone": "Europe/Paris"})

    assert response.status_code == 303
    ada.refresh_from_db()
    assert (ada.name, ada.language, ada.zone) == ("Ada King", "fr", "Europe/Paris")
    assert 'value="Ada King"' in client.get("/me").content.decode()


def test_what_cannot_be_is_said_in_the_form(world, client, ada):
    response = client.post("/me", {"name": "", "language": "xx", "zone": "Mars/Base"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name", "language", "zone"}


def test_another_address_is_added_by_its_code(world, client, ada):
    page = client.post("/me/addresses", {"email": "Ada@Work.example"}).headers["Location"]
    assert not Address.objects.of_email("ada@work.example").exists()
    assert client.get(page).status_code == 200

    response = client.post(page, {"code": world.code_for(Proof.objects.get())})

    assert (response.status_code, response.headers["Location"]) == (303, "/me")
    address = ada.addresses.get(email="ada@work.example")
    client.post(f"/me/addresses/{address.public_id}/primary")
    old = ada.addresses.get(email="ada@people.example")
    client.post(f"/me/addresses/{old.public_id}/removal")
    assert [(a.email, a.is_primary) for a in ada.addresses.all()] == [("ada@work.example", True)]


def test_two_accounts_are_brought_together(world, client, ada):
    page = client.post("/me/addresses", {"email": world.grace.email}).headers["Location"]
    code = world.code_for(Proof.objects.get())

    offer = client.post(page, {"code": code}).content.decode()
    assert "You have two accounts. Bring them together?" in offer
    assert "Grace Hopper" in offer

    assert client.post(f"{page}/merge", {"code": code}).status_code == 303
    world.grace.refresh_from_db()
    assert world.grace.merged_into == ada


def test_a_wrong_code_does_not_tell_whether_there_is_another_account(world, client, ada):
    answers = []
    for email in [world.grace.email, "nobody@people.example"]:
        page = client.post("/me/addresses", {"email": email}).headers["Location"]
        for path in (page, f"{page}/merge"):
            response = client.post(path, {"code": "00000000"})
            text = plain(response).replace(email, "E").replace(page.rpartition("/")[2], "ID")
            answers.append((response.status_code, text))

    assert answers[:2] == answers[2:]


def test_what_belongs_to_others_is_as_good_as_nothing(world, client, ada):
    now = timezone.now()
    proof = send_code("m@x.example", purpose="add-address", person=world.mallory, by=world.mallory.actor, now=now)
    address = world.mallory.addresses.get()
    pairs = [("proofs/{}", proof), ("proofs/{}/merge", proof), ("addresses/{}/primary", address)]
    pairs.append(("addresses/{}/removal", address))
    for path, thing in pairs:
        foreign = client.post(f"/me/{path.format(thing.public_id)}", {"code": world.code_for(proof)})
        nothing = client.post(f"/me/{path.format('nothing')}", {"code": world.code_for(proof)})
        assert foreign.status_code == nothing.status_code == 404
        assert plain(foreign) == plain(nothing)
    assert Proof.objects.get().tries == 0


@pytest.mark.parametrize("path", ["/me", "/me/proofs/x", "/organisations/x/people"])
def test_strangers_are_asked_to_sign_in(world, client, path):
    assert client.get(path).headers["Location"] == f"/sign-in?next={path}"


def test_hostile_names_are_text(world, client, ada):
    Person.objects.filter(pk=ada.pk).update(name='"><script>alert(1)</script>')

    assert "<script>alert" not in client.get("/me").content.decode()


def test_the_account_page_takes_few_queries(world, client, ada, django_assert_max_num_queries):
    for number in range(3):
        Address.objects.create(person=ada, email=f"a{number}@x.example", verified_at=world.morning)
    with django_assert_max_num_queries(8):
        client.get("/me")
