"""The cast, for every test of every stage."""

import pytest

from tests.world.cast import World


@pytest.fixture
def world(db: None) -> World:
    """The named cast on a given day: see tests/world/cast.py."""
    return World()
