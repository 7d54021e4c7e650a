"""A class of 300 whose server process is killed in the middle, alone and as one of two behind a proxy.

Whoever writes tries again until the act is acknowledged; an act that was committed and never acknowledged may
then stand in the log twice, saying the same. What counts: everybody sees every acknowledged edit, and places only
go forward.
"""

import asyncio
import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

from benchmarks.figures import Row
from benchmarks.listeners import Heard, Listeners
from benchmarks.rooms import MARK, Class, _class, _now, edit, next_edits
from benchmarks.streams import RATE, free_port, server

PEOPLE = 300


def measure(scale: float) -> list[Row]:
    seconds = max(6.0, 12 * scale)
    alone, among = _class(PEOPLE), _class(PEOPLE)
    return [
        _row("killed and started again", *killed_alone(alone, seconds)),
        _row("one of two behind a proxy killed", *killed_among_two(among, seconds)),
    ]


def _row(what: str, edits: int, visits: int, faults: int) -> Row:
    return Row(f"room: {what}, {PEOPLE} people", f"{faults} faults", f"{edits} edits, {visits} came back", "", "0")


def killed_alone(one: Class, seconds: float) -> tuple[int, int, int]:
    """Edits acknowledged, returns of listeners, faults."""
    port = free_port()
    with ExitStack() as servers:
        _, pid = servers.enter_context(server("hybrid", port))

        def kill() -> None:
            os.kill(pid, signal.SIGKILL)
            while _is_taken(port):
                time.sleep(0.1)
            servers.enter_context(server("hybrid", port))

        return _class_goes_on(port, one, seconds, kill)


def _is_taken(port: int) -> bool:
    """Whoever watched the killed process lets go of the port a moment later."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def killed_among_two(one: Class, seconds: float) -> tuple[int, int, int]:
    """The same, where the other process takes over at once."""
    with server("hybrid") as (first, pid), server("hybrid") as (second, _), proxy([first, second]) as port:
        return _class_goes_on(port, one, seconds, lambda: os.kill(pid, signal.SIGKILL))


def _class_goes_on(port: int, one: Class, seconds: float, kill: Callable[[], None]) -> tuple[int, int, int]:
    with Listeners(port, one.listeners(_now(one)), mark=MARK) as crowd:
        time.sleep(2)
        killing = threading.Timer(seconds / 2, kill)
        killing.start()
        done = _edit_stubbornly(port, one, seconds)
        killing.join()
        time.sleep(3)
        heard = crowd.stop()
    return len(done), sum(each.visits - 1 for each in heard), sum(_faults(each, done) for each in heard)


def _edit_stubbornly(port: int, one: Class, seconds: float) -> list[int]:
    numbers, began = next_edits(int(RATE * seconds)), time.monotonic()
    for nth, number in enumerate(numbers):
        time.sleep(max(0.0, began + nth / RATE - time.monotonic()))
        while not _is_acknowledged(port, one, number, nth):
            time.sleep(0.1)
    return numbers


def _is_acknowledged(port: int, one: Class, number: int, nth: int) -> bool:
    try:
        edit(http.client.HTTPConnection("127.0.0.1", port, timeout=10), one, number, nth)
    except (OSError, http.client.HTTPException):
        return False
    return True


def _faults(heard: Heard, expected: list[int]) -> int:
    places = [place for place, _ in heard.frames]
    return len(set(expected) - set(heard.elements)) + (places != sorted(set(places)))


@contextmanager
def proxy(ports: list[int]) -> Iterator[int]:
    """The port of a small balancer: connections go to each in turn, and past one that is gone."""
    port, loop = free_port(), asyncio.new_event_loop()
    turn = iter(range(10**9))

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(65536):
                writer.write(chunk)
                await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = next(turn)
        for nth in range(len(ports)):
            try:
                inner = await asyncio.open_connection("127.0.0.1", ports[(first + nth) % len(ports)])
            except OSError:
                continue
            both = [asyncio.ensure_future(carry(reader, inner[1])), asyncio.ensure_future(carry(inner[0], writer))]
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            break
        writer.close()

    async def stand() -> None:
        await asyncio.start_server(serve, "127.0.0.1", port, backlog=2048)

    loop.run_until_complete(stand())
    standing = threading.Thread(target=loop.run_forever, daemon=True)
    standing.start()
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(loop.stop)
        standing.join()
