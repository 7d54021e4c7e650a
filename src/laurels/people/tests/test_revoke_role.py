import pytest

from laurels.kernel.refusal import Refused
from laurels.people.actions import grant, revoke_role
from laurels.people.models import Person


def role_of(person, organisation):
    return person.roles.select_related("organisation").get(organisation=organisation)


def test_a_role_is_taken_back(world):
    role = role_of(world.sam, world.harbour)

    revoke_role(role, by=world.olive.actor, now=world.noon)
    revoke_role(role, by=world.olive.actor, now=world.noon)

    assert not Person.objects.get(pk=world.sam.pk).actor.has("staff", at=world.harbour.pk)


def test_the_last_owner_stays(world):
    hers = role_of(world.olive, world.harbour)
    with pytest.raises(Refused, match="needs an owner"):
        revoke_role(hers, by=world.olive.actor, now=world.noon)

    grant(world.ada, world.harbour, "owner", by=world.olive.actor, now=world.noon)
    revoke_role(hers, by=world.ada.actor, now=world.noon)

    assert [role.person for role in world.harbour.roles.owners()] == [world.ada]


def test_only_owners_take_roles_back(world):
    for stranger in (world.tess, world.mallory):
        with pytest.raises(Refused, match="Only owners"):
            revoke_role(role_of(world.sam, world.harbour), by=stranger.actor, now=world.noon)
