"""The till in a process of its own, started and stopped from a test or a rehearsal, and its levers in Python."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

QUICK = "0.05,0.1,0.2,0.3"


@dataclass(slots=True)
class Running:
    """A till that answers at ``base_url``. Give this as ``base_addresses={"api": …}`` to the SDK."""

    state: Path
    pauses: str = QUICK
    public_url: str = ""  # where buyers' browsers find it, if not at base_url
    base_url: str = ""
    process: subprocess.Popen[str] = field(init=False)

    def begin(self, port: int = 0) -> None:
        """Start it, on any free port or on this one, and wait until it listens."""
        command = [sys.executable, "-m", "laurels.web.demo.stripe_like", "--port", str(port)]
        command += ["--state", str(self.state), "--pauses", self.pauses, "--public-url", self.public_url]
        command += ["--end-with-parent"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        told = self.process.stdout.readline().split()
        if not told:
            raise RuntimeError(f"the test till did not start: exit code {self.process.wait()}")
        self.base_url = told[-1]

    def kill(self) -> None:
        """As a power cut would: no time for anything."""
        self.process.kill()
        self._gone()

    def stop(self) -> None:
        self.process.terminate()
        self._gone()

    def _gone(self) -> None:
        self.process.wait(timeout=10)
        if self.process.stdout:
            self.process.stdout.close()

    def come_back(self) -> None:
        """Start again on the same port with what is in the file."""
        self.begin(int(self.base_url.rsplit(":", 1)[-1]))

    def control(self, method: str, path: str, asked: dict[str, Any] | None = None) -> Any:
        """Pull a lever below ``/_control/``. Raises ``RuntimeError`` with the till's words when it will not."""
        body = None if method == "GET" else json.dumps(asked or {}).encode()
        request = urllib.request.Request(f"{self.base_url}/_control/{path}", body, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            raise RuntimeError(f"{refused.code}: {refused.read().decode()}") from refused

    def open_account(self, account: str, key: str, **more: str) -> dict[str, Any]:
        """``more``: webhook_url, webhook_secret, name, currency, country."""
        return dict(self.control("POST", "accounts", {"id": account, "key": key, **more}))

    def turn(self, **dials: Any) -> dict[str, Any]:
        """Turn dials; all of them are in state.py."""
        return dict(self.control("POST", "dials", dials))

    def pay(self, session: str, outcome: str = "paid", **more: str) -> dict[str, Any]:
        """As the buyer: ``outcome`` is paid, declined, left, confirmed or refused; ``more``: card, email."""
        return dict(self.control("POST", f"sessions/{session}/payment", {"outcome": outcome, **more}))

    def settle(self, account: str = "", seconds: float = 20) -> None:
        """Wait until every event (of one account) is delivered; ``RuntimeError`` when that takes too long."""
        self.control("GET", f"settled?seconds={seconds}&account={account}")

    def deliveries(self, kind: str | None = None) -> list[dict[str, Any]]:
        """What was to be told, with every attempt's status; of one type of event or of all."""
        return [one for one in self.control("GET", "deliveries") if kind in {None, one["type"]}]


@contextmanager
def start(state: Path, *, port: int = 0, pauses: str = QUICK, public_url: str = "") -> Iterator[Running]:
    """A till that keeps its things in ``state``, for as long as the block lasts."""
    running = Running(state, pauses, public_url)
    running.begin(port)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()
