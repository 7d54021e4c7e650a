"""``kill -9`` in the middle of the work at a small size, and that it can go red."""

import pytest

from tests.drills.scene import played

pytestmark = pytest.mark.race


def test_nothing_acknowledged_is_lost_or_doubled():
    assert played("killed", "--kills", "1", "--seed", "4") == (0, 0)


def test_a_server_that_answers_too_early_is_found_out():
    status, failed = played("killed", "--kills", "1", "--seed", "4", "--early")

    assert (status, failed > 0) == (1, True)
