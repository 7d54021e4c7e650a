from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from laurels.kernel.refusal import Refusal, require
from laurels.web.commands import say, start, warn

app = typer.Typer(help="Articles of the library.", no_args_is_help=True)


@app.callback()
def articles() -> None:
    """A group of commands, though it has one."""


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Markdown files with front matter, in any depth.")],
    body: Annotated[str, typer.Option(help="The body that publishes them, by its short name.")],
) -> None:
    """Import or re-import a folder; a broken file is named with its line, the others come in. Exit 1 if one is."""
    require(None if folder.is_dir() else Refusal("folder", f"{folder} is no folder."))
    start()
    from django.utils import timezone
    from rich.progress import Progress

    from laurels.kernel.actor import Actor
    from laurels.library.actions import Imported, import_articles
    from laurels.people.models import Organisation

    publisher = Organisation.objects.bodies().filter(slug=body).first()
    require(None if publisher else Refusal("body", f"There is no certifying body called {body}."))
    assert publisher is not None
    paths = sorted(folder.rglob("*.md"))
    done = Imported()
    with Progress(transient=True) as progress:
        task = progress.add_task("Importing", total=len(paths))
        by, now = Actor.of_system("command"), timezone.now()
        for done in import_articles(publisher, _read(folder, paths), picture=partial(_picture, folder), by=by, now=now):
            progress.update(task, completed=done.fresh + done.changed + done.same + len(done.problems))
    for problem in [*done.problems, *done.missing]:
        warn(problem)
    say(f"{done.fresh} new, {done.changed} changed, {done.same} as before, {len(done.problems)} left out.")
    if done.problems:
        raise typer.Exit(1)


def _read(folder: Path, paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def _picture(folder: Path, path: str) -> bytes | None:
    """The bytes of a file inside the folder; nothing from outside of it, not even by a link."""
    found = (folder / path).resolve()
    return found.read_bytes() if found.is_relative_to(folder.resolve()) and found.is_file() else None
