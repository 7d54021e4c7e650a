import pytest

from laurels.kernel.refusal import Refused
from laurels.people.actions import confirm_address, meet, send_code
from laurels.people.models import Proof


def sent(world, person, email):
    proof = send_code(email, purpose="add-address", person=person, by=person.actor, now=world.morning)
    return proof, world.code_for(proof)


def test_an_address_becomes_mine_when_i_type_its_code(world):
    proof, code = sent(world, world.ada, "ada@work.example")
    assert world.ada.addresses.count() == 1

    address = confirm_address(proof, code, by=world.ada.actor, now=world.morning)

    assert (address.person, address.verified_at, address.is_primary) == (world.ada, world.morning, False)


def test_an_address_somebody_gave_of_me_becomes_proven(world):
    met = meet("zoe@people.example", "Zoe", by=world.sam.actor, now=world.morning)
    proof, code = sent(world, met, "zoe@people.example")

    address = confirm_address(proof, code, by=met.actor, now=world.morning)

    assert (address.person, address.verified_at, address.is_primary) == (met, world.morning, True)


def test_another_persons_proof_is_of_no_use(world):
    proof, code = sent(world, world.ada, "ada@work.example")

    with pytest.raises(Refused, match="somebody else's account"):
        confirm_address(proof, code, by=world.mallory.actor, now=world.morning)
    assert Proof.objects.get().tries == 0


def test_an_address_of_another_account_stays_there_and_the_proof_stays_good(world):
    proof, code = sent(world, world.ada, world.grace.email)

    with pytest.raises(Refused, match="another account") as refused:
        confirm_address(proof, code, by=world.ada.actor, now=world.morning)

    proof.refresh_from_db()
    assert refused.value.refusal.code == "another-account"
    assert proof.used_at is None
    assert world.grace.addresses.get().email == world.grace.email


def test_a_wrong_code_does_not_tell_whether_the_address_has_an_account(world):
    for email in [world.grace.email, "nobody@people.example"]:
        proof, _code = sent(world, world.ada, email)
        with pytest.raises(Refused, match="not the code"):
            confirm_address(proof, "00000000", by=world.ada.actor, now=world.morning)
