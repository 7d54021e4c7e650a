from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from laurels.kernel.refusal import Refusal, require
from laurels.web.commands import say, start, warn

app = typer.Typer(help="E-books of the library.", no_args_is_help=True)


@app.callback()
def ebooks() -> None:
    """A group of commands, though it has one."""


@app.command("import")
def import_(
    place: Annotated[Path, typer.Argument(metavar="FILE_OR_FOLDER", help="PDF and EPUB files, in any depth.")],
    body: Annotated[str, typer.Option(help="The body that offers them, by its short name.")],
) -> None:
    """Import or re-import e-books; a broken file is named, the others come in. Exit 1 if one is."""
    require(None if place.exists() else Refusal("place", f"{place} is not there."))
    start()
    from django.utils import timezone
    from rich.progress import Progress

    from laurels.kernel.actor import Actor
    from laurels.library.actions import Imported, import_books
    from laurels.people.models import Organisation

    offers = Organisation.objects.bodies().filter(slug=body).first()
    require(None if offers else Refusal("body", f"There is no certifying body called {body}."))
    assert offers is not None
    found = (
        [place]
        if place.is_file()
        else sorted(one for one in place.rglob("*") if one.suffix.lower() in {".pdf", ".epub"})
    )
    done = Imported()
    with Progress(transient=True) as progress:
        task = progress.add_task("Importing", total=len(found))
        for done in import_books(offers, _read(found), by=Actor.of_system("command"), now=timezone.now()):
            progress.update(task, completed=done.fresh + done.changed + done.same + len(done.problems))
    for problem in done.problems:
        warn(problem)
    say(f"{done.fresh} new, {done.changed} changed, {done.same} as before, {len(done.problems)} left out.")
    if done.problems:
        raise typer.Exit(1)


def _read(paths: list[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path.name, path.read_bytes()
