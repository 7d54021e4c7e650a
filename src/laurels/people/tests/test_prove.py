from datetime import timedelta

import pytest

from laurels.journal.models import Entry
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.people import facts
from laurels.people.actions import meet, prove, send_code
from laurels.people.models import Address, Person


def sent(world, email, **changes):
    proof = send_code(email, **{"purpose": "sign-in", "by": ANONYMOUS, "now": world.morning, **changes})
    return proof, world.code_for(proof)


def try_code(world, proof, code, now=None):
    return prove(proof, code, by=ANONYMOUS, now=now or world.morning)


def test_the_code_brings_back_whoever_has_the_address(world):
    proof, code = sent(world, world.ada.email)

    assert try_code(world, proof, code) == world.ada
    assert Entry.objects.of(facts.SignedIn).get().payload == {"person_id": world.ada.pk}


@pytest.mark.parametrize("meant", [str.lower, lambda code: f" {code[:4]}-{code[4:]} "])
def test_a_code_may_be_typed_as_people_type(world, meant):
    proof, code = sent(world, world.ada.email)

    assert try_code(world, proof, meant(code)) == world.ada


def test_a_newcomer_is_made_with_a_proven_primary_address(world):
    proof, code = sent(world, "zoe@people.example")

    zoe = try_code(world, proof, code)

    address = zoe.addresses.get()
    assert (address.email, address.verified_at, address.is_primary) == ("zoe@people.example", world.morning, True)
    assert not zoe.has_usable_password()


def test_somebody_met_before_finds_their_account(world):
    met = meet("zoe@people.example", "Zoe", by=world.sam.actor, now=world.morning)
    proof, code = sent(world, "zoe@people.example")

    assert try_code(world, proof, code) == met
    assert met.addresses.verified().count() == 1


def test_an_unproven_address_is_no_way_into_the_account_it_stands_in(world):
    claimed = Address.objects.create(person=world.mallory, email="zoe@people.example")
    proof, code = sent(world, "zoe@people.example")

    zoe = try_code(world, proof, code)

    claimed.refresh_from_db()
    assert zoe != world.mallory
    assert claimed.person == zoe


def test_five_wrong_codes_lock_the_proof_even_for_the_right_one(world):
    proof, code = sent(world, world.ada.email)
    for _time in range(5):
        with pytest.raises(Refused, match="not the code"):
            try_code(world, proof, "00000000")

    with pytest.raises(Refused, match="Too many wrong tries"):
        try_code(world, proof, code)


def test_four_wrong_codes_do_not(world):
    proof, code = sent(world, world.ada.email)
    for _time in range(4):
        with pytest.raises(Refused):
            try_code(world, proof, "00000000")

    assert try_code(world, proof, code) == world.ada


def test_a_code_works_once(world):
    proof, code = sent(world, world.ada.email)
    try_code(world, proof, code)

    with pytest.raises(Refused, match="has been used"):
        try_code(world, proof, code)


def test_a_code_works_for_fifteen_minutes(world):
    proof, code = sent(world, world.ada.email)

    with pytest.raises(Refused, match="too old"):
        try_code(world, proof, code, now=world.morning + timedelta(minutes=15))
    assert try_code(world, proof, code, now=world.morning + timedelta(minutes=14, seconds=59)) == world.ada


def test_a_code_opens_only_its_own_proof(world):
    _hers, code = sent(world, world.ada.email)
    other, _code = sent(world, world.grace.email)

    with pytest.raises(Refused, match="not the code"):
        try_code(world, other, code)


def test_a_code_for_an_address_does_not_sign_in(world):
    proof, code = sent(world, "new@people.example", purpose="add-address", person=world.ada, by=world.ada.actor)

    with pytest.raises(Refused, match="not for signing in"):
        try_code(world, proof, code)
    assert not Person.objects.with_email("new@people.example").exists()
