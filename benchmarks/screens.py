"""When a participant's screen is painted first, on a slow phone: Lighthouse's mobile profile in a real browser.

Beside it the door of the room on the same phone. Skipped where there is no browser (``tools/browser.py`` brings one).
"""

import os
import shutil
import statistics
from typing import Any

from benchmarks import rooms
from benchmarks.figures import Row
from benchmarks.streams import server

SLOW_NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 675_000 / 8,
}
SLOWER_PROCESSOR = 4
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]


def measure(scale: float) -> list[Row]:
    chrome = os.environ.get("CHROME") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chrome is None:
        return [Row("room: first paint on a slow phone", "no browser here", "", "", "≤ 1 s")]
    one, times = rooms._class(30), max(3, int(7 * scale))
    with server("hybrid") as (port, _pid):
        screen = _painted(chrome, port, one.live.removeprefix("/live"), one.cookies[0], times)
        door = _painted(chrome, port, "/join", "", times)
    return [
        Row(
            "room: first paint on a slow phone, 60 cards",
            f"{screen:.0f} ms",
            f"the door {door:.0f} ms",
            f"×{screen / door:.1f}",
            "≤ 1 s",
        )
    ]


def _painted(chrome: str, port: int, path: str, cookie: str, times: int) -> float:
    """Milliseconds from asking to the first words on the screen, nothing in its cache; the median."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome, args=FLAGS)
        found = [_visit(browser, f"http://localhost:{port}", path, cookie) for _nth in range(times)]
        browser.close()
    return statistics.median(found)


def _visit(browser: Any, origin: str, path: str, cookie: str) -> float:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    pairs = [pair.split("=", 1) for pair in cookie.split("; ") if pair]
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in pairs])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW_NETWORK)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    page.goto(origin + path)
    while (painted := page.evaluate(PAINTED)) is None:
        page.wait_for_timeout(50)
    context.close()
    return float(painted)
