import pytest
from django.utils import timezone


@pytest.fixture
def request_now():
    """Pages read the clock at their door; what they find must be of today."""
    return timezone.now()
