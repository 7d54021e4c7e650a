"""A seller's ear: a real HTTP server that keeps every webhook it gets and answers as it is told."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import stripe


class Ear:
    """``heard`` are (signature header, raw body) in the order they came; ``answers`` are used up first, then 200."""

    def __init__(self):
        self.heard: list[tuple[str, bytes]] = []
        self.answers: list[int] = []
        self.lock = threading.Lock()
        self.url = ""

    def hear(self, signature: str, body: bytes) -> int:
        with self.lock:
            self.heard.append((signature, body))
            return self.answers.pop(0) if self.answers else 200

    def events(self, secret: str) -> list[stripe.Event]:
        """All that was heard, each checked by the SDK."""
        return [stripe.Webhook.construct_event(body, signature, secret) for signature, body in self.heard]


@contextmanager
def listening() -> Iterator[Ear]:
    ear = Ear()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(ear.hear(self.headers["Stripe-Signature"], body))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ear.url = f"http://127.0.0.1:{server.server_port}/webhooks"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield ear
    finally:
        server.shutdown()
        server.server_close()
