import shutil
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from laurels.kernel.refusal import Refusal, require
from laurels.web.commands import say, start


def journey(
    attendees: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV or XLSX file of attendees.")],
    out: Annotated[Path, typer.Option(help="A new folder for credentials, certificates, badges and the summary.")],
    held_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Second day; yesterday if unsaid.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar.")] = False,
) -> None:
    """Take an attendee file through import, attestation, roster, invitation and acceptance to signed credentials.

    It plays everybody's part in a rehearsal home of its own; with DATABASE_URL it wants an empty database.
    """
    require(why_not_write_to(out))
    with tempfile.TemporaryDirectory(prefix="laurels-rehearsal-") as home:
        start(LAURELS_MODE="rehearsal", LAURELS_HOME=home)
        made = Path(home) / "out"
        _rehearse(attendees, made, held_on.date() if held_on else None, quiet=quiet)
        # Everything or nothing: the folder appears under its name only when it is complete.
        shutil.move(made, out)
    say(f"Everything is in {out}: summary.csv, credentials, certificates, badges.")
    say(f"To judge one: laurels verify {out}/credentials/NUMBER.json --issuer-document {out}/issuer.json --offline")


def why_not_write_to(out: Path) -> Refusal | None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        return Refusal("not-empty", f"{out} is there already and not empty. Name a new folder with --out.")
    return None


def _rehearse(attendees: Path, made: Path, held_on: date | None, *, quiet: bool) -> None:
    from django.core.management import call_command
    from django.utils import timezone
    from rich.progress import Progress

    from laurels.web.rehearsal import rehearse

    call_command("migrate", verbosity=0)
    now = timezone.now()
    with Progress(disable=quiet, transient=True) as bar:

        def begin(what: str, total: int) -> Callable[[], None]:
            task = bar.add_task(what, total=total)
            return lambda: bar.advance(task)

        summary = rehearse(
            attendees.name,
            attendees.read_bytes(),
            made,
            held_on=held_on or (now - timedelta(days=1)).date(),
            now=now,
            progress=begin,
        )
    for line in summary.results:
        if line.result == "refused":
            say(f"line {line.line}: {line.name} <{line.email}>: {line.message}")
    say(f"{summary.count('certified')} certified, {summary.count('refused')} refused.")
