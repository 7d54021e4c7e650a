import pytest

from laurels.credentials.proofs.canonical import Unsignable
from laurels.credentials.proofs.tests.guild import Guild


def test_signing_the_same_intent_twice_gives_the_same_bytes():
    assert Guild().sign(Guild().unsigned()) == Guild().sign(Guild().unsigned())


def test_signing_adds_one_proof_and_changes_nothing_else():
    unsigned = Guild().unsigned()
    signed = Guild().sign(unsigned)

    assert {key: value for key, value in signed.items() if key != "proof"} == unsigned
    assert [proof["cryptosuite"] for proof in signed["proof"]] == ["eddsa-rdfc-2022"]


@pytest.mark.parametrize("name", ["Ada\x00", "A\x1bda", "Ada\x7f"])
def test_a_name_with_control_characters_is_never_signed(name):
    with pytest.raises(Unsignable):
        Guild().signed(holder_name=name)
