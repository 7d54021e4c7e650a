from pathlib import Path
from typing import Annotated

import typer

from laurels.web.commands import say, start, warn

Folder = Annotated[Path, typer.Argument(metavar="PATH", help="The pack's folder, such as packs/cspo, or its zip file.")]

app = typer.Typer(help="Check and load programmes: schemes, policies, courses, letters.", no_args_is_help=True)


@app.command()
def check(path: Folder) -> None:
    """Say everything that is wrong with a pack, with file, line and key. Changes nothing."""
    start()
    from laurels.programmes.rules import PackProblems, read_pack

    try:
        read_pack(path)
    except PackProblems as problems:
        _refuse(problems)
    say(f"{path}: nothing is wrong with this pack.")


@app.command()
def load(path: Folder) -> None:
    """Load a pack: what changed gets a new version, a broken pack changes nothing at all."""
    start()
    from django.utils import timezone

    from laurels.kernel.actor import Actor
    from laurels.programmes.actions import Loaded, load_pack
    from laurels.programmes.rules import PackProblems

    try:
        loaded = load_pack(path, by=Actor.of_system("command"), now=timezone.now())
    except PackProblems as problems:
        _refuse(problems)
    if not loaded.is_changed:
        say(f"{path}: nothing has changed.")
    elif isinstance(loaded, Loaded):
        say(f"{path}: loaded as version {loaded.version}.")
    else:
        say(f"{path}: loaded for {loaded.trainer}: {', '.join(loaded.changes)}.")


def _refuse(problems: ValueError) -> None:
    warn(problems)
    raise typer.Exit(1)
