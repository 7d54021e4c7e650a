import pytest

from laurels.kernel.refusal import Refused
from laurels.people import queries
from laurels.people.actions import make_primary
from laurels.people.models import Address


@pytest.fixture
def second(world):
    return Address.objects.create(person=world.ada, email="ada@work.example", verified_at=world.morning)


def test_letters_go_to_the_new_primary_address(world, second):
    make_primary(second, by=world.ada.actor, now=world.noon)
    make_primary(second, by=world.ada.actor, now=world.noon)

    assert queries.primary_email(world.ada) == "ada@work.example"
    assert world.ada.addresses.filter(is_primary=True).count() == 1


def test_an_unproven_address_is_not_for_letters(world, second):
    Address.objects.filter(pk=second.pk).update(verified_at=None)

    with pytest.raises(Refused, match="Prove first"):
        make_primary(second, by=world.ada.actor, now=world.noon)


def test_others_leave_it_alone(world, second):
    with pytest.raises(Refused, match="Only you"):
        make_primary(second, by=world.mallory.actor, now=world.noon)
