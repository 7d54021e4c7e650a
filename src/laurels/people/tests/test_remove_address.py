import pytest

from laurels.kernel.refusal import Refused
from laurels.people.actions import remove_address
from laurels.people.models import Address


@pytest.fixture
def second(world):
    return Address.objects.create(person=world.ada, email="ada@work.example", verified_at=world.morning)


def test_an_address_can_be_removed(world, second):
    remove_address(second, by=world.ada.actor, now=world.noon)
    remove_address(second, by=world.ada.actor, now=world.noon)

    assert [address.email for address in world.ada.addresses.all()] == ["ada@people.example"]


def test_the_last_proven_address_stays(world, second):
    Address.objects.filter(pk=second.pk).update(verified_at=None)

    with pytest.raises(Refused, match="only proven address"):
        remove_address(world.ada.addresses.get(is_primary=True), by=world.ada.actor, now=world.noon)


def test_the_primary_address_stays(world, second):
    with pytest.raises(Refused, match="Your letters go here"):
        remove_address(world.ada.addresses.get(is_primary=True), by=world.ada.actor, now=world.noon)


def test_others_leave_it_alone(world, second):
    with pytest.raises(Refused, match="Only you"):
        remove_address(second, by=world.mallory.actor, now=world.noon)
    assert world.ada.addresses.count() == 2
