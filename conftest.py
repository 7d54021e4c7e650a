"""The cast, and the till they pay at, for every test of every stage."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from laurels.web.demo.stripe_like.running import Running, start
from tests.world.cast import World


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what meets a database runs: the rest is the same as on SQLite, and was seen there."""
    if connection.vendor == "postgresql":
        same = [item for item in items if not _meets_a_database(item)]
        config.hook.pytest_deselected(items=same)
        items[:] = [item for item in items if _meets_a_database(item)]


def _meets_a_database(item: pytest.Item) -> bool:
    fixtures = getattr(item, "fixturenames", ())
    return "db" in fixtures or "transactional_db" in fixtures or any(item.iter_markers("django_db")) or _races(item)


def _races(item: pytest.Item) -> bool:
    """Whether it meets one in processes of its own."""
    return any(item.iter_markers("race"))


@pytest.fixture
def world(db: None) -> World:
    """The named cast on a given day: see tests/world/cast.py."""
    return World()


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Running]:
    """A Stripe-compatible server of this test's own, in a process of its own: open accounts in it first."""
    with start(tmp_path / "till.sqlite3") as running:
        yield running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file of its own, as in production: in memory, threads would meet other locks than there."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
