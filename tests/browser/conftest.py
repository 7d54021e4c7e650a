"""A real demo in a process of its own, a real browser in front of it, and axe-core for every page that is visited."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SCREENS = Path(__file__).parents[2] / "out" / "screens"
UNSEEN = bool(os.environ.get("CI"))
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"phone": 390, "wide": 1280}


class Demo(NamedTuple):
    """Where a demo answers, and where its database lies with a copy from its first minute; none of one from $DEMO."""

    address: str
    database: Path | None = None

    @property
    def first_minute(self) -> Path:
        assert self.database
        return self.database.with_suffix(".first-minute")

    def remember(self) -> None:
        assert self.database
        with sqlite3.connect(self.database) as now, sqlite3.connect(self.first_minute) as copy:
            now.backup(copy)

    def as_in_its_first_minute(self) -> None:
        """Beneath the running server, in one write: it keeps nothing in memory that a row could contradict."""
        if self.database:
            with sqlite3.connect(self.first_minute) as copy, sqlite3.connect(self.database, timeout=20) as now:
                copy.backup(now)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A freshly built demo, served with its worker as ``make demo`` does; or $DEMO, the address of one that runs."""
    if running := os.environ.get("DEMO"):
        yield Demo(running)
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("demo")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LAURELS_", "DATABASE_"))}
    command = [sys.executable, "-m", "laurels", "demo", "--port", str(port)]
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(command, env={**environment, "LAURELS_HOME": str(home)}, stdout=log, stderr=log)
        try:
            found = Demo(_when_ready(f"http://localhost:{port}", server, home / "log.txt"), home / "laurels.sqlite3")
            found.remember()
            yield found
        finally:
            server.terminate()
            server.wait(timeout=20)


@pytest.fixture(scope="module")
def demo(served: Demo) -> str:
    """The demo's address. Every file of stories begins with the demo as it was built, whatever ran before."""
    served.as_in_its_first_minute()
    return served.address


def _when_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    for _fifth in range(1800):
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=2)
            return address
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.2)
    raise AssertionError(f"the demo did not start:\n{log.read_text()}")


def chrome() -> str | None:
    """$CHROME, else one on the PATH, else (None) whatever ``playwright install chromium`` brought."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROME") or next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chrome(), args=FLAGS)
        yield running
        running.close()


class Eyes:
    """One person's window on the demo: who enters, clicks, looks; every page is held against axe."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def enter(self, name: str) -> None:
        self.go("/demo")
        self.page.get_by_role("button", name=f"Enter as {name}").click()

    def go(self, path: str) -> None:
        answer = self.page.goto(f"{self.address}{path}")
        assert answer, path
        assert answer.status < 400, f"{path} answered {answer.status}"

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()

    def sees(self, text: str) -> None:
        try:
            self.page.get_by_text(text).first.wait_for(timeout=10_000)
        except TimeoutError as late:
            said = self.page.inner_text("body")
            raise AssertionError(f"“{text}” is not on {self.page.url}:\n{said}") from late

    def reload_until(self, text: str, seconds: int = 15) -> None:
        """What a worker does a moment later shows on the next look."""
        for _try in range(seconds * 2):
            if self.page.get_by_text(text).count():
                return
            time.sleep(0.5)
            self.page.reload()
        raise AssertionError(f"“{text}” did not appear on {self.page.url}:\n{self.page.inner_text('main')}")

    def letter(self, to: str, subject: str) -> None:
        """Open the newest letter to an address in the post office; it may be a moment on its way."""
        self.go(f"/post-office?to={to}")
        self.reload_until(subject)
        self.page.get_by_role("link", name=subject).first.click()

    def look(self, name: str) -> None:
        """axe finds nothing, in light and dark, on a phone and on a wide window; and pictures, where people look."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        for scheme in ("light", "dark"):
            for window, width in WIDTHS.items():
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                self.page.set_viewport_size({"width": width, "height": 900})
                if not UNSEEN:
                    self.page.screenshot(path=SCREENS / f"{name}-{window}-{scheme}.png", full_page=True)
                self._nothing_to_object(name, window, scheme)
        self.page.emulate_media(color_scheme="light")

    def _nothing_to_object(self, name: str, window: str, scheme: str) -> None:
        found = self.page.evaluate("async () => (await axe.run()).violations")
        told = [f"{one['id']}: {one['help']} — {[node['target'] for node in one['nodes']][:4]}" for one in found]
        assert not told, f"{name} ({window}, {scheme}):\n" + "\n".join(told)
        spill = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert spill <= 0, f"{name} ({window}) is {spill} px wider than its window"


@pytest.fixture
def eyes(browser: Browser, demo: str) -> Iterator[Eyes]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    page = context.new_page()
    yield Eyes(page, demo)
    context.close()
