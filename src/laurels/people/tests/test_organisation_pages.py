import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from laurels.people.actions import invite_to_role
from laurels.people.models import RoleInvitation
from laurels.people.tests.test_sign_in_pages import plain

PEOPLE = "/organisations/harbour/people"


@pytest.fixture
def olive(world, client):
    client.force_login(world.olive)
    return world.olive


def cast(*people):
    """Asking for somebody makes them."""
    assert all(person.roles.exists() for person in people)


def invited(world, email, now, kind="trainer"):
    invite_to_role(world.harbour, kind, email, by=world.olive.actor, now=now)
    return f"/role-invitations/{world.role_secret_for(email)}"


def test_everybody_sees_what_an_organisation_is(world, client):
    world.harbour.about = "We teach <b>by doing</b>."
    world.harbour.save()

    page = client.get("/organisations/harbour").content.decode()

    assert "Harbour Product School" in page
    assert "Training provider" in page
    assert "&lt;b&gt;by doing" in page
    assert "People and roles" not in page


def test_owners_see_people_and_invite(world, client, olive):
    cast(world.tess, world.sam)

    response = client.post(PEOPLE, {"email": "zoe@people.example", "kind": "staff"})

    assert response.status_code == 303
    page = client.get(PEOPLE).content.decode()
    for text in ["Olive Owner", "Tess Trainer", "Sam Staff", "sam@people.example", "zoe@people.example"]:
        assert text in page
    assert "Mallory" not in page


def test_a_refused_invitation_is_explained_at_its_field(world, client, olive):
    response = client.post(PEOPLE, {"email": world.tess.email, "kind": "trainer"})

    assert response.status_code == 422
    assert response.context["form"].errors["email"] == ["This person has that role already."]


def test_owners_take_roles_back_and_withdraw_invitations(world, client, olive):
    role = world.sam.roles.get()
    client.post(PEOPLE, {"email": "zoe@people.example", "kind": "staff"})
    invitation = RoleInvitation.objects.get()

    client.post(f"/organisations/harbour/roles/{role.public_id}/revocation")
    client.post(f"/organisations/harbour/invitations/{invitation.public_id}/withdrawal")

    assert not world.sam.roles.exists()
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


@pytest.mark.parametrize("stranger", ["sam", "tess", "mallory", "ada", "bo"])
def test_for_others_the_owners_pages_do_not_exist(world, client, stranger):
    world.with_role(world.ada, "owner", world.maple)
    client.force_login(getattr(world, stranger))
    role = world.olive.roles.get(organisation=world.harbour)
    paths = ["{}/people", f"{{}}/roles/{role.public_id}/revocation"]
    for path in paths:
        for call in (client.get, client.post) if path.endswith("people") else (client.post,):
            foreign = call(f"/organisations/{path.format('harbour')}")
            nothing = call(f"/organisations/{path.format('nowhere')}")
            assert foreign.status_code == nothing.status_code == 404
            assert plain(foreign) == plain(nothing)


def test_a_role_of_another_organisation_is_not_within_reach(world, client, olive):
    foreign = world.mallory.roles.get()

    response = client.post(f"/organisations/harbour/roles/{foreign.public_id}/revocation")

    assert response.status_code == 404
    assert world.mallory.roles.get() == foreign


def test_the_people_page_takes_as_many_queries_for_three_as_for_one(world, client, olive):
    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert client.get(PEOPLE).status_code == 200
        return len(counted)

    assert world.harbour.roles.count() == 1
    client.post(PEOPLE, {"email": "z1@x.example", "kind": "staff"})
    client.get(PEOPLE)
    for_one = queries()
    cast(world.tess, world.sam)
    for number in (2, 3):
        client.post(PEOPLE, {"email": f"z{number}@x.example", "kind": "staff"})
    client.get(PEOPLE)

    assert queries() == for_one
    assert for_one <= 8


def test_getting_the_link_shows_what_it_is_and_uses_nothing(world, client, request_now):
    link = invited(world, "zoe@people.example", request_now)

    page = client.get(link).content.decode()

    assert "Harbour Product School invites you" in page
    assert "zoe@people.example" in page
    assert RoleInvitation.objects.get().redeemed_at is None
    assert "_auth_user_id" not in client.session


def test_signed_out_the_button_signs_in_and_gives_the_role(world, client, request_now):
    link = invited(world, "zoe@people.example", request_now)

    response = client.post(link)

    assert (response.status_code, response.headers["Location"]) == (303, "/organisations/harbour")
    zoe = client.get("/me").context["request"].user
    assert zoe.email == "zoe@people.example"
    assert zoe.actor.has("trainer", at=world.harbour.pk)


def test_used_again_the_link_signs_nobody_in(world, client, request_now):
    link = invited(world, "zoe@people.example", request_now)
    client.post(link)
    client.post("/sign-out")

    assert "accepted already" in client.get(link).content.decode()
    assert client.post(link).status_code == 409
    assert "_auth_user_id" not in client.session


def test_signed_in_as_somebody_else_the_page_says_for_whom_it_is(world, client, request_now):
    link = invited(world, "zoe@people.example", request_now)
    client.force_login(world.mallory)

    assert "This invitation is for zoe@people.example" in client.get(link).content.decode()
    assert client.post(link).status_code == 409
    assert not world.mallory.roles.filter(organisation=world.harbour).exists()


def test_a_link_alone_does_not_open_an_account_with_roles(world, client, request_now):
    link = invited(world, world.sam.email, request_now)

    assert "Sign in to it first" in client.get(link).content.decode()
    assert client.post(link).status_code == 409
    assert "_auth_user_id" not in client.session

    client.force_login(world.sam)
    assert client.post(link).status_code == 303


def test_a_made_up_link_is_nothing(world, client):
    assert client.get("/role-invitations/made-up").status_code == 404
    assert client.post("/role-invitations/made-up").status_code == 404
