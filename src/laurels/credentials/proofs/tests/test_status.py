import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.credentials.proofs import status


@given(st.sets(st.integers(0, status.SIZE - 1), max_size=20))
def test_only_the_bits_that_were_set_are_set(indexes):
    bits = status.empty()
    for index in indexes:
        bits = status.with_bit(bits, index)
    published = status.decode(status.encode(bits))

    neighbours = {n for index in indexes for n in (index - 1, index, index + 1) if 0 <= n < status.SIZE}
    assert {n for n in neighbours if status.bit(published, n)} == indexes


def test_the_first_entry_is_the_leftmost_bit():
    assert status.with_bit(status.empty(), 0)[0] == 0b1000_0000


def test_a_bit_can_be_taken_back():
    assert status.with_bit(status.with_bit(status.empty(), 9), 9, False) == status.empty()


def test_the_same_bits_give_the_same_text():
    assert status.encode(status.empty()) == status.encode(status.empty())
    assert status.encode(status.empty()).startswith("u")


@pytest.mark.parametrize("index", [-1, status.SIZE])
def test_an_entry_outside_is_an_error(index):
    with pytest.raises(IndexError):
        status.bit(status.empty(), index)


def test_a_short_list_is_not_published_because_people_would_stand_out():
    with pytest.raises(ValueError, match="at least"):
        status.encode(bytes(16))


def _published(raw: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(raw).decode().rstrip("=")


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "z",
        "uAAAA",
        "u!!!!",
        _published(gzip.compress(bytes(16), mtime=0)),
        _published(gzip.compress(bytes(3_000_000), mtime=0)),
        _published(gzip.compress(bytes(16_384), mtime=0)[:-8]),
    ],
)
def test_what_is_no_list_is_refused_and_bombs_do_not_unpack(encoded):
    with pytest.raises(ValueError, match=r"."):
        status.decode(encoded)
