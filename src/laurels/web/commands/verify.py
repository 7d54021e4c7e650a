"""``laurels verify FILE-or-URL``: is this credential to be trusted, and why."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from laurels.credentials.proofs.did import did_url, is_local
from laurels.credentials.proofs.fetching import Fetch, FetchFailed, folder_fetch, web_fetch
from laurels.credentials.proofs.reading import Unreadable, json_object
from laurels.credentials.proofs.verification import LARGEST_FILE, Check, State, Verdict
from laurels.credentials.proofs.verification import verify as verdict_on

_STYLES = {State.VALID: "bold green", State.TAMPERED: "bold red", State.REVOKED: "bold red"}
_MARKS = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[yellow]–[/]"}


def verify(
    source: Annotated[
        str, typer.Argument(metavar="FILE-or-URL", help="JSON, baked PNG or SVG, our PDF, or an address.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask whether it was suspended or revoked.")] = False,
    issuer_document: Annotated[
        Path | None,
        typer.Option(help="The issuer's did.json, to check without any network.", exists=True, dir_okay=False),
    ] = None,
    issuer: Annotated[list[str] | None, typer.Option(help="Trust only this did:web issuer (repeatable).")] = None,
) -> None:
    """Check a credential: who signed it, whether it was changed, and how it stands today.

    Exit code 0: valid. 1: not valid, with the reason. 2: the file or address cannot be read.
    """
    content = _content(source)
    fetch = _from_file(issuer_document) if issuer_document else web_fetch(allow_local=True)
    verdict = verdict_on(
        content, fetch=fetch, now=datetime.now(UTC), check_status=not offline, issuers=set(issuer) if issuer else None
    )
    if as_json:
        typer.echo(json.dumps(verdict.as_json(), ensure_ascii=False, indent=2))
    else:
        _print(verdict)
    raise typer.Exit(0 if verdict.is_valid else 1)


def _content(source: str) -> bytes:
    """The file, or what lies at the address: a certificate's page stands for its document."""
    if not source.startswith(("https://", "http://")):
        return _file(Path(source))
    fetch = web_fetch(allow_local=is_local(source))
    problem = "Nothing was found."
    for url in _documents_of(source):
        try:
            content = fetch(url)
        except FetchFailed as error:
            problem = str(error)
            continue
        if not content.lstrip()[:9].lower().startswith((b"<!doctype", b"<html")):
            return content
        problem = f"{url} is a page and leads to no credential."
    raise typer.BadParameter(problem)


def _documents_of(address: str) -> Iterator[str]:
    plain = address.partition("?")[0].partition("#")[0].rstrip("/")
    if "." not in urlsplit(plain).path.rpartition("/")[2]:
        yield f"{plain}.json"
    yield address


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise typer.BadParameter(f"{path} is larger than any credential.")
        return path.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{path} cannot be read: {error.strerror}.") from error


def _from_file(path: Path) -> Fetch:
    content = _file(path)
    try:
        did = json_object(content.decode("utf-8", "replace")).get("id")
        return folder_fetch({did_url(str(did)): content})
    except (Unreadable, ValueError) as error:
        raise typer.BadParameter(f"{path} is not an issuer's did.json. {error}") from error


def _print(verdict: Verdict) -> None:
    console = Console()
    console.print(verdict.sentence, style=_STYLES.get(verdict.state, "bold yellow"))
    if verdict.is_authentic:
        console.print(_facts(verdict))
    table = Table.grid(padding=(0, 1))
    for check in verdict.checks:
        table.add_row(*_row(check))
    console.print(table)


def _facts(verdict: Verdict) -> Table:
    facts = Table.grid(padding=(0, 2))
    until = f"{verdict.valid_until:%Y-%m-%d}" if verdict.valid_until else "without end"
    since = f"{verdict.valid_from:%Y-%m-%d}" if verdict.valid_from else ""
    for label, value in (
        ("Holder", verdict.holder),
        ("Certified as", verdict.achievement),
        ("Number", verdict.number),
        ("Issuer", f"{verdict.issuer_name} ({verdict.issuer})"),
        ("Valid", f"{since} – {until} (UTC)"),
    ):
        facts.add_row(f"[dim]{label}[/]", escape(value))
    return facts


def _row(check: Check) -> tuple[str, str, str]:
    return _MARKS[check.ok], check.name, escape(check.detail)
