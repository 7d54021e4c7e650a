import pytest

from laurels.rooms.views import canvas


@pytest.fixture(autouse=True)
def _fresh_paces():
    """Participants of different tests may have the same number, and are not one flood."""
    canvas._paces.clear()
