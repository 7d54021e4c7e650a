"""A server for the benchmark of streams: Laurels with one small channel, or a bare broadcast beside it.

``python -m benchmarks.live hybrid|wsgi|bare PORT``. POST /ring/<topic> records a fact and answers ``seq when``, the
moment of its commit; listeners of /live/bench/<topic> get a card of the size that a room's board sends.
"""

import asyncio
import os
import sys
import time
from collections.abc import Collection, Sequence
from datetime import datetime

CARD = '<article id="n{seq}" class="card" data-into="zone-1"><p>{words}</p></article>'
WORDS = "A customer told us that the second step of the order takes her a whole morning every week. " * 6


def serve(kind: str, port: int) -> None:
    if kind == "bare":
        asyncio.run(broadcast(port))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    import django

    django.setup()
    if kind == "hybrid":
        from laurels.web.commands.run import Place
        from laurels.web.commands.run import serve as serve_laurels

        serve_laurels("127.0.0.1", port, worker=Place.OUTSIDE, application="benchmarks.live:application")
    else:
        from granian import Granian
        from granian.constants import Interfaces

        target, interface = "laurels.web.server:pages", Interfaces.WSGI
        Granian(target, port=port, interface=interface, blocking_threads=4, log_enabled=False).serve()


def card(seq: int) -> str:
    return CARD.format(seq=seq, words=WORDS)


async def broadcast(port: int) -> None:
    """Plain asyncio: the same bytes to everybody, without journal, rights, resuming or rendering."""
    topics: dict[str, list[asyncio.StreamWriter]] = {}
    seqs: dict[str, int] = {}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            topic = head.split(b" ", 2)[1].decode().rsplit("/", 1)[1].partition("?")[0]
            if head.startswith(b"GET"):
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nretry: 1000\n\n")
                topics.setdefault(topic, []).append(writer)
                await reader.read()
                topics[topic].remove(writer)
                return
            seq = seqs[topic] = seqs.get(topic, 0) + 1
            told = f"{seq} {time.monotonic_ns()}".encode()
            frame = f"id: {seq}\nevent: parts\ndata: {card(seq)}\n\n".encode()
            for listener in topics.get(topic, []):
                listener.write(frame)
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(told), told))

    async def forgiving(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async with await asyncio.start_server(forgiving, "127.0.0.1", port, backlog=2048) as server:
        await server.serve_forever()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
else:
    from laurels.journal.models import Entry
    from laurels.journal.streams.channels import Frames, Knock, Listener, channels
    from laurels.web.server import application

    __all__ = ["application"]

    class Bench:
        """Everybody may listen; a frame holds a card for each entry."""

        def admit(self, knock: Knock, now: datetime) -> Listener:
            return Listener(f"bench:{knock.name}", frozenset({"room"}), knock.query.get("key", ""))

        def frames(self, topic: str, entries: Sequence[Entry], audiences: Collection[str], now: datetime) -> Frames:
            return Frames({"room": "".join(card(entry.seq) for entry in entries)})

        def here(self, topic: str, keys: Collection[str], now: datetime) -> None: ...

        def gone(self, topic: str, keys: Collection[str], now: datetime) -> None: ...

        def still(self, topic: str, keys: Collection[str], now: datetime) -> set[str]:
            return set(keys)

    channels["bench"] = Bench()
