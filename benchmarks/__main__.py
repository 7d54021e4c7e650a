"""``make bench``: what we promise about speed, measured here and now, each figure beside a neighbour of the same run.

CPU time is the figure where it can be; wall time on shared machines is noise. Runs on a throw-away SQLite database,
or on PostgreSQL with ``tools/with_postgresql.py python -m benchmarks``.
``LAURELS_BENCH_SCALE=0.1`` makes it quick.
"""

import os
import sys
import tempfile


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="laurels-bench-") as home:
        os.environ.update(DJANGO_SETTINGS_MODULE="benchmarks.settings", LAURELS_HOME=home, LAURELS_MODE="rehearsal")
        os.environ.setdefault("DATABASE_URL", f"sqlite://{home}/bench.sqlite3")
        import django

        django.setup()
        return run(float(os.environ.get("LAURELS_BENCH_SCALE", "1")))


def run(scale: float) -> int:
    from django.core.management import call_command
    from rich.console import Console
    from rich.table import Table

    from benchmarks import (
        awards,
        bad_days,
        coffee,
        imports,
        keeping,
        library,
        market,
        nightly,
        rooms,
        rush,
        screens,
        streams,
        verification,
    )

    call_command("migrate", verbosity=0)
    table = Table("what", "here", "neighbour, same run", "ratio", "promise", title="Laurels benchmarks")
    for bench in (
        imports.measure,
        awards.measure,
        verification.measure,
        streams.measure,
        rooms.measure,
        coffee.measure,
        rush.measure,
        bad_days.measure,
        screens.measure,
        market.measure,
        library.measure,
        keeping.measure,
        nightly.measure,
    ):
        for row in bench(scale):
            table.add_row(row.what, row.figure, row.neighbour, row.ratio, row.promise)
    Console(width=150).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
