"""What Laurels refuses to start with, each as one clear line; and a system check for developers."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from laurels.kernel.refusal import Refusal, require
from laurels.web.commands import warn

# Before this, a checkpoint at the wrong moment can corrupt the write-ahead log of a database with several writers.
MENDED_SQLITE = (3, 51, 3)
FULL = 2


def require_safe_start(*, processes: int) -> None:
    """Raise Refused with every reason not to start, a line each; say on stderr what is merely unwise."""
    if unwise := why_unwise(processes=processes):
        warn(f"Warning: {unwise}")
    if lines := [*unsafe_settings(), *unsafe_database(processes=processes)]:
        require(Refusal("unsafe-start", "\n".join(lines)))


def require_migrated() -> None:
    """Raise Refused while tables are missing or old."""
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        require(Refusal("not-migrated", f"The database waits for {len(waiting)} migrations. Run `laurels migrate`."))


def unsafe_settings() -> Iterator[str]:
    """Production with what only a developer's machine may have."""
    if settings.MODE != "production":
        return
    if settings.DEBUG:
        yield "DEBUG is on in production and would show secrets to strangers. Unset LAURELS_DEBUG."
    if settings.SECRET_KEY == settings.DEVELOPMENT_KEY:
        yield "LAURELS_SECRET_KEY is not set, so anybody could forge sessions. Set it to 50 random letters of your own."


def unsafe_database(*, processes: int) -> Iterator[str]:
    """SQLite with less than its safest settings, or too old for several processes."""
    if connection.vendor != "sqlite":
        return
    if processes > 1 and sqlite3.sqlite_version_info < MENDED_SQLITE:
        yield (
            f"SQLite {sqlite3.sqlite_version} can corrupt its log with several processes writing. "
            "Install pysqlite3 (SQLite 3.51.3 or newer), run one process, or use PostgreSQL."
        )
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if journal != "wal":
        yield f"SQLite's journal_mode is {journal}; readers would block writers. Set it to WAL."
    if synchronous != FULL:
        yield "SQLite's synchronous is not FULL; a power cut could lose what was acknowledged. Set it to FULL."
    if not _is_immediate(settings.DATABASES["default"]):
        yield "SQLite's transaction_mode is not IMMEDIATE; locks would be taken too late. Set it in DATABASES OPTIONS."


def why_unwise(*, processes: int) -> str:
    if connection.vendor == "sqlite" and processes == 1 and sqlite3.sqlite_version_info < MENDED_SQLITE:
        return f"SQLite {sqlite3.sqlite_version} is safe for one process only; install pysqlite3 for a newer one."
    return ""


@checks.register
def select_for_update_trap(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """SQLite skips ``select_for_update`` without a word: only IMMEDIATE transactions keep its promise there."""
    trapped = [
        alias
        for alias in connections
        if connections[alias].vendor == "sqlite" and not _is_immediate(connections[alias].settings_dict)
    ]
    if not trapped:
        return []
    return [
        checks.Warning(
            f"{place} relies on select_for_update, which SQLite ({', '.join(trapped)}) skips.",
            hint='Set OPTIONS["transaction_mode"] to "IMMEDIATE".',
            id="laurels.W001",
        )
        for place in uses_of_select_for_update()
    ]


def uses_of_select_for_update() -> Iterator[str]:
    """``file:line`` of every use in Laurels' own code."""
    for path in sorted(settings.SOURCE.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"\.select_for_update\(", line) and "tests" not in path.parts:
                yield f"{path.relative_to(settings.SOURCE)}:{number}"


def _is_immediate(database: dict[str, Any]) -> bool:
    return str(database.get("OPTIONS", {}).get("transaction_mode", "")).upper() == "IMMEDIATE"
