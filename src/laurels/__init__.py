"""Laurels runs a participation-based certification programme, from the first lesson to the renewed credential."""

import sys

try:
    # SQLite before 3.51.3 can corrupt its write-ahead log with several writers; the wheel bundles a mended one.
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
except ImportError:  # pragma: no cover - not every platform has the wheel; the start-up check then reads the version
    pass
