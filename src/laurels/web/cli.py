"""``laurels``: one command line. Exit codes: 0 done · 1 refused, with the sentence on stderr · 2 wrong usage.

To add a command: a file ``commands/<name>.py`` with a function of that name (or a typer ``app`` where it has commands
of its own), and its name in ``COMMANDS``.
"""

from importlib import import_module

import typer

from laurels.kernel.refusal import Refused
from laurels.web.commands import warn

COMMANDS = [
    "migrate",
    "run",
    "worker",
    "mailbox",
    "pack",
    "policy",
    "articles",
    "ebooks",
    "fsck",
    "verify",
    "version",
    "demo",
    "journey",
    "rehearse",
    "seed",
]


def build() -> typer.Typer:
    laurels = typer.Typer(
        name="laurels",
        help="Runs a participation-based certification programme.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for name in COMMANDS:
        module = import_module(f"laurels.web.commands.{name}")
        if isinstance(group := getattr(module, "app", None), typer.Typer):
            laurels.add_typer(group, name=name)
        else:
            laurels.command(name)(getattr(module, name))
    return laurels


def main(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    from django.db import DatabaseError

    try:
        build()(arguments, prog_name="laurels")
    except Refused as refused:
        warn(refused.refusal.message)
    except DatabaseError as problem:
        warn(f"The database refused: {str(problem).strip()} Is DATABASE_URL right, and has `laurels migrate` run?")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 1
