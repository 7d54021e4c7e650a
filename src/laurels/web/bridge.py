"""Django's pages behind an ASGI server: its WSGI handler in threads that live as long as the process.

Django's own ASGI handler costs ten times the CPU of its WSGI handler; see docs/decisions/0004-streams.md.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from io import BytesIO
from queue import SimpleQueue
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes
from wsgiref.types import WSGIApplication

from django.conf import settings

logger = logging.getLogger("laurels.web")

# A form with files may be this large in all; one without, as large as DATA_UPLOAD_MAX_MEMORY_SIZE.
MOST_UPLOADED = 32 * 1024 * 1024
KEPT_IN_MEMORY = 512 * 1024
BODY_SECONDS = 30
MOST_WAITING = 4096
FILE_PIECE = 256 * 1024

type Scope = dict[str, Any]
type Receive = Callable[[], Awaitable[dict[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]


class TooLarge(Exception):
    """The body is larger than any page takes."""


class Gone(Exception):
    """The browser went, or sent no more."""


class Bridge:
    """Serves a WSGI application to an ASGI server: so many ``threads`` answer so many requests at a time."""

    def __init__(self, pages: WSGIApplication, threads: int) -> None:
        self.pages = pages
        self._waiting = 0
        self._to_begin = threads
        self._jobs: SimpleQueue[tuple[Answer, dict[str, Any]]] = SimpleQueue()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._waiting >= MOST_WAITING:
            return await refuse(send, 503, b"Busy. Please try again in a moment.\n", (b"retry-after", b"2"))
        self._waiting += 1
        try:
            with SpooledTemporaryFile(KEPT_IN_MEMORY) if has_body(scope) else BytesIO() as body:
                size = await read(scope, receive, body) if has_body(scope) else 0
                answer = Answer(asyncio.get_running_loop(), receive, send)
                self._begin_threads()
                self._jobs.put((answer, environment(scope, body, size)))
                await answer.given
                await answer.finish()
        except TooLarge:
            await refuse(send, 413, b"That is more than fits.\n", (b"connection", b"close"))
        except Gone:
            return
        finally:
            self._waiting -= 1

    def _begin_threads(self) -> None:
        while self._to_begin:
            self._to_begin -= 1
            threading.Thread(target=self._work, name=f"laurels-request-{self._to_begin}", daemon=True).start()

    def _work(self) -> None:
        while True:
            answer, environ = self._jobs.get()
            answer.give(self.pages, environ)
            answer.loop.call_soon_threadsafe(answer.is_given)


def has_body(scope: Scope) -> bool:
    """Whether a body was announced. Asking for one that is not there costs a third of an empty page."""
    if scope["http_version"] not in {"1.0", "1.1"}:
        return True
    return any(name in {b"content-length", b"transfer-encoding"} for name, _ in scope["headers"])


async def read(scope: Scope, receive: Receive, body: IO[bytes]) -> int:
    """The whole body into ``body``, rewound; its length. No thread of the pages waits for a slow sender."""
    headers = dict(scope["headers"])
    is_upload = headers.get(b"content-type", b"").startswith(b"multipart/form-data")
    most = MOST_UPLOADED if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE or MOST_UPLOADED
    declared = headers.get(b"content-length", b"0")
    if declared.isdigit() and int(declared) > most:
        raise TooLarge
    size = 0
    async for piece in pieces(receive):
        size += len(piece)
        if size > most:
            raise TooLarge
        if size > KEPT_IN_MEMORY:
            await asyncio.to_thread(body.write, piece)
        else:
            body.write(piece)
    body.seek(0)
    return size


async def pieces(receive: Receive) -> AsyncIterator[bytes]:
    message = await receive()
    while True:
        if message["type"] != "http.request":
            raise Gone
        yield message.get("body", b"")
        if not message.get("more_body", False):
            return
        try:
            async with asyncio.timeout(BODY_SECONDS):
                message = await receive()
        except TimeoutError:
            raise Gone from None


def environment(scope: Scope, body: IO[bytes], size: int) -> dict[str, Any]:
    """What WSGI wants to know (PEP 3333): text is bytes in Latin-1."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"].partition(b"?")[0]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FilePieces,
    }
    for given, value in scope["headers"]:
        # X_Name and X-Name would become one; a proxy that sets the second must be able to rely on it.
        if b"_" not in given:
            add(environ, given.decode("latin-1").upper().replace("-", "_"), value.decode("latin-1"))
    environ.pop("HTTP_TRANSFER_ENCODING", None)
    environ["CONTENT_LENGTH"] = str(size) if size or "CONTENT_LENGTH" in environ else ""
    return environ


