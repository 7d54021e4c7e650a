"""Dates outside of here: a provider copies its list into another site, somebody subscribes, a class is told the way."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.browser.conftest import Eyes

pytestmark = pytest.mark.browser


@pytest.fixture
def other_site() -> Iterator[list[str]]:
    """A site of somebody else, on another origin; what is put into the list is its one page."""
    pages: list[str] = []

    class Door(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(f"<!doctype html><title>Elsewhere</title>{''.join(pages)}".encode())

        def log_message(self, *_said: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pages.append(f"<p id='here' data-address='http://127.0.0.1:{server.server_port}/'>Our dates</p>")
    yield pages
    server.shutdown()


def test_dates_on_another_site_and_in_ones_calendar(eyes: Eyes, other_site: list[str]) -> None:
    complaints: list[str] = []
    eyes.page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    eyes.enter("Sam Okafor")
    eyes.go("/desk/workshops")
    eyes.follow("dates on your own site")
    eyes.page.frame_locator("iframe.preview").get_by_role("link").first.wait_for()
    eyes.look("embedding")
    snippet = eyes.page.locator("#snippet code").inner_text()
    embedded = eyes.page.locator("iframe.preview").get_attribute("src") or ""

    eyes.go("/desk/workshops")
    eyes.follow("reminds")
    eyes.look("reminder-plan")
    eyes.go("/desk/workshops")
    eyes.page.locator("tbody tr:has-text('Open for booking') a[href^='/desk/workshops/']").first.click()
    eyes.follow("How they get in")
    eyes.page.get_by_label("How people get in").fill("Ring **Tess** at the blue door.\n\n- Tram 4\n- Third floor")
    eyes.press("Tell them")
    eyes.look("joining")
    eyes.go(embedded)
    eyes.look("embedded-dates")

    in_a_frame(eyes, other_site, snippet)
    eyes.sees("Take a seat")
    eyes.look("workshop-page")
    assert complaints == []

    eyes.go("/me/calendar")
    eyes.look("calendar-at-first")
    eyes.press("Make my calendar's address")
    eyes.look("calendar-made")


def in_a_frame(eyes: Eyes, other_site: list[str], snippet: str) -> None:
    """The list shows on the other site without a cookie, and its links take the whole window."""
    address = other_site[0].split("'")[3]
    other_site.append(snippet)
    eyes.page.goto(address)
    link = eyes.page.frame_locator("iframe").get_by_role("link").first
    link.wait_for()
    assert eyes.page.evaluate("document.querySelector('iframe').contentDocument") is None
    link.click()
    eyes.page.wait_for_url("**/workshops/*")
