"""The suite really runs on the engine it was started for."""

import os

from django.db import connection


def test_the_engine_is_the_one_asked_for(db):
    assert connection.vendor == os.environ.get("LAURELS_EXPECT", "sqlite")
