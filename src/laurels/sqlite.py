"""A newer SQLite than the interpreter's, where the wheel exists.

SQLite before 3.51.3 can corrupt its write-ahead log with several writers; the ``pysqlite3`` wheel bundles a mended one.
"""

import sys
from typing import Any

# SQLite's C constants and the limits this wheel was compiled with (PRAGMA compile_options).
LIMIT_COLUMN, LIMIT_VARIABLE_NUMBER = 2, 9
LIMITS = {LIMIT_COLUMN: 2000, LIMIT_VARIABLE_NUMBER: 250_000}


def prefer_bundled_sqlite() -> None:
    """Let ``import sqlite3`` mean the wheel; without it the interpreter's own stays, and the start-up check judges."""
    try:
        import pysqlite3  # type: ignore[import-untyped]
        from pysqlite3 import dbapi2  # type: ignore[import-untyped]
    except ImportError:
        return
    for module in (pysqlite3, dbapi2):
        module.SQLITE_LIMIT_COLUMN = LIMIT_COLUMN
        module.SQLITE_LIMIT_VARIABLE_NUMBER = LIMIT_VARIABLE_NUMBER
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2


def connection_factory() -> dict[str, Any]:
    """The ``factory`` option for Django's connections: the wheel's class lacks ``getlimit``, which Django asks."""
    import sqlite3

    if hasattr(sqlite3.Connection, "getlimit"):
        return {}

    class Connection(sqlite3.Connection):  # type: ignore[misc, valid-type]
        def getlimit(self, category: int, /) -> int:
            return LIMITS[category]

    return {"factory": Connection}
