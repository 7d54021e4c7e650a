"""What drills play on: a home and a database of their own, people who are signed in, a server that can be killed."""

import http.client
import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PATIENCE_SECONDS = 180
TOKEN = "d" * 32
# Answers before the work is done: what a drill must be able to notice.
TOO_EARLY = "tests.drills.early:application"
LATE_SECONDS = 0.5


@contextmanager
def stage() -> Iterator[Path]:
    """A home with a migrated database, Django set up on it: SQLite, or a new one beside ``DATABASE_URL``'s."""
    with tempfile.TemporaryDirectory(prefix="laurels-drill-") as home:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "laurels.web.settings", "LAURELS_HOME": home}
        os.environ |= {"LAURELS_MODE": "rehearsal", "LAURELS_SECRET_KEY": secrets.token_hex(32)}
        os.environ["DATABASE_URL"] = _new_database(os.environ.get("DATABASE_URL", ""), home)
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        try:
            yield Path(home)
        finally:
            connections.close_all()


def _new_database(url: str, home: str) -> str:
    if not url.startswith("postgres"):
        return f"sqlite://{home}/drill.sqlite3"
    import psycopg

    name = f"drill_{secrets.token_hex(6)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
    address, _slash, rest = url.partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}?{rest}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """Laurels as it is served, with its worker inside; ``kill`` gives it no time for anything."""

    def __init__(self, *, processes: int = 1, application: str = "laurels.web.server:application") -> None:
        self.port, self.processes, self.application = free_port(), processes, application

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        self.kill()

    def start(self) -> None:
        call = [sys.executable, "-m", "tests.drills.serving", str(self.port), str(self.processes), self.application]
        self.process = subprocess.Popen(call, start_new_session=True, stdout=subprocess.DEVNULL)
        ends = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < ends:
            with suppress(OSError):
                if self.ask("GET", "/workshops").status == 200:
                    return
            time.sleep(0.05)
        raise TimeoutError("The server did not start.")

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        while _is_taken(self.port):
            time.sleep(0.02)

    def ask(self, method: str, path: str, form: Mapping[str, Any] | None = None, *, session: str = "") -> "Answer":
        """One request of its own connection. Raises OSError (or HTTPException) when the server is gone."""
        from django.conf import settings

        cookies = f"{settings.CSRF_COOKIE_NAME}={TOKEN}; {settings.SESSION_COOKIE_NAME}={session}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}, doseq=True) if form is not None else None
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers.get("Location") or "", answer.read().decode(errors="replace"))
        finally:
            connection.close()

    def tell(self, path: str, body: bytes, signature: str) -> int:
        """The card service's word; the status. Raises as ``ask`` does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", path, body, {"Stripe-Signature": signature, "Content-Type": "application/json"})
            return connection.getresponse().status
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    text: str


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


class Cast:
    """A provider with its staff and as many signed-in people as are asked for."""

    def __init__(self, people: int) -> None:
        from django.conf import settings
        from django.utils import timezone

        from laurels.kernel.actor import Actor
        from laurels.people import actions
        from laurels.people.models import Organisation, Role
        from laurels.programmes.actions import load_pack

        self.by, self.now = Actor.of_system("drill"), timezone.now()
        load_pack(settings.PACKS / "cspo", by=self.by, now=self.now)
        self.body = Organisation.objects.bodies().get()
        self.provider = actions.found(
            "drill", "Drill School", is_body=False, is_provider=True, zone="UTC", by=self.by, now=self.now
        )
        self.trainer = actions.meet("trainer@drill.example", "Tess", by=self.by, now=self.now)
        actions.grant(self.trainer, self.provider, Role.Kind.TRAINER, by=self.by, now=self.now)
        self.staff = actions.meet("staff@drill.example", "Sam", by=self.by, now=self.now)
        actions.grant(self.staff, self.provider, Role.Kind.OWNER, by=self.by, now=self.now)
        names = {f"b{nth}@drill.example": f"Buyer {nth}" for nth in range(people)}
        self.people = list(actions.meet_all(names, by=self.by, now=self.now).values())
        self.sessions = [session_of(person) for person in self.people]
        self.staff_session = session_of(self.staff)

    def card_account(self) -> tuple[Any, str]:
        """The provider takes cards at a service that does not answer; what it would sign its word with."""
        from django.conf import settings

        from laurels.kernel.sealing import seal
        from laurels.payments.models import CardAccount
        from laurels.payments.models.cards import SEALED_FOR

        secret = f"whsec_{secrets.token_hex(16)}"
        key, sealed = (seal(one, key=settings.SECRET_KEY, purpose=SEALED_FOR) for one in ("sk_test_drill", secret))
        account = CardAccount.objects.create(
            seller=self.provider, account_id="acct_drill", sealed_key=key, sealed_webhook_secret=sealed,
            api_base="http://127.0.0.1:9", connected_at=self.now,
        )  # fmt: skip
        return account, secret

    def workshop(self, *, capacity: int, price_minor: int = 0) -> Any:
        from laurels.kernel.money import Money
        from laurels.programmes.models import Course
        from laurels.workshops import actions
        from laurels.workshops.models import Workshop

        day = (self.now + timedelta(days=40)).date()
        drafted = actions.draft(
            self.provider, Course.objects.get(slug="cspo"), mode=Workshop.Mode.ONLINE, place="", zone="UTC",
            language="en", starts_on=day, ends_on=day + timedelta(days=1), capacity=capacity,
            price=Money(price_minor, "EUR"), trainers=[self.trainer], by=self.by, now=self.now,
        )  # fmt: skip
        return actions.announce(drafted, by=self.by, now=self.now)


def session_of(person: Any) -> str:
    """The key of a session in which the person is signed in."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return str(session.session_key)


@dataclass(slots=True)
class Count:
    """What a drill has seen; ``close`` says it in the line that counts."""

    passed: int = 0
    failed: int = 0

    def check(self, is_good: bool, words: str) -> None:
        self.passed += is_good
        self.failed += not is_good
        if not is_good:
            print(f"FAULT: {words}", flush=True)

    def close(self) -> int:
        print(f"{self.passed} passed, {self.failed} failed", flush=True)
        return 1 if self.failed else 0


def played(drill: str, *arguments: str) -> tuple[int, int]:
    """The exit status of a drill in a process of its own, and how much it counts as failed."""
    call = [sys.executable, "-m", f"tests.drills.{drill}", *arguments]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    closing = re.search(r"^\d+ passed, (\d+) failed$", done.stdout, re.MULTILINE)
    assert closing, done.stdout + done.stderr
    return done.returncode, int(closing[1])


def seeded(seed: int | None) -> random.Random:
    """Chance that can be had again: the seed is printed."""
    seed = secrets.randbits(32) if seed is None else seed
    print(f"seed {seed}", flush=True)
    return random.Random(seed)
