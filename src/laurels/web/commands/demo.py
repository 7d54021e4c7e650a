import multiprocessing
import os
from pathlib import Path
from typing import Annotated

import typer

from laurels.web.commands import DEMO_HOME, say, start
from laurels.web.commands.run import Host, Port, address, serve


def demo(
    host: Host = "127.0.0.1",
    port: Port = 8000,
    build_only: Annotated[bool, typer.Option("--build-only", help="Fill the database and end.")] = False,
) -> None:
    """Build a believable demo, once, and serve it with its worker; letters go to its post office."""
    from laurels.web.demo.card import open_accounts, start_till

    till = None if build_only else start_till(Path(os.environ.get("LAURELS_HOME", DEMO_HOME)).resolve())
    start(
        LAURELS_MODE="demo",
        LAURELS_HOME=str(DEMO_HOME.resolve()),
        LAURELS_PUBLIC_URL=address(host, port),
        LAURELS_CARD_PAGES=till.base_url if till else "",
        LAURELS_CARD_SERVICE=till.base_url if till else "",
    )
    from django.utils import timezone

    from laurels.web.checks import require_safe_start

    require_safe_start(processes=1)
    _build_in_a_child()
    if till:
        open_accounts(till, now=timezone.now())
        _welcome(address(host, port))
        serve(host, port)


def _build_in_a_child() -> None:
    """Building typesets invoices, and a process that has typeset must not be forked, as serving does."""
    child = multiprocessing.get_context("fork").Process(target=_build)
    child.start()
    child.join()
    if child.exitcode:
        raise typer.Exit(1)


def _build() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from laurels.web.demo.build import build

    call_command("migrate", verbosity=0)
    build(now=timezone.now(), say=say)


def _welcome(at: str) -> None:
    from laurels.web.demo.cast import PLAYERS

    say(f"\nLaurels is at {at}")
    say(f"  Enter as anybody with one click:  {at}/demo")
    say(f"  All letters arrive at:            {at}/post-office\n")
    for player in PLAYERS:
        say(f"  {player.part:<24} {player.name:<18} {player.email:<28} {player.tries}")
    say("\nPay by card with 4242 4242 4242 4242; the page to pay on shows cards that are declined.")
    say("Ctrl-C ends it. Everything is kept below .state/demo; delete that folder to begin anew.")
