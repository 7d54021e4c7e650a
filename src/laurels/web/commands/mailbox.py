import json
from typing import Annotated, Any

import typer

from laurels.web.commands import say, start_demo


def mailbox(
    as_json: Annotated[bool, typer.Option("--json", help="Whole letters with their links, for scripts.")] = False,
    to: Annotated[str, typer.Option(metavar="ADDRESS", help="Only letters to this address.")] = "",
) -> None:
    """Show the letters that were written, oldest first, with how their delivery went."""
    start_demo()
    from laurels.mail import queries

    letters = queries.mailbox(to)
    if as_json:
        say(json.dumps(letters, ensure_ascii=False, indent=2))
    else:
        _draw(letters)


def _draw(letters: list[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("Written", "To", "Subject", "State")
    for letter in letters:
        table.add_row(letter["written_at"][:19], letter["to"], letter["subject"], letter["deliveries"][-1]["state"])
    Console().print(table if letters else "No letter has been written yet.")
