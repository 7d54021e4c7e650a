import pytest
from cryptography.fernet import InvalidToken

from laurels.kernel.sealing import seal, unseal


def test_what_was_sealed_comes_out_again_and_looks_different_each_time():
    first, second = (seal("sk_live_x", key="ours", purpose="cards") for _time in range(2))
    assert first != second
    assert [unseal(one, key="ours", purpose="cards") for one in (first, second)] == ["sk_live_x"] * 2
    assert "sk_live" not in first


@pytest.mark.parametrize(("key", "purpose"), [("theirs", "cards"), ("ours", "letters")])
def test_another_key_or_purpose_does_not_open_it(key, purpose):
    with pytest.raises(InvalidToken):
        unseal(seal("sk_live_x", key="ours", purpose="cards"), key=key, purpose=purpose)


def test_nothing_stays_nothing():
    assert (seal("", key="k", purpose="p"), unseal("", key="k", purpose="p")) == ("", "")
