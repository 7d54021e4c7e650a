"""HTTP: the API, the buyer's pages and the back door, one thread to a connection."""

import json
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from laurels.web.demo.stripe_like import api, control, pages
from laurels.web.demo.stripe_like.events import API_VERSION
from laurels.web.demo.stripe_like.parameters import parse
from laurels.web.demo.stripe_like.state import State

LARGEST = 1_000_000


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, host: str, port: int, state: State, public_url: str) -> None:
        super().__init__((host, port), Handler)
        self.memory = state
        self.public_url = public_url.rstrip("/") or f"http://{host}:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hung up is not worth a word."""
        if not isinstance(sys.exception(), ConnectionError):
            traceback.print_exc(file=sys.stderr)


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "test-till", ""
    # Head and body in one packet: else the second waits 40 ms for the first one's receipt.
    wbufsize = 65536
    disable_nagle_algorithm: ClassVar[bool] = True

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_DELETE(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > LARGEST:
            self._send(413, "text/plain", "too much")
            self.close_connection = True
            return
        body, path = self.rfile.read(length), urlsplit(self.path).path
        if path.startswith("/v1/"):
            self._api(path, body)
        elif path.startswith("/_control/"):
            self._control(path, body)
        else:
            self._page(path, body)

    def _api(self, path: str, body: bytes) -> None:
        how = self._how_down()
        if how == "unavailable":
            told = {"error": {"type": "api_error", "message": "The till is down for a moment."}}
            self._send(503, "application/json", json.dumps(told), {"Stripe-Should-Retry": "true"})
            return
        if how == "hang_up":
            self.close_connection = True
            return
        answer = self._asked(path, body)
        if how == "lose_answer":
            self.close_connection = True
            return
        more = {"Request-Id": answer.request_id, "Stripe-Version": self.headers.get("Stripe-Version", API_VERSION)}
        if answer.is_replayed:
            more["Idempotent-Replayed"] = "true"
        if self.headers.get("Idempotency-Key"):
            more["Idempotency-Key"] = self.headers["Idempotency-Key"]
        self._send(answer.status, "application/json", answer.body, more)

    def _asked(self, path: str, body: bytes) -> api.Answer:
        key = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        encoded = body.decode(errors="replace") if self.command == "POST" else urlsplit(self.path).query
        request = api.Request(self.command, path, encoded, key, self.headers.get("Idempotency-Key"))
        return api.answer(self.server.memory, request, self.server.public_url)

    def _how_down(self) -> str:
        state = self.server.memory
        if not state.dial("down"):
            return ""
        with state.change():
            left = state.dial("down")
            state.turn("down", max(0, left - 1))
            return str(state.dial("down_how")) if left else ""

    def _control(self, path: str, body: bytes) -> None:
        if path == "/_control/settled":
            status, told = control.settle(self.server.memory, urlsplit(self.path).query)
        else:
            status, told = control.pull(self.server.memory, self.command, path, body, self.server.public_url)
        self._send(status, "application/json", json.dumps(told, indent=2))

    def _page(self, path: str, body: bytes) -> None:
        typed = parse(body.decode(errors="replace")) if self.command == "POST" else None
        page = pages.answer(self.server.memory, path, typed, self.server.public_url)
        more = {"Location": page.location} if page.location else {}
        kind = "text/css" if path.endswith(".css") else "text/html"
        policy = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        self._send(
            page.status, kind, page.body, {**more, "Content-Security-Policy": policy, "Cache-Control": "no-store"}
        )

    def _send(self, status: int, kind: str, body: str, more: dict[str, str] | None = None) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is logged: what was asked and told is in the state."""
