"""Live streams of a real server process: fan-out, CPU, memory, nothing lost. Beside them: bare asyncio.

Fan-out is wall time, from the commit to each listener's receipt on one clock; it holds for a machine that has a core
free for the server and one for the listeners.
"""

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import Row
from benchmarks.listeners import Heard, Listeners

RATE = 20
BUSY_RATE = 160
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Told:
    """A run: waits of all deliveries in ms, and CPU seconds of the server."""

    waits: list[float]
    cpu: float
    faults: int
    returns: int

    def at(self, share: float) -> float:
        return sorted(self.waits)[min(int(len(self.waits) * share), len(self.waits) - 1)]

    def fan_out(self) -> str:
        return f"{self.at(0.5):.0f}/{self.at(0.99):.0f} ms"


def measure(scale: float) -> list[Row]:
    seconds = max(2.0, 10 * scale)
    with server("bare") as (port, pid):
        bare = {size: fan_out(port, pid, *size, seconds) for size in [(1, 300), (10, 30), (1, 1000)]}
    with server("hybrid") as (port, pid):
        whole = {size: fan_out(port, pid, *size, seconds) for size in [(1, 300), (10, 30), (1, 1000)]}
        cut = fan_out(port, pid, 1, 300, seconds, cuts=30)
        rate, slowest = acknowledged(port, seconds)
        memory = memory_per_listener(port, pid)
    rows = [_fan_out_row(size, whole[size], bare[size]) for size in whole]
    marginal, cheapest = (_marginal(run[(1, 300)], run[(1, 1000)]) for run in (whole, bare))
    total = whole[(1, 300)]
    rows += [
        Row(
            "CPU a delivery, server process",
            f"{marginal:.1f} µs (with all else a room of 300 costs: {total.cpu / len(total.waits) * 1e6:.0f} µs)",
            f"bare asyncio {cheapest:.1f} µs",
            f"×{marginal / cheapest:.1f}",
            "≤ 20 µs",
        ),
        Row("memory a listener", f"{memory:.0f} KB", "", "", "≤ 60 KB"),
        Row(
            "30 random disconnects/s, 300 listeners",
            f"{cut.faults} lost, doubled or out of order",
            f"{cut.returns} came back",
            "",
            "0",
        ),
        Row("acknowledged entries, 300 listening", f"{rate:.0f}/s, p99 {slowest:.0f} ms", "", "", "≥ 150/s, ≤ 150 ms"),
        _page_row(max(200, int(2000 * scale))),
    ]
    return rows


def _fan_out_row(size: tuple[int, int], run: Told, bare: Told) -> Row:
    topics, each = size
    promise = "≤ 15/40 ms" if topics * each == 300 else "1,000 in one process"
    what = f"fan-out p50/p99, {topics} × {each:,} listeners, {RATE} entries/s"
    return Row(what, run.fan_out(), f"bare asyncio {bare.fan_out()}", f"{run.faults} faults", promise)


def _marginal(few: Told, many: Told) -> float:
    """What one more delivery costs, in µs: everything else is the same in both runs."""
    return (many.cpu - few.cpu) / (len(many.waits) - len(few.waits)) * 1e6


def fan_out(port: int, pid: int, topics: int, each: int, seconds: float, cuts: float = 0.0) -> Told:
    """``RATE`` entries a second in all, told to ``each`` listeners of every topic."""
    names = [f"t{topics}-{each}-{int(cuts)}-{number}" for number in range(topics)]
    starts = {name: ring(port, name)[0] for name in names}
    places = [(name, number) for name in names for number in range(each)]
    addresses = [(f"/live/bench/{name}?after={starts[name]}&key={name}.{number}", {}) for name, number in places]
    with Listeners(port, addresses, cuts) as crowd:
        time.sleep(1)
        before = cpu_seconds(pid)
        rung = ring_steadily(port, names, seconds)
        time.sleep(1)
        cpu = cpu_seconds(pid) - before
        heard = crowd.stop()
    waits, faults = [], 0
    for (name, _), one in zip(places, heard, strict=True):
        faults += wrong(one, [seq for seq, _ in rung[name]])
        waits += [(when - at) / 1e6 for seq, at in rung[name] if (when := one.when(seq))]
    return Told(waits, cpu, faults, sum(one.visits - 1 for one in heard))


