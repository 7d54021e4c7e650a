import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from laurels.kernel.refusal import Refusal, require
from laurels.web.commands import say, start, start_demo
from laurels.web.commands.journey import why_not_write_to


def rehearse(
    people: Annotated[int, typer.Option(min=1, max=60, help="How many robots.")] = 24,
    teams: Annotated[int, typer.Option(min=1, max=12, help="In how many teams.")] = 5,
    seed: Annotated[int, typer.Option(help="The same number gives the same class.")] = 1,
    out: Annotated[Path | None, typer.Option(help="A new folder for the dossiers and what was made.")] = None,
    room: Annotated[str, typer.Option(help="Code of an open room of your demo: robots come in and play along.")] = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar.")] = False,
) -> None:
    """Try a class with robots: the whole agenda in minutes, or as company in a room that you conduct.

    The whole agenda is played in a rehearsal home of its own. With --room the robots join your demo's room.
    """
    if room:
        _play_along(room, people, seed)
        return
    if out:
        require(why_not_write_to(out))
    with tempfile.TemporaryDirectory(prefix="laurels-rehearsal-") as home:
        start(LAURELS_MODE="rehearsal", LAURELS_HOME=home)
        made = Path(home) / "out"
        _rehearse(people, teams, seed, made, quiet=quiet)
        if out:
            shutil.move(made, out)
            say(f"Everything is in {out}.")


def _rehearse(people: int, teams: int, seed: int, made: Path, *, quiet: bool) -> None:
    from django.core.management import call_command
    from django.utils import timezone
    from rich.progress import Progress

    from laurels.web.class_rehearsal import rehearse_class, write_report

    call_command("migrate", verbosity=0)
    now = timezone.now()
    with Progress(disable=quiet, transient=True) as bar:

        def begin(what: str, total: int) -> Callable[[], None]:
            task = bar.add_task(what, total=total)
            return lambda: bar.advance(task)

        held_on = (now - timedelta(days=1)).date()
        report = rehearse_class(people_count=people, teams=teams, seed=seed, held_on=held_on, now=now, progress=begin)
    write_report(report, made)
    say(f"{len(report.table) - 1} dossiers, {report.exercises} exercises, {report.acts} acts.")
    say(", ".join(f"{level}: {count}" for level, count in sorted(report.levels.items())))
    for refused in sorted(set(report.refused)):
        say(f"refused: {refused} ({report.refused.count(refused)} times)")


def _play_along(code: str, people: int, seed: int) -> None:
    """Until Ctrl-C: robots come in, are seen, and act at a human pace in every step."""
    start_demo()
    from random import Random

    from django.conf import settings
    from django.utils import timezone

    from laurels.rooms.models import Room
    from laurels.web.robots import ROBOT, Tally, come_in, live_turn, note_present

    require(None if settings.MODE == "demo" else Refusal("no-demo", "Robots only come into the room of a demo."))
    room = Room.objects.with_code(code).first()
    if room is None:
        require(Refusal("no-room", f"No open room has the code {code}. Is it the demo's?"))
        return
    robots = come_in(room, people, by=ROBOT, now=timezone.now())
    say(f"{len(robots)} robots came in. Ctrl-C sends them home.")
    luck, tally = Random(seed), Tally()
    while True:
        now: datetime = timezone.now()
        note_present(robots, now=now)
        live_turn(room, robots, luck, tally, now=now)
        time.sleep(luck.uniform(0.3, 1.5))
