import json
from pathlib import Path
from typing import Annotated

import typer

from laurels.kernel.refusal import Refusal, require
from laurels.web.commands import say, start, warn

app = typer.Typer(help="Rules of renewal, held against worked cases.", no_args_is_help=True)


@app.callback()
def policy() -> None:
    """A group of commands, though it has one."""


@app.command()
def check(
    cases: Annotated[Path, typer.Argument(metavar="CASES.json", help="Worked cases; docs/packs.md says how.")],
    pack: Annotated[Path | None, typer.Option(help="The pack whose policies they speak of; else packs/cspo.")] = None,
) -> None:
    """Print where the engine answers otherwise than a case expects; exit 1 when it does anywhere."""
    start()
    from django.conf import settings

    from laurels.programmes.rules import Pack, PackProblems, read_pack
    from laurels.programmes.rules.renewal import check_case, conditions_of, read_cases

    try:
        whole = read_pack(pack or settings.PACKS / "cspo")
        require(None if isinstance(whole, Pack) else Refusal("pack", "This is a trainer's pack; it has no policies."))
        assert isinstance(whole, Pack)
        rules = conditions_of(whole)
        found = read_cases(_decoded(cases))
    except PackProblems as problems:
        warn(problems)
        raise typer.Exit(1) from problems
    wrong = 0
    for case in found:
        known = rules.get(case.policy)
        lines = check_case(case, known) if known else [f"the pack has no policy {case.policy}"]
        wrong += bool(lines)
        for line in lines:
            say(f"{case.id}: {line}")
    say(f"{len(found) - wrong} of {len(found)} cases agree.")
    if wrong:
        raise typer.Exit(1)


def _decoded(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as wrong:
        require(Refusal("cases", f"{path} cannot be read: {wrong.strerror}."))
    except ValueError as wrong:
        require(Refusal("cases", f"{path} is not JSON: {wrong}."))
    return None
