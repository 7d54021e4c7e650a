"""The rush on the last seats at a small size, over HTTP, and that it can go red."""

import pytest

from tests.drills.scene import played

pytestmark = pytest.mark.race


def test_no_seat_is_sold_twice():
    assert played("oversell", "--rounds", "1", "--buyers", "30", "--seed", "6") == (0, 0)


def test_a_server_without_the_guard_is_found_out():
    status, failed = played("oversell", "--rounds", "2", "--buyers", "30", "--seed", "6", "--unlocked")

    assert (status, failed > 0) == (1, True)
