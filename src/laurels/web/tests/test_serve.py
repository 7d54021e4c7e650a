"""The server over real sockets: pages arrive as from Django's own WSGI server, streams beside them."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

START = """
import django, sys
django.setup()
from laurels.web.commands.run import Place, serve
serve("127.0.0.1", int(sys.argv[1]), worker=Place.OUTSIDE, threads=2)
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What the server writes to its log."""
    return tmp_path_factory.mktemp("served") / "log"


@pytest.fixture(scope="module")
def at(tmp_path_factory, told):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "laurels.web.tests.served",
        "LAURELS_HOME": str(home),
        "DATABASE_URL": f"sqlite://{home}/none.sqlite3",
    }
    with told.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-c", START, str(port)], env=environment, stdout=log, stderr=log, start_new_session=True
        )
    wait(port)
    yield port
    server.terminate()
    try:
        server.wait(10)
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)


def wait(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError


@pytest.fixture
def web(at):
    with httpx.Client(base_url=f"http://127.0.0.1:{at}", timeout=10) as client:
        yield client


def raw(at, sent, until_closed=True):
    """Bytes to the server, bytes back until it closes."""
    with socket.create_connection(("127.0.0.1", at), timeout=10) as line:
        line.sendall(sent)
        got = b""
        while piece := line.recv(65536):
            got += piece
            if not until_closed and b"\r\n\r\n" in got:
                break
        return got


def test_a_request_arrives_as_it_was_sent(web, at):
    seen = web.get(
        "/echo/caf%C3%A9%20au%2Flait?q=%C3%A4&b=1",
        headers={"X-One": "1", "X_One": "forged", "Accept-Language": "fr"},
    ).json()

    assert (seen["method"], seen["path"], seen["query"]) == ("GET", "/echo/café au/lait", {"q": "ä", "b": "1"})
    assert (seen["headers"]["X-One"], seen["headers"]["Accept-Language"]) == ("1", "fr")
    assert (seen["remote"], seen["scheme"], seen["at"]) == ("127.0.0.1", "http", f"127.0.0.1:{at}")
    assert seen["server"] == ["127.0.0.1", str(at), "HTTP/1.1"]
    assert seen["body"] == 0


def test_repeated_headers_and_cookies_are_joined(at):
    got = raw(
        at,
        b"GET /echo HTTP/1.1\r\nHost: localhost\r\nX-Way: a\r\nX-Way: b\r\n"
        b"Cookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n",
    )
    assert b'"X-Way": "a,b"' in got
    assert b'"cookies": {"a": "1", "b": "2"}' in got


def test_bytes_that_are_no_text_are_a_bad_address_and_no_crash(web):
    assert web.get("/echo/%ff").status_code in {200, 400, 404}
    assert web.get("/echo").status_code == 200


def test_forms_files_and_chunked_bodies(web):
    content = os.urandom(2_000_000)

    form = web.post("/echo", data={"name": "Zoë"}).json()
    upload = web.post("/echo", data={"name": "Zoë"}, files={"list": ("ä.csv", content, "text/csv")}).json()
    chunked = web.post("/echo", content=iter([b"x" * 10_000] * 5)).json()

    assert form["fields"] == {"name": "Zoë"}
    assert upload["fields"] == {"name": "Zoë"}
    assert upload["files"] == {"list": ["ä.csv", 2_000_000, hashlib.sha256(content).hexdigest()]}
    assert (chunked["body"], chunked["headers"]["Content-Length"]) == (50_000, "50000")
    assert "Transfer-Encoding" not in chunked["headers"]


def test_more_than_fits_is_refused(at, web):
    head = b"POST /echo HTTP/1.1\r\nHost: localhost\r\n"

    assert raw(at, head + b"Content-Length: 100001\r\n\r\n", until_closed=False).startswith(b"HTTP/1.1 413 ")
    much = b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 99999999\r\n\r\n"
    assert raw(at, head + much, until_closed=False).startswith(b"HTTP/1.1 413 ")
    chunks = b"".join(b"4000\r\n" + b"x" * 0x4000 + b"\r\n" for _ in range(8))
    chunked = raw(at, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks, until_closed=False)
    assert chunked.startswith(b"HTTP/1.1 413 ")
    assert web.post("/echo", content=b"x" * 100_000).json()["body"] == 100_000


def test_half_a_body_reaches_no_page_and_holds_no_thread(at, web):
    lines = [socket.create_connection(("127.0.0.1", at)) for _ in range(8)]
    for line in lines:
        line.sendall(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf")

    began = time.monotonic()
    assert web.get("/echo").status_code == 200
    assert time.monotonic() - began < 1
    for line in lines:
        line.close()


def test_head_tells_the_length_and_no_more(at):
    full = raw(at, b"GET /file HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    head = raw(at, b"HEAD /file HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert full.endswith(b"0123456789" * 10)
    assert head.endswith(b"\r\n\r\n")
    for answer in (full, head):
        assert b"content-length: 1000000\r\n" in answer
        assert b'attachment; filename="digits.txt"' in answer
    assert len(full.partition(b"\r\n\r\n")[2]) == 1_000_000


def test_cookies_keep_their_own_lines_and_nothing_is_nothing(web):
    assert [line.split(";")[0] for line in web.get("/cookies").headers.get_list("set-cookie")] == ["one=1", "two=2"]
    nothing = web.get("/nothing")
    assert (nothing.status_code, nothing.content) == (204, b"")


def test_a_page_made_in_pieces_arrives_in_pieces(web):
    arrived = []
    with web.stream("GET", "/slowly?pieces=5&name=whole") as answer:
        for piece in answer.iter_raw():
            arrived.append((piece, time.monotonic()))

    assert b"".join(piece for piece, _ in arrived) == b"0\n1\n2\n3\n4\n"
    assert arrived[-1][1] - arrived[0][1] > 0.1
    assert "whole" in web.get("/closed").json()


def test_nobody_makes_pieces_for_a_browser_that_went(web):
    with web.stream("GET", "/slowly?pieces=1000&name=left") as answer:
        next(answer.iter_raw())

    for _ in range(60):
        if "left" in web.get("/closed").json():
            return
        time.sleep(0.05)
    raise AssertionError("still at it")


def test_an_error_is_a_page_and_a_line_in_the_log(web, told):
    assert web.get("/boom").status_code == 500
    assert "a bug in a page" in told.read_text()


def test_an_answer_that_breaks_off_does_not_look_whole(web, told):
    with pytest.raises(httpx.RemoteProtocolError):
        web.get("/half")
    assert "broke off" in told.read_text()
    assert web.get("/echo").status_code == 200


def test_many_at_once_are_all_answered(web):
    def ask(number):
        return web.get("/echo", params={"n": number}).json()["query"]["n"]

    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(ask, range(200)))
    assert answers == [str(number) for number in range(200)]


def test_the_live_path_is_no_page(web):
    page, live = web.get("/nowhere"), web.get("/live/nowhere/1")
    assert (page.status_code, live.status_code) == (404, 404)
    assert live.headers["cache-control"] == "no-store"
    assert "x-frame-options" in page.headers
