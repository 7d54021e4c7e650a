"""One open stream: frames go in at once, and to the browser as fast as it takes them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from laurels.journal.streams.channels import Listener
from laurels.journal.streams.frames import BEAT, RELOAD, encode, place

MOST_PIECES = 256
MOST_BYTES = 1024 * 1024
LAST_WORDS_SECONDS = 2.0

type Send = Callable[[dict[str, Any]], Awaitable[None]]


class Stream:
    """``after``: where its page stands (None: now); ``seen``: how far it is told.

    Belongs to one event loop. ``over`` is set when it ended: shut, too slow, or the browser went.
    """

    __slots__ = (
        *("listener", "after", "seen", "over"),
        *("_told", "_send", "_waiting", "_weight", "_writer", "_is_begun", "_is_last"),
    )

    def __init__(self, listener: Listener, after: int | None, send: Send) -> None:
        self.listener = listener
        self.after = after
        self.seen = -1
        self.over = asyncio.Event()
        self._told = -1 if after is None else after
        self._send = send
        self._waiting: list[bytes] = []
        self._weight = 0
        self._writer: asyncio.Task[None] | None = None
        self._is_begun = self._is_last = False

    def begin(self, piece: bytes) -> None:
        """The response has begun: whatever was told before comes behind ``piece``."""
        self._is_begun = True
        self._waiting.insert(0, piece)
        self._write_now()

    def tell(self, seq: int, piece: bytes) -> None:
        """Bring the listener to ``seq``; one who is there already is told nothing twice."""
        if seq <= self.seen or self.over.is_set():
            return
        self.seen = seq
        if piece:
            self._told = seq
            self.push(piece)

    def arrive(self, seq: int) -> None:
        """It is where all others are; from here on it is told with them."""
        self.seen = seq
        if self.after is None:
            self._told = seq
            self.push(place(seq))

    def start_anew(self, seq: int) -> None:
        """Too much has happened since, or what it has seen never was: the page is to be loaded again."""
        self.seen = self._told = seq
        self.push(encode(RELOAD, seq))

    def beat(self) -> None:
        """A sign of life, with the place reached where the listener does not know it yet."""
        self.push(place(self.seen) if self.seen > self._told else BEAT)
        self._told = self.seen

    def push(self, piece: bytes) -> None:
        if self._is_last or self.over.is_set():
            return
        self._waiting.append(piece)
        self._weight += len(piece)
        if self._writer is None and self._is_begun:
            self._write_now()
        elif len(self._waiting) > MOST_PIECES or self._weight > MOST_BYTES:
            self.end()

    def shut(self, piece: bytes = b"") -> None:
        """End after this; one who does not take it is not waited for."""
        self.push(piece)
        self._is_last = True
        if self._writer is None and self._is_begun:
            self._write_now()
        asyncio.get_running_loop().call_later(LAST_WORDS_SECONDS, self.end)

    def end(self) -> None:
        self.over.set()
        self._waiting.clear()
        if self._writer is not None:
            self._writer.cancel()

    def _write_now(self) -> None:
        # An eager task: where the socket has room, nearly always, the piece is gone without a turn of the loop.
        writer = asyncio.Task(self._write(), loop=asyncio.get_running_loop(), eager_start=True)
        if not writer.done():
            self._writer = writer

    async def _write(self) -> None:
        try:
            while self._waiting:
                piece = self._waiting[0] if len(self._waiting) == 1 else b"".join(self._waiting)
                self._waiting.clear()
                self._weight = 0
                await self._send({"type": "http.response.body", "body": piece, "more_body": True})
            if self._is_last:
                await self._send({"type": "http.response.body", "body": b"", "more_body": False})
                self.over.set()
        except Exception:
            # The browser has gone; there is nobody left to tell.
            self.over.set()
        finally:
            self._writer = None