def wrong(heard: Heard, expected: list[int]) -> int:
    """How many entries were lost, doubled or told out of order."""
    places = [place for place, _ in heard.frames]
    if heard.elements == expected and places == sorted(set(places)):
        return 0
    return max(1, len(set(expected) ^ set(heard.elements)), len(heard.elements) - len(set(heard.elements)))


def ring_steadily(port: int, names: list[str], seconds: float) -> dict[str, list[tuple[int, int]]]:
    rung: dict[str, list[tuple[int, int]]] = {name: [] for name in names}
    line = http.client.HTTPConnection("127.0.0.1", port)
    began = time.monotonic()
    for number in range(int(RATE * seconds)):
        time.sleep(max(0.0, began + number / RATE - time.monotonic()))
        name = names[number % len(names)]
        rung[name].append(ring(port, name, line))
    return rung


def ring(port: int, name: str, line: http.client.HTTPConnection | None = None) -> tuple[int, int]:
    line = line or http.client.HTTPConnection("127.0.0.1", port)
    line.request("POST", f"/ring/{name}", headers={"Host": "localhost"})
    seq, when = line.getresponse().read().split()
    return int(seq), int(when)


def acknowledged(port: int, seconds: float, writers: int = 8) -> tuple[float, float]:
    """Entries a second acknowledged of ``BUSY_RATE`` that are due; 99th percentile of the waits since then, in ms."""
    ring(port, "busy")
    waits: list[float] = []

    def write() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        began = time.monotonic()
        for number in range(int(BUSY_RATE / writers * seconds)):
            due = began + number * writers / BUSY_RATE
            time.sleep(max(0.0, due - time.monotonic()))
            ring(port, "busy", line)
            waits.append((time.monotonic() - due) * 1000)

    with Listeners(port, [(f"/live/bench/busy?key={number}", {}) for number in range(300)]):
        threads = [threading.Thread(target=write) for _ in range(writers)]
        began = time.monotonic()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(waits) / (time.monotonic() - began), sorted(waits)[int(len(waits) * 0.99)]


def memory_per_listener(port: int, pid: int, listeners: int = 1000) -> float:
    """KB of the process for each of so many more."""
    before = resident(pid)
    with Listeners(port, [(f"/live/bench/quiet?key={number}", {}) for number in range(listeners)] * 2):
        time.sleep(1)
        return (resident(pid) - before) / (2 * listeners)


def _page_row(requests: int) -> Row:
    with server("wsgi") as plain, server("hybrid") as hybrid:
        rounds = [(_per_page(*plain, requests), _per_page(*hybrid, requests)) for _ in range(4)]
    bare, ours = (min(each) for each in zip(*rounds, strict=True))
    return Row(
        "an empty page through the server, least of four",
        f"{ours:.2f} CPU-ms",
        f"plain WSGI {bare:.2f} CPU-ms",
        f"×{ours / bare:.2f}",
        "near plain WSGI",
    )


def _per_page(port: int, pid: int, requests: int) -> float:
    _get(port, 20)
    before = cpu_seconds(pid)
    _get(port, requests)
    return (cpu_seconds(pid) - before) / requests * 1000


def _get(port: int, times: int) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port)
    for _ in range(times):
        line.request("GET", "/empty", headers={"Host": "localhost"})
        assert line.getresponse().read() == b""


@contextmanager
def server(kind: str, port: int = 0) -> Iterator[tuple[int, int]]:
    """Port and process id of the one that does the work."""
    port = port or free_port()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.live", kind, str(port)])
    try:
        _wait(port)
        yield port, _child(process.pid) or process.pid
    finally:
        process.terminate()
        process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int) -> None:
    for _ in range(2400):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("The server did not start.")


def _child(pid: int) -> int | None:
    """The server's own process: it is started by one that only watches."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[-1]) if children else None


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident(pid: int) -> int:
    """KB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
