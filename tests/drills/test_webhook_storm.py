"""The storm at a small size, and that it can go red."""

import pytest

from tests.drills.webhook_storm import storm, unguarded, without_a_service


@pytest.mark.django_db
def test_nothing_is_doubled_lost_or_forged():
    with without_a_service():
        result = storm(240, seed=3)
    assert (+result.tally, result.failed) == ({}, 0)


@pytest.mark.django_db
def test_without_the_guard_it_is_doubled():
    with without_a_service(), unguarded():
        result = storm(60, seed=3)
    assert result.tally["doubled"] > 0
