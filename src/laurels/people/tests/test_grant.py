import pytest

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.people.actions import grant
from laurels.people.models import Role


def test_an_owner_gives_a_role_once(world):
    first = grant(world.ada, world.harbour, "trainer", by=world.olive.actor, now=world.noon)
    again = grant(world.ada, world.harbour, "trainer", by=world.olive.actor, now=world.noon)

    assert again == first
    assert world.ada.actor.has("trainer", at=world.harbour.pk)


def test_only_owners_and_the_system_give_roles(world):
    for stranger in (world.sam, world.mallory, world.ada):
        with pytest.raises(Refused, match="Only owners"):
            grant(stranger, world.harbour, "owner", by=stranger.actor, now=world.noon)
    assert grant(world.ada, world.harbour, "owner", by=Actor.of_system("demo"), now=world.noon)


def test_there_is_no_other_role(world):
    with pytest.raises(Refused, match="no such role"):
        grant(world.ada, world.harbour, "king", by=world.olive.actor, now=world.noon)


def test_a_merged_account_gets_nothing(world):
    world.grace.merged_into = world.ada
    world.grace.save()

    with pytest.raises(Refused, match="brought into another"):
        grant(world.grace, world.harbour, "staff", by=world.olive.actor, now=world.noon)
    assert not Role.objects.filter(person=world.grace).exists()
