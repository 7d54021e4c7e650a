from datetime import timedelta

import pytest

from laurels.journal.models import Entry
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.people import facts
from laurels.people.actions import invite_to_role, meet, redeem_role_invitation, withdraw_role_invitation
from laurels.people.models import Person, Role, RoleInvitation


def invited(world, email, kind="trainer"):
    invitation = invite_to_role(world.harbour, kind, email, by=world.olive.actor, now=world.morning)
    return invitation, world.role_secret_for(email)


def redeem(world, secret, person=None, now=None):
    by = person.actor if person else ANONYMOUS
    return redeem_role_invitation(secret, person=person, by=by, now=now or world.noon)


def test_who_has_proven_the_address_gets_the_role(world):
    _invitation, secret = invited(world, world.ada.email)

    role = redeem(world, secret, world.ada)

    assert (role.person, role.organisation, role.kind) == (world.ada, world.harbour, "trainer")
    assert Entry.objects.of(facts.RoleInvitationRedeemed).count() == 1


def test_the_link_alone_proves_the_address_of_a_newcomer(world):
    _invitation, secret = invited(world, "zoe@people.example")

    zoe = redeem(world, secret).person

    assert [address.email for address in zoe.addresses.verified()] == ["zoe@people.example"]


def test_the_link_alone_finds_whoever_was_met_before(world):
    met = meet("zoe@people.example", "Zoe", by=world.sam.actor, now=world.morning)
    _invitation, secret = invited(world, "zoe@people.example")

    assert redeem(world, secret).person == met


@pytest.mark.parametrize("make_powerful", ["role", "operator"])
def test_the_link_alone_does_not_open_an_account_with_power(world, make_powerful):
    if make_powerful == "role":
        world.with_role(world.ada, "staff", world.maple)
    else:
        Person.objects.filter(pk=world.ada.pk).update(is_operator=True)
    _invitation, secret = invited(world, world.ada.email)

    with pytest.raises(Refused, match="Sign in to it first"):
        redeem(world, secret)
    assert redeem(world, secret, world.ada)


def test_somebody_else_who_is_signed_in_gets_neither_role_nor_address(world):
    _invitation, secret = invited(world, "zoe@people.example")

    with pytest.raises(Refused, match="for zoe@people"):
        redeem(world, secret, world.mallory)

    assert not Person.objects.with_email("zoe@people.example").exists()
    assert not world.mallory.actor.has("trainer", at=world.harbour.pk)


def test_nobody_accepts_for_others(world):
    _invitation, secret = invited(world, world.ada.email)

    with pytest.raises(Refused, match="Only the person themselves"):
        redeem_role_invitation(secret, person=world.ada, by=world.mallory.actor, now=world.noon)


def test_a_link_works_once(world):
    _invitation, secret = invited(world, "zoe@people.example")
    redeem(world, secret)

    with pytest.raises(Refused, match="accepted already"):
        redeem(world, secret)
    assert Role.objects.filter(organisation=world.harbour, kind="trainer").count() == 1


def test_a_link_works_for_fourteen_days(world):
    _invitation, secret = invited(world, "zoe@people.example")
    end = world.morning + timedelta(days=14)

    with pytest.raises(Refused, match="too old"):
        redeem(world, secret, now=end)
    assert redeem(world, secret, now=end - timedelta(seconds=1))


def test_a_withdrawn_link_works_no_more(world):
    invitation, secret = invited(world, "zoe@people.example")
    withdraw_role_invitation(invitation, by=world.olive.actor, now=world.noon)

    with pytest.raises(Refused, match="withdrawn"):
        redeem(world, secret)


def test_an_accepted_invitation_cannot_be_withdrawn(world):
    invitation, secret = invited(world, "zoe@people.example")
    redeem(world, secret)

    with pytest.raises(Refused, match="Take the role back"):
        withdraw_role_invitation(invitation, by=world.olive.actor, now=world.noon)


def test_a_made_up_secret_is_nothing(world):
    with pytest.raises(RoleInvitation.DoesNotExist):
        redeem(world, "made-up")


def test_a_role_had_already_stays_the_one(world):
    _invitation, secret = invited(world, world.ada.email)
    world.with_role(world.ada, "trainer", world.harbour)

    assert redeem(world, secret, world.ada) == world.ada.roles.get()
