import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from laurels.credentials.proofs.fetching import FetchFailed, NotFound, web_fetch


@pytest.fixture(scope="module")
def server():
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/moved":
                self.send_response(302)
                self.send_header("Location", "/good")
            else:
                self.send_response({"/good": 200, "/large": 200}.get(self.path, 404))
            self.end_headers()
            if self.path == "/good":
                self.wfile.write(b"{}")
            if self.path == "/large":
                self.wfile.write(b"x" * 1_500_000)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_this_machine_answers_only_when_it_is_allowed_to(server):
    assert web_fetch(allow_local=True)(f"{server}/good") == b"{}"
    with pytest.raises(FetchFailed, match="not a public https address"):
        web_fetch()(f"{server}/good")


def test_missing_moved_and_large_answers_are_refused(server):
    fetch = web_fetch(allow_local=True)

    with pytest.raises(NotFound):
        fetch(f"{server}/gone")
    with pytest.raises(FetchFailed, match="302"):
        fetch(f"{server}/moved")
    with pytest.raises(FetchFailed, match="too much"):
        fetch(f"{server}/large")


@pytest.mark.parametrize(
    "url",
    [
        "http://guild.example/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest",
        "https://[::1]/x",
        "https://192.168.1.1/",
        "file:///etc/passwd",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://user:pass@10.0.0.1/",
        "https://0.0.0.0/",
        "https://[::ffff:127.0.0.1]/",
        "gopher://x",
        "https://127.1/",
        "",
    ],
)
def test_private_places_are_never_asked(url):
    with pytest.raises(FetchFailed):
        web_fetch()(url)
