"""How the till is started by hand, and how it ends."""

import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import pytest

from laurels.web.demo.stripe_like.__main__ import read
from laurels.web.demo.stripe_like.accounts import Account, of_key, open_account
from laurels.web.demo.stripe_like.errors import Wrong
from laurels.web.demo.stripe_like.state import State

A = [
    "--account",
    "acct_a",
    "--key",
    "sk_test_a",
    "--webhook-url",
    "http://a.example/hook",
    "--webhook-secret",
    "whsec_a",
]
B = ["--account", "acct_b", "--key", "sk_test_b", "--name", "Harbour"]


def test_several_accounts_are_given_one_after_the_other():
    assert read(["--state", "till.sqlite3", *A, *B]).accounts == [
        {"id": "acct_a", "key": "sk_test_a", "webhook_url": "http://a.example/hook", "webhook_secret": "whsec_a"},
        {"id": "acct_b", "key": "sk_test_b", "name": "Harbour"},
    ]
    with pytest.raises(SystemExit):
        read(["--state", "x", "--key", "sk_test_of_nobody"])


def test_an_account_opened_again_keeps_its_secret_and_moves_with_it(tmp_path):
    state = State(tmp_path / "till.sqlite3")
    wanted = {"id": "acct_a", "key": "sk_test_a", "webhook_secret": "whsec_a"}
    for port in (8000, 8000, 8001):
        account = open_account(state, Account(**wanted, webhook_url=f"http://localhost:{port}/hook"))

    told = [(endpoint["url"], endpoint["secrets"]) for endpoint in account["endpoints"]]
    assert told == [("http://localhost:8001/hook", ["whsec_a"])]
    assert of_key(state, "sk_test_a")["keys"] == ["sk_test_a"]
    with pytest.raises(Wrong, match="Invalid API Key"):
        of_key(state, "")


def test_it_does_not_outlive_whoever_started_it(tmp_path):
    begin = "from pathlib import Path; from laurels.web.demo.stripe_like.running import Running; import sys, os\n"
    begin += "till = Running(Path(sys.argv[1])); till.begin(); print(till.base_url, flush=True); os._exit(9)"
    child = subprocess.run([sys.executable, "-c", begin, tmp_path / "t"], capture_output=True, text=True, check=False)
    assert child.returncode == 9

    until = time.monotonic() + 5
    while listens(child.stdout) and time.monotonic() < until:
        time.sleep(0.05)
    assert not listens(child.stdout)


def listens(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(url.strip()).port)) == 0
