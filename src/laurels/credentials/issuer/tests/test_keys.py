import pytest

from laurels.credentials.issuer import keys
from laurels.credentials.proofs import multikey


def test_a_key_opens_with_its_passphrase_and_is_the_published_one():
    public, locked = keys.new_key("open sesame")

    assert public.startswith("z6Mk")
    assert multikey.encode(keys.unlock(memoryview(locked), "open sesame").public_key()) == public


@pytest.mark.parametrize(("passphrase", "damage"), [("wrong", 0), ("", 0), ("open sesame", 1)])
def test_a_wrong_passphrase_or_a_damaged_key_opens_nothing(passphrase, damage):
    locked = keys.new_key("open sesame").private_encrypted
    damaged = locked[:-1] + bytes([locked[-1] ^ damage])

    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(damaged, passphrase)


def test_what_is_no_key_is_said_to_be_none():
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(b"", "open sesame")


def test_two_keys_with_one_passphrase_share_nothing():
    one, other = keys.new_key("open sesame"), keys.new_key("open sesame")

    assert one.public_multibase != other.public_multibase
    assert one.private_encrypted[14:42] != other.private_encrypted[14:42]
