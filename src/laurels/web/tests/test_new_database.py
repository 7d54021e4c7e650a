"""A new database made at once is the one that all migrations lead to, on both engines."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

MAKE = """
import django; django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection
from laurels.web.tests.test_new_database import described
call_command({command}, verbosity=0)
import json; print(json.dumps(described(connection)))
"""
AT_ONCE, REPLAYED = '"migrate"', "migrate.Command()"


@pytest.fixture
def two_databases(tmp_path, db) -> Iterator[list[str]]:
    if connection.vendor == "sqlite":
        yield [f"sqlite:///{tmp_path}/{name}.sqlite3" for name in ("once", "replayed")]
        return
    names = [f"laurels_{name}_{os.getpid()}" for name in ("once", "replayed")]
    with connection.copy("elsewhere").cursor() as cursor:
        for name in names:
            cursor.execute(f"CREATE DATABASE {name}")
        yield [os.environ["DATABASE_URL"].replace("/postgres?", f"/{name}?") for name in names]
        for name in names:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_made_at_once_it_is_what_all_migrations_lead_to(two_databases, tmp_path):
    at_once, replayed = two_databases

    made, grown = schema_after(AT_ONCE, at_once, tmp_path), schema_after(REPLAYED, replayed, tmp_path)

    # Nobody's rows: Django's own migration gives this table's key another width than its model has.
    assert made["tables"].pop("auth_group_permissions") != []
    assert grown["tables"].pop("auth_group_permissions") != []
    assert len(made["tables"]) > 100
    assert made == grown


def test_a_second_time_nothing_is_made(two_databases, tmp_path):
    first, second = (schema_after(AT_ONCE, two_databases[0], tmp_path) for _time in range(2))

    assert first == second


def schema_after(command: str, url: str, home) -> dict[str, Any]:
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "LAURELS_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "laurels.web.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", MAKE.format(command=command)], env=env, check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def described(made: BaseDatabaseWrapper) -> dict[str, Any]:
    """Tables, indexes, triggers and applied migrations, whatever the order of columns."""
    with made.cursor() as cursor:
        parts = _of_sqlite(cursor) if made.vendor == "sqlite" else _of_postgresql(cursor)
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        return {**parts, "applied": [list(row) for row in cursor.fetchall()]}


def _of_sqlite(cursor: Any) -> dict[str, Any]:
    cursor.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name")
    rows = cursor.fetchall()
    tables = {name: sorted(_parts(sql)) for kind, name, sql in rows if kind == "table"}
    return {
        "tables": tables,
        "others": [[kind, name, " ".join(sql.split())] for kind, name, sql in rows if kind != "table"],
    }


def _parts(sql: str) -> Iterator[str]:
    """What stands between the commas of a CREATE TABLE, as deep as its outer brackets."""
    depth, part = 0, ""
    for sign in sql[sql.index("(") + 1 : sql.rindex(")")]:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and not depth:
            yield " ".join(part.split())
            part = ""
        else:
            part += sign
    yield " ".join(part.split())


def _of_postgresql(cursor: Any) -> dict[str, Any]:
    columns = (
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity"
    )
    cursor.execute(f"{columns} FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2")
    tables: dict[str, Any] = {}
    for table, *rest in cursor.fetchall():
        tables.setdefault(table, []).append(rest)
    others = []
    for query in (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0 "
        # A column that was renamed keeps its old name there; whether it may be empty is among the columns.
        "AND contype <> 'n' AND connamespace = 'public'::regnamespace ORDER BY 1, 2, 3",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal "
        "ORDER BY 1, 2",
    ):
        cursor.execute(query)
        others += [list(row) for row in cursor.fetchall()]
    return {"tables": tables, "others": others}
