"""A channel for the tests of live streams: whoever rings bell n writes to ``test:n``; listeners hear the numbers.

``Ear`` is a browser's part of the protocol.
"""

import asyncio
import time
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connections, transaction

from laurels.journal.actions import record
from laurels.journal.streams.channels import Frames, Listener
from laurels.journal.streams.door import Door
from laurels.journal.streams.hub import Hub
from laurels.kernel.actor import Actor

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
RINGER = Actor.of_system("ringer")


@dataclass(frozen=True, slots=True)
class Rung:
    number: int


def ring(number, bell=1):
    with transaction.atomic():
        return record(f"test:{bell}", Rung(number), by=RINGER, at=NOW).seq


def ring_all(numbers, bell=1, pause=0.0):
    for number in numbers:
        ring(number, bell)
        time.sleep(pause)
    connections.close_all()


async def aring(*numbers, bell=1, pause=0.0):
    await asyncio.to_thread(ring_all, numbers, bell, pause)


class Bells:
    """Lets in everybody but ``nobody``, under any key. The audience ``tower`` sees the numbers, others nothing."""

    def __init__(self):
        self.heard = []
        self.knocks = []
        self.drawn_at = []
        self.presence = []
        self.barred = set()
        self.calls = {}
        self.shut = frozenset()
        self.broken = 0

    def admit(self, knock, now):
        self.knocks.append(knock)
        key = knock.query.get("key", "somebody")
        audiences = frozenset(knock.query.get("audiences", "tower").split("+"))
        return None if key == "nobody" or key in self.barred else Listener(f"test:{knock.name}", audiences, key)

    def frames(self, topic, entries, audiences, now):
        self.drawn_at.append(time.monotonic())
        if self.broken:
            self.broken -= 1
            raise RuntimeError("the rope broke")
        numbers = "\n".join(f'<p id="n{entry.payload["number"]}"></p>' for entry in entries)
        return Frames({"tower": numbers} if "tower" in audiences else {}, self.calls, self.shut)

    def here(self, topic, keys, now):
        self.presence.append(("here", sorted(keys)))

    def gone(self, topic, keys, now):
        self.presence.append(("gone", sorted(keys)))

    def still(self, topic, keys, now):
        return set(keys) - self.barred


class Ear:
    """One browser at the door: what it hears, event by event."""

    def __init__(self, door, path="/live/bells/1", *, accept="text/event-stream", method="GET", **headers):
        self.door = door
        path, _, query = path.partition("?")
        given = {"host": "localhost:8000", "accept": accept} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        self.scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }
        self.status, self.headers, self.bytes = 0, {}, b""
        self.pieces = []
        self.is_ended = False
        self.is_deaf = False
        self._changed = asyncio.Event()
        self._inbox = asyncio.Queue()
        self._inbox.put_nowait({"type": "http.request", "body": b"", "more_body": False})
        self.task = asyncio.create_task(door(self.scope, self._inbox.get, self._take))

    async def _take(self, message):
        if self.is_deaf:
            await asyncio.Event().wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.bytes += message["body"]
            self.pieces.append(message["body"])
            self.is_ended = not message["more_body"]
        self._changed.set()

    def go(self):
        self._inbox.put_nowait({"type": "http.disconnect"})

    async def until(self, condition, seconds=5.0):
        async with asyncio.timeout(seconds):
            while not condition(self):
                self._changed.clear()
                await self._changed.wait()
        return self

    async def answered(self):
        await asyncio.wait_for(self.task, 5)
        return self

    async def hears(self, *numbers, seconds=5.0):
        return await self.until(lambda ear: set(numbers) <= set(ear.numbers), seconds)

    @property
    def blocks(self):
        return [block_of(block) for block in self.bytes.decode().split("\n\n")[:-1]]

    @property
    def events(self):
        """(name, id, words) of everything that a browser would call an event."""
        return [(b["event"], b.get("id"), b["data"]) for b in self.blocks if "data" in b]

    @property
    def ids(self):
        return [int(block["id"]) for block in self.blocks if "id" in block]

    @property
    def numbers(self):
        words = "\n".join(words for name, _id, words in self.events if name == "parts")
        return [int(line.removeprefix('<p id="n').removesuffix('"></p>')) for line in words.splitlines()]


def block_of(text):
    fields = defaultdict(list)
    for line in text.split("\n"):
        name, _, value = line.partition(":")
        fields[name].append(value.removeprefix(" "))
    return {name: "\n".join(values) for name, values in fields.items()}


def play(story, **given):
    """Run an async story with a door of its own."""

    async def run():
        door = Door(Hub(**given))
        try:
            return await asyncio.wait_for(story(door), 30)
        finally:
            door.hub.close()
            await asyncio.sleep(0)

    return asyncio.run(run())


@asynccontextmanager
async def listening(door, *paths, **headers):
    """Ears that have been let in and are where the others are."""
    ears = [Ear(door, path, **headers) for path in paths]
    for ear in ears:
        await ear.until(lambda ear: ear.ids or "after" in ear.scope["query_string"].decode())
    yield ears
    for ear in ears:
        ear.go()
    await asyncio.gather(*[ear.task for ear in ears])