def add(environ: dict[str, Any], name: str, value: str) -> None:
    key = name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
    between = "; " if name == "COOKIE" else ","
    environ[key] = f"{environ[key]}{between}{value}" if key in environ else value


class FilePieces:
    """``wsgi.file_wrapper``: a file in pieces larger than the 4 KB that Django proposes."""

    def __init__(self, file: IO[bytes], _proposed: int = 0) -> None:
        self.file = file

    def __iter__(self) -> Iterator[bytes]:
        return iter(lambda: self.file.read(FILE_PIECE), b"")

    def close(self) -> None:
        if hasattr(self.file, "close"):
            self.file.close()


class Answer:
    """One response, from the thread that makes it to the event loop that sends it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, receive: Receive, send: Send) -> None:
        self.loop = loop
        self._receive, self._send = receive, send
        self._status = 500
        self._headers: list[tuple[bytes, bytes]] = []
        self._body: bytes | None = b""
        self._is_begun = self._is_gone = False
        self.given = loop.create_future()

    def is_given(self) -> None:
        if not self.given.done():
            self.given.set_result(None)

    def give(self, pages: WSGIApplication, environ: dict[str, Any]) -> None:
        """Make the response, in a thread. A page in one piece is left for ``finish``; others go out piece by piece."""
        try:
            result = pages(environ, self._start)
            try:
                if getattr(result, "streaming", not isinstance(result, list)):
                    self._give_in_pieces(iter(result))
                else:
                    self._body = b"".join(result)
            finally:
                if hasattr(result, "close"):
                    result.close()
        except Exception:
            logger.exception("%s %s failed.", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            if self._is_begun:
                # Half an answer must not look like a whole one: the connection is cut.
                self._body = None
            else:
                self._status, self._headers, self._body = 500, [(b"content-type", b"text/plain")], b"Server error.\n"

    async def finish(self) -> None:
        """Send what ``give`` left, and the end."""
        if self._body is None:
            raise RuntimeError("The response broke off; see above.")
        if not self._is_begun:
            await self._send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await self._send({"type": "http.response.body", "body": self._body, "more_body": False})

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        self._status = int(status.split(" ", 1)[0])
        self._headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return self._give_piece

    def _give_in_pieces(self, made: Iterator[bytes]) -> None:
        first = next(made, b"")
        if (b"content-length", str(len(first)).encode()) in self._headers:
            self._body = first
            return
        watching = asyncio.run_coroutine_threadsafe(self._watch(), self.loop)
        try:
            self._give_piece(first)
            for piece in made:
                if self._is_gone:
                    break
                self._give_piece(piece)
        finally:
            watching.cancel()

    def _give_piece(self, piece: bytes) -> None:
        asyncio.run_coroutine_threadsafe(self._send_piece(piece), self.loop).result()

    async def _send_piece(self, piece: bytes) -> None:
        if not self._is_begun:
            self._is_begun = True
            await self._send({"type": "http.response.start", "status": self._status, "headers": self._headers})
        await self._send({"type": "http.response.body", "body": piece, "more_body": True})

    async def _watch(self) -> None:
        """Nobody needs the rest when the browser went."""
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._is_gone = True


async def refuse(send: Send, status: int, body: bytes, *headers: tuple[bytes, bytes]) -> None:
    start = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()), *headers]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": body, "more_body": False})
