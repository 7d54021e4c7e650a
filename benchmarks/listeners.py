"""Many browsers listening to live streams, in a process of their own: raw sockets, nothing but the protocol.

``with Listeners(port, addresses) as crowd:`` … ``crowd.stop()`` gives what each heard and when, on the machine's
monotonic clock. ``cuts`` a second are made at random; whoever is cut comes back with Last-Event-ID, as browsers do.
"""

import asyncio
import json
import pickle
import random
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

COME_BACK_SECONDS = 0.3
ELEMENT = r'id="n(\d+)"'


@dataclass(slots=True)
class Heard:
    """What one listener got: (place, when) of each frame, the elements shown, in order, and when each was first."""

    frames: list[tuple[int, int]] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    shown: dict[int, int] = field(default_factory=dict)
    visits: int = 0

    def when(self, seq: int) -> int | None:
        """When it knew of ``seq``: at the first frame of that place or a later one."""
        return next((at for place, at in self.frames if place >= seq), None)


class Listeners:
    """``addresses``: path and headers of each listener, such as ``("/live/rooms/x?after=0", {"Cookie": "…"})``."""

    def __init__(
        self, port: int, addresses: list[tuple[str, dict[str, str]]], cuts: float = 0.0, *, mark: str = ELEMENT
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.listeners"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[1],
        )
        assert self._process.stdin
        assert self._process.stdout
        order = {"port": port, "addresses": addresses, "cuts": cuts, "mark": mark}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        ready = self._process.stdout.readline()
        if ready != b"all are there\n":
            raise RuntimeError(f"The listeners were not let in: {ready!r}")

    def stop(self) -> list[Heard]:
        told, _ = self._process.communicate()
        return pickle.loads(told)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()


class Browser(asyncio.Protocol):
    """One listener: asks, and notes each frame as soon as it is whole."""

    def __init__(self, port: int, path: str, headers: dict[str, str], mark: re.Pattern[bytes]) -> None:
        self.port, self.path, self.headers, self.mark = port, path, headers, mark
        self.heard = Heard()
        self.begun = asyncio.Event()
        self._transport: asyncio.Transport | None = None
        self._rest = b""
        self._is_leaving = False

    async def come(self) -> None:
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", self.port)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self._rest = transport, b""
        self.heard.visits += 1
        given = {"Host": "localhost", "Accept": "text/event-stream", **self.headers}
        if self.heard.frames:
            given["Last-Event-ID"] = str(self.heard.frames[-1][0])
        lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        transport.write(f"GET {self.path} HTTP/1.1\r\n{lines}\r\n".encode())

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        *blocks, self._rest = (self._rest + data).split(b"\n\n")
        for block in blocks:
            self._note(block, now)

    def _note(self, block: bytes, now: int) -> None:
        if b"retry: " in block:
            self.begun.set()
        at = block.find(b"id: ")
        if at >= 0:
            self.heard.frames.append((int(block[at + 4 :].split(b"\n", 1)[0]), now))
            found = [int(number) for number in self.mark.findall(block)]
            self.heard.elements += found
            for number in found:
                self.heard.shown.setdefault(number, now)

    def cut(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def leave(self) -> None:
        self._is_leaving = True
        self.cut()

    def connection_lost(self, _problem: Exception | None) -> None:
        if not self._is_leaving:
            asyncio.get_running_loop().call_later(COME_BACK_SECONDS, lambda: asyncio.ensure_future(self._return()))

    async def _return(self) -> None:
        try:
            await self.come()
        except OSError:
            self.connection_lost(None)


async def _listen(port: int, addresses: list[tuple[str, dict[str, str]]], cuts: float, mark: str) -> list[Heard]:
    element = re.compile(mark.encode())
    browsers = [Browser(port, path, headers, element) for path, headers in addresses]
    for browser in browsers:
        await browser.come()
    async with asyncio.timeout(60):
        for browser in browsers:
            await browser.begun.wait()
    print("all are there", flush=True)
    cutting = asyncio.create_task(_cut(browsers, cuts)) if cuts else None
    await asyncio.to_thread(sys.stdin.read)
    if cutting is not None:
        cutting.cancel()
        await asyncio.sleep(COME_BACK_SECONDS + 1)
    for browser in browsers:
        browser.leave()
    return [browser.heard for browser in browsers]


async def _cut(browsers: list[Browser], cuts: float) -> None:
    chance = random.Random(1)
    while True:
        await asyncio.sleep(1 / cuts)
        chance.choice(browsers).cut()


if __name__ == "__main__":
    order = json.loads(sys.stdin.readline())
    sys.modules["benchmarks.listeners"] = sys.modules["__main__"]
    Heard.__module__ = "benchmarks.listeners"
    heard = asyncio.run(_listen(order["port"], order["addresses"], order["cuts"], order["mark"]))
    sys.stdout.buffer.write(pickle.dumps(heard))
