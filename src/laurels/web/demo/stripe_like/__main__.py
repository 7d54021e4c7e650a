"""``python -m laurels.web.demo.stripe_like --port 4242 --state till.sqlite3 --account acct_x --key sk_test_x …``"""

import argparse
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from laurels.web.demo.stripe_like.accounts import Account, open_account
from laurels.web.demo.stripe_like.courier import Courier
from laurels.web.demo.stripe_like.server import Server
from laurels.web.demo.stripe_like.state import State

PAUSES = "0.2,0.5,1,2,5,10,30"
OF_AN_ACCOUNT = ("key", "webhook-url", "webhook-secret", "name", "currency", "country")


class Begin(argparse.Action):
    """``--account`` begins a new one; what follows is about it."""

    def __call__(self, _parser: object, space: argparse.Namespace, value: object, _option: object = None) -> None:
        space.accounts = [*space.accounts, {"id": value}]


class About(argparse.Action):
    def __call__(
        self, parser: argparse.ArgumentParser, space: argparse.Namespace, value: object, _option: object = None
    ) -> None:
        if not space.accounts:
            parser.error(f"--{self.dest} belongs after an --account")
        space.accounts[-1][self.dest.replace("-", "_")] = value


def read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="stripe_like", description="The test till: a small Stripe-compatible server.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=4242, help="0: any that is free")
    parser.add_argument("--state", type=Path, required=True, help="the file that everything is kept in")
    parser.add_argument("--public-url", default="", help="where buyers' browsers find this server")
    parser.add_argument("--pauses", default=PAUSES, help=f"seconds between deliveries of an event; default {PAUSES}")
    parser.add_argument("--end-with-parent", action="store_true", help="end when whoever started this has ended")
    parser.add_argument("--account", action=Begin, metavar="ACCT", help="may be given several times")
    for name in OF_AN_ACCOUNT:
        parser.add_argument(f"--{name}", action=About, dest=name, help="of the account before it")
    parser.set_defaults(accounts=[])
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    given = read(arguments)
    state = State(given.state)
    with state.change():
        for account in given.accounts:
            open_account(state, Account(**account))
    server = Server(given.host, given.port, state, given.public_url)
    Courier(state, server.public_url, [float(pause) for pause in given.pauses.split(",")]).start()
    if given.end_with_parent:
        threading.Thread(target=_end_with, args=[os.getppid()], daemon=True).start()
    sys.stdout.write(f"The test till listens at http://{given.host}:{server.server_port}\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.stdout.write("The test till is closed.\n")


def _end_with(parent: int) -> None:
    """Nothing has to be put away: what was answered is in the file."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(0)


if __name__ == "__main__":
    main()
