"""What Laurels refuses to start with. Each refusal has its positive control: the safe setting starts."""

import pytest
from django.core import checks as django_checks
from django.db import connection

from laurels.kernel.refusal import Refused
from laurels.web import checks


@pytest.fixture(autouse=True)
def _safe(db, settings):
    settings.SECRET_KEY, settings.MODE, settings.DEBUG = "a secret of our own", "production", False


sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a trap of SQLite")


def refused(processes=1):
    try:
        checks.require_safe_start(processes=processes)
    except Refused as refused:
        return str(refused).splitlines()
    return []


def test_safe_settings_start(monkeypatch):
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", checks.MENDED_SQLITE)
    assert refused(processes=8) == []


def test_debug_is_refused_in_production_and_allowed_in_a_demo(settings):
    settings.DEBUG = True
    assert [line[:26] for line in refused()] == ["DEBUG is on in production "]
    settings.MODE = "demo"
    assert refused() == []


def test_the_key_of_development_is_refused_in_production_and_allowed_in_a_demo(settings):
    settings.SECRET_KEY = settings.DEVELOPMENT_KEY
    assert [line[:18] for line in refused()] == ["LAURELS_SECRET_KEY"]
    settings.MODE = "demo"
    assert refused() == []


def test_every_reason_is_told_at_once(settings):
    settings.DEBUG, settings.SECRET_KEY = True, settings.DEVELOPMENT_KEY
    assert len(refused()) == 2


@sqlite_only
def test_an_old_sqlite_is_refused_for_many_processes_and_warned_of_for_one(monkeypatch, capsys):
    monkeypatch.setattr(checks.sqlite3, "sqlite_version_info", (3, 51, 2))

    assert [line[:7] for line in refused(processes=2)] == ["SQLite "]
    assert refused(processes=1) == []
    assert "safe for one process only" in capsys.readouterr().err


@sqlite_only
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("unsafe", "safe", "word"),
    [
        ("journal_mode=DELETE", "journal_mode=WAL", "journal_mode"),
        ("synchronous=NORMAL", "synchronous=FULL", "synchronous"),
    ],
)
def test_a_database_that_may_lose_is_refused(unsafe, safe, word):
    assert refused() == []
    connection.cursor().execute(f"PRAGMA {unsafe}")
    try:
        assert [word in line for line in refused()] == [True]
    finally:
        connection.cursor().execute(f"PRAGMA {safe}")


@pytest.fixture
def deferred(monkeypatch):
    """SQLite as Django sets it up by itself."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")


@sqlite_only
def test_late_locks_are_refused(deferred):
    assert ["transaction_mode" in line for line in refused()] == [True]


@sqlite_only
def test_the_system_check_names_every_place_that_trusts_select_for_update(monkeypatch):
    assert checks.select_for_update_trap() == []

    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "transaction_mode", "DEFERRED")
    found = checks.select_for_update_trap()
    assert {warning.id for warning in found} == {"laurels.W001"}
    assert any(warning.msg.startswith("journal/models.py:") for warning in found)
    assert checks.select_for_update_trap in django_checks.registry.registry.get_checks()


def test_missing_tables_are_refused(monkeypatch):
    checks.require_migrated()

    monkeypatch.setattr(checks.MigrationExecutor, "migration_plan", lambda *_: ["one", "two"])
    with pytest.raises(Refused, match="2 migrations"):
        checks.require_migrated()
