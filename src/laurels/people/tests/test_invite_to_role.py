import pytest

from laurels.kernel.ids import digest
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.people.actions import invite_to_role, withdraw_role_invitation
from laurels.people.models import RoleInvitation


def invite(world, email="zoe@people.example", **changes):
    given = {"kind": "trainer", "by": world.olive.actor, "now": world.morning, **changes}
    return invite_to_role(world.harbour, email=email, **given)


def test_a_letter_brings_the_link_and_only_its_digest_stays(world):
    invitation = invite(world, " Zoe@People.example")
    secret = world.role_secret_for("zoe@people.example")
    letter = Letter.objects.get()

    assert invitation.secret_digest == digest(secret)
    assert len(secret) == 32
    assert secret not in str(RoleInvitation.objects.values().get())
    assert "Harbour Product School" in letter.subject
    assert "Trainer" in letter.text
    assert (letter.sender_name, letter.topic) == ("Harbour Product School", world.harbour.topic)


def test_inviting_again_makes_the_first_link_useless(world):
    first = invite(world)
    second = invite(world)

    first.refresh_from_db()
    assert first.withdrawn_at == world.morning
    assert list(world.harbour.role_invitations.open(world.morning)) == [second]


def test_only_owners_invite(world):
    for stranger in (world.sam, world.mallory):
        with pytest.raises(Refused, match="Only owners"):
            invite(world, by=stranger.actor)
    assert not Letter.objects.exists()


def test_whoever_has_the_role_is_not_invited_to_it(world):
    with pytest.raises(Refused, match="has that role already"):
        invite(world, world.tess.email)
    assert invite(world, world.tess.email, kind="staff")


def test_what_is_no_address_is_not_invited(world):
    with pytest.raises(Refused, match="not an e-mail address"):
        invite(world, "zoe@")


def test_an_invitation_is_withdrawn_by_owners(world):
    invitation = invite(world)
    with pytest.raises(Refused, match="Only owners"):
        withdraw_role_invitation(invitation, by=world.sam.actor, now=world.noon)

    withdraw_role_invitation(invitation, by=world.olive.actor, now=world.noon)
    again = withdraw_role_invitation(invitation, by=world.olive.actor, now=world.after_class)

    assert again.withdrawn_at == world.noon
