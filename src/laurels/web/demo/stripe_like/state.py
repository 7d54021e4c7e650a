"""Everything the till knows, in one SQLite file. What was answered is on disk before the answer leaves."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from laurels.web.demo.stripe_like.errors import Thing, Wrong, missing

TABLES = """
CREATE TABLE IF NOT EXISTS thing (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account TEXT NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS thing_listed ON thing (account, kind, seq);
CREATE INDEX IF NOT EXISTS thing_paid_by ON thing (kind, json_extract(body, '$.payment_intent'));
CREATE INDEX IF NOT EXISTS session_open_until ON thing (json_extract(body, '$.expires_at'))
    WHERE kind = 'checkout.session' AND json_extract(body, '$.status') = 'open';
CREATE TABLE IF NOT EXISTS answer (
    account TEXT, key TEXT, request TEXT, status INTEGER, body TEXT, PRIMARY KEY (account, key)
);
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY, event TEXT NOT NULL, type TEXT NOT NULL, account TEXT NOT NULL, endpoint TEXT NOT NULL,
    due REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS delivery_of ON delivery (event);
CREATE TABLE IF NOT EXISTS attempt (delivery INTEGER, at REAL, status INTEGER, error TEXT);
CREATE INDEX IF NOT EXISTS attempt_of ON attempt (delivery);
CREATE TABLE IF NOT EXISTS dial (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
DIALS: Thing = {
    "ahead": 0,  # seconds by which the till's clock is ahead; negative: behind
    "hold": False,  # keep events back
    "shuffle": False,  # deliver what is due in any order
    "copies": 1,  # how often each event is delivered
    "delay": 0.0,  # seconds before an event is first delivered
    "drop": 0,  # the next n events are never delivered
    "down": 0,  # the next n requests to the API fail
    "down_how": "unavailable",  # or "hang_up" before the work, or "lose_answer" after it
    "next_card": None,  # the decline code that the next card fails with
    "next_refund": None,  # "pending" or "failed"
}


class State:
    """One connection, one lock: every request is a transaction of its own, and they happen one after the other."""

    def __init__(self, path: Path) -> None:
        self.lock = threading.RLock()
        self.committed = threading.Event()
        self._depth = 0
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(TABLES)

    @contextmanager
    def change(self) -> Iterator[None]:
        """All or nothing, and on disk when it ends; a ``Wrong`` that keeps what was written is no exception to it."""
        with self.lock:
            point = f"p{self._depth}"
            self._db.execute(f"SAVEPOINT {point}" if self._depth else "BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException as problem:
                keeps = isinstance(problem, Wrong) and problem.keeps
                self._end(point, keeps=keeps)
                raise
            else:
                self._end(point, keeps=True)
            finally:
                self.committed.set()

    def _end(self, point: str, *, keeps: bool) -> None:
        self._depth -= 1
        if not self._depth:
            self._db.execute("COMMIT" if keeps else "ROLLBACK")
            return
        if not keeps:
            self._db.execute(f"ROLLBACK TO {point}")
        self._db.execute(f"RELEASE {point}")

    def run(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self.lock:
            return self._db.execute(sql, values).fetchall()

    def now(self) -> int:
        return int(time.time() + self.dial("ahead"))

    def dial(self, name: str) -> Any:
        found = self.run("SELECT value FROM dial WHERE name = ?", name)
        return json.loads(found[0]["value"]) if found else DIALS[name]

    def turn(self, name: str, value: Any) -> None:
        self.run("INSERT OR REPLACE INTO dial VALUES (?, ?)", name, json.dumps(value))

    def add(self, thing: Thing, account: str) -> Thing:
        self.run(
            "INSERT INTO thing (id, account, kind, body) VALUES (?, ?, ?, ?)",
            *(thing["id"], account, thing["object"], json.dumps(thing)),
        )
        return thing

    def save(self, thing: Thing) -> Thing:
        self.run("UPDATE thing SET body = ? WHERE id = ?", json.dumps(thing), thing["id"])
        return thing

    def look_up(self, name: str, account: str | None = None) -> Thing | None:
        """Whatever has this id, of this account or (None) of any."""
        found = self.run("SELECT account, body FROM thing WHERE id = ?", name)
        if not found or account not in {None, found[0]["account"]}:
            return None
        return dict(json.loads(found[0]["body"]))

    def get(self, kind: str, name: str, account: str | None = None, *, param: str = "id", status: int = 404) -> Thing:
        thing = self.look_up(name, account)
        if thing is None or thing["object"] != kind:
            raise missing(kind.rsplit(".", 1)[-1], name, param, status=status)
        return thing

    def owner(self, name: str) -> str:
        return str(self.run("SELECT account FROM thing WHERE id = ?", name)[0]["account"])

    def find(self, kind: str, where: str = "1", *values: Any) -> list[Thing]:
        # The kind is written out, for only so SQLite takes an index over things of one kind.
        found = self.run(f"SELECT body FROM thing WHERE kind = '{kind}' AND {where} ORDER BY seq", *values)
        return [json.loads(row["body"]) for row in found]
