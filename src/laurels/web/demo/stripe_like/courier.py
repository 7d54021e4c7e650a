"""Brings events to the sellers in the background, signed, again and again until somebody says 2xx."""

import hashlib
import hmac
import http.client
import json
import random
import sys
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from sqlite3 import Row
from urllib.parse import urlsplit

from laurels.web.demo.stripe_like import accounts, sessions
from laurels.web.demo.stripe_like.errors import Thing, Wrong
from laurels.web.demo.stripe_like.state import State

AT_ONCE = 8
SHUFFLED_AT_ONCE = 500
PATIENCE = 10.0  # seconds for an answer
TICK = 0.5  # seconds between looks for sessions that ran out


def signature(payload: str, secrets: list[str], stamp: int) -> str:
    """The ``Stripe-Signature`` header; two secrets give two signatures."""
    signed = f"{stamp}.{payload}".encode()
    marks = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets]
    return ",".join([f"t={stamp}", *(f"v1={mark}" for mark in marks)])


class Courier:
    def __init__(self, state: State, public_url: str, pauses: list[float]) -> None:
        self.state, self.public_url, self.pauses = state, public_url, pauses
        self._carried: set[int] = set()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="courier")

    def start(self) -> None:
        threading.Thread(target=self._go_round, name="courier", daemon=True).start()

    def _go_round(self) -> None:
        looked_at = 0.0
        while True:
            self.state.committed.wait(self._until_due())
            self.state.committed.clear()
            if time.monotonic() - looked_at > TICK:
                looked_at = time.monotonic()
                sessions.expire_overdue(self.state, self.public_url)
            self._send_out()

    def _until_due(self) -> float:
        due = self.state.run("SELECT due FROM delivery WHERE state = 'waiting' ORDER BY due LIMIT 200")
        later = [row["due"] - time.time() for row in due]
        return float(min([TICK, *(seconds for seconds in later if seconds > 0)]))

    def _send_out(self) -> None:
        if self.state.dial("hold"):
            return
        free, is_shuffled = AT_ONCE * 2 - len(self._carried), self.state.dial("shuffle")
        due = self.state.run(
            "SELECT * FROM delivery WHERE state = 'waiting' AND due <= ? ORDER BY due, id LIMIT ?",
            *(time.time(), SHUFFLED_AT_ONCE if is_shuffled else AT_ONCE * 2),
        )
        ready = [row for row in due if row["id"] not in self._carried]
        if is_shuffled:
            random.shuffle(ready)
        for row in ready[: max(0, free)]:
            self._carried.add(row["id"])
            self._pool.submit(self._carry, row)

    def _carry(self, delivery: Row) -> None:
        try:
            self._try(delivery)
        except Exception:
            traceback.print_exc(file=sys.stderr)
            raise
        finally:
            self._carried.discard(delivery["id"])
            self.state.committed.set()

    def _try(self, delivery: Row) -> None:
        endpoint = self._endpoint(delivery)
        if endpoint is None:
            self.state.run("UPDATE delivery SET state = 'dropped' WHERE id = ?", delivery["id"])
            return
        payload = json.dumps(self.state.get("event", delivery["event"]), indent=2)
        header = signature(payload, endpoint["secrets"], self.state.now())
        status, problem = _post(endpoint["url"], payload, header)
        pause = self.pauses[min(delivery["tries"], len(self.pauses) - 1)]
        with self.state.change():
            self.state.run("INSERT INTO attempt VALUES (?, ?, ?, ?)", delivery["id"], time.time(), status, problem)
            self.state.run(
                "UPDATE delivery SET tries = tries + 1, due = ?, state = ? WHERE id = ?",
                *(time.time() + pause, "delivered" if 200 <= status < 300 else "waiting", delivery["id"]),
            )

    def _endpoint(self, delivery: Row) -> Thing | None:
        try:
            account = self.state.get(accounts.KIND, delivery["account"])
        except Wrong:
            return None
        return next((one for one in account["endpoints"] if one["id"] == delivery["endpoint"]), None)


def _post(url: str, payload: str, header: str) -> tuple[int, str]:
    """Status and what went wrong; 0 when there was no answer. A redirect is not followed: it is no 2xx."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    dial = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    connection = dial(parts.netloc, timeout=PATIENCE)
    try:
        connection.request(
            "POST",
            (parts.path or "/") + (f"?{parts.query}" if parts.query else ""),
            payload.encode(),
            {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": header, "User-Agent": "test-till"},
        )
        answer = connection.getresponse()
        answer.read()
        return answer.status, ""
    except (OSError, http.client.HTTPException) as problem:
        return 0, f"{type(problem).__name__}: {problem}"
    finally:
        connection.close()
