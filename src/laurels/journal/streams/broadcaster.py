"""Tells everybody who listens to one topic what happened there: in order, nothing twice, nothing left out."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from laurels.journal.models import Entry, Topic
from laurels.journal.streams.channels import Channel, Frames
from laurels.journal.streams.frames import LEAVE, RELOAD, Edition, encode
from laurels.journal.streams.presence import BEAT_SECONDS, Presence
from laurels.journal.streams.stream import Stream
from laurels.journal.streams.threads import Threads

logger = logging.getLogger("laurels.live")

# One who is further behind than this loads the page again.
MOST_BEHIND = 500
# Frames of one topic are at least this far apart; what happens meanwhile is told together.
PACE_SECONDS = 0.02
# After telling a crowd, others get this many times as long: a busy room leaves most of the process to its writers.
# Where much happens at once a screen gains little from more frames, and the writers need the process.
REST, BUSY_REST = 3, 8
BUSY = 3
PAUSE_SECONDS = 1.0
STILL_SECONDS = 3.0
TICK_SECONDS = 0.5
# After so many deliveries others get their turn on the event loop.
BREATH = 100


class Broadcaster:
    """Two tasks of one event loop: ``_broadcast`` tells what happened, ``_attend`` looks after who is here.

    ``drawing`` are the threads for the first, ``asking`` for the second: a crowd at the door holds up no frame.
    """

    def __init__(self, channel: Channel, topic: str, *, drawing: Threads, asking: Threads) -> None:
        self.channel = channel
        self.topic = topic
        self.streams: dict[Stream, None] = {}
        self.presence = Presence()
        self.seq = -1
        self._joining: list[Stream] = []
        self._drawing, self._asking = drawing, asking
        self._woken, self._astir = asyncio.Event(), asyncio.Event()
        self._asked_at = self._beat_at = time.monotonic()
        self._tasks = [asyncio.create_task(self._broadcast()), asyncio.create_task(self._attend())]

    def join(self, stream: Stream) -> None:
        self._joining.append(stream)
        self.presence.arrive(stream.listener.key)
        self._woken.set()
        self._astir.set()

    def leave(self, stream: Stream) -> None:
        self.streams.pop(stream, None)
        self.presence.depart(stream.listener.key, time.monotonic())

    def poll(self, key: str) -> None:
        self.presence.poll(key, time.monotonic())
        self._astir.set()

    def poke(self) -> None:
        """Something may have happened."""
        self._woken.set()

    def is_behind(self, latest: int) -> bool:
        return self.seq < latest

    def is_idle(self) -> bool:
        return not self.streams and not self._joining and self.presence.is_empty()

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        for stream in [*self.streams, *self._joining]:
            stream.shut()

    async def _broadcast(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            began = time.monotonic()
            joining, self._joining = self._joining, []
            try:
                told = await self._tell_news()
                told += await self._let_in(joining)
            except Exception:
                # The journal could not be read. Nothing is lost: the same entries are read again.
                logger.exception("Reading %s failed; trying again.", self.topic)
                self._joining = [stream for stream in joining if stream not in self.streams] + self._joining
                self._woken.set()
                await asyncio.sleep(PAUSE_SECONDS)
                continue
            if told:
                took = time.monotonic() - began
                await asyncio.sleep(max(PACE_SECONDS - took, took * (BUSY_REST if told >= BUSY else REST)))

    async def _tell_news(self) -> int:
        """Tell all who listen what is new; how much it was."""
        if self.seq < 0:
            self.seq = await self._drawing.run(latest_seq, self.topic)
        told = 0
        while entries := await self._drawing.run(missed, self.topic, self.seq):
            edition = await self._draw(entries, self.streams)
            self.seq, told = edition.seq, told + len(entries)
            await self._deliver(edition, list(self.streams))
            if len(entries) < MOST_BEHIND:
                break
        return told

    async def _let_in(self, joining: list[Stream]) -> int:
        """Bring newcomers to where all others are; at how many places they were.

        What is told to all comes in later turns, so nobody misses any.
        """
        by_place: dict[int, list[Stream]] = defaultdict(list)
        for stream in [stream for stream in joining if not stream.over.is_set()]:
            by_place[self.seq if stream.after is None else stream.after].append(stream)
        for after, streams in by_place.items():
            if after > self.seq or self.seq - after > MOST_BEHIND:
                for stream in streams:
                    stream.start_anew(self.seq)
            elif after < self.seq:
                entries = await self._drawing.run(missed, self.topic, after, self.seq)
                await self._deliver(await self._draw(entries, streams), streams)
            self._seat(streams)
        return len(by_place)

    def _seat(self, streams: Iterable[Stream]) -> None:
        for stream in streams:
            stream.arrive(self.seq)
            if not stream.over.is_set():
                self.streams[stream] = None

    async def _draw(self, entries: list[Entry], streams: Iterable[Stream]) -> Edition:
        """What these entries touched, drawn for these streams; where that fails, after a pause, a reload."""
        audiences: set[str] = set().union(*{stream.listener.audiences for stream in streams})
        seq = entries[-1].seq
        if not audiences:
            return Edition(seq, Frames({}))
        try:
            drawn = await self._drawing.run(self.channel.frames, self.topic, entries, audiences, timezone.now())
        except Exception:
            logger.exception("Drawing %s at %d failed; its listeners load their pages again.", self.topic, seq)
            await asyncio.sleep(PAUSE_SECONDS)
            drawn = Frames({}, dict.fromkeys(audiences, RELOAD))
        return Edition(seq, drawn)

    async def _deliver(self, edition: Edition, streams: list[Stream]) -> None:
        for number, stream in enumerate(streams, start=1):
            try:
                stream.tell(edition.seq, edition.for_(stream.listener))
            except Exception:
                logger.exception("Telling %s at %d failed; the listener comes back.", self.topic, edition.seq)
                stream.end()
            if edition.ends(stream.listener):
                self._shut(stream)
            if number % BREATH == 0:
                await asyncio.sleep(0)

    def _shut(self, stream: Stream, last: bytes = b"") -> None:
        stream.shut(last)
        self.streams.pop(stream, None)

    async def _attend(self) -> None:
        while True:
            try:
                async with asyncio.timeout(TICK_SECONDS):
                    await self._astir.wait()
            except TimeoutError:
                pass
            self._astir.clear()
            try:
                await self._tell_presence()
                await self._ask_who_may_stay()
            except Exception:
                logger.exception("Presence in %s could not be told; trying again.", self.topic)
                await asyncio.sleep(PAUSE_SECONDS)
            await self._beat()
            await asyncio.sleep(PACE_SECONDS)

    async def _tell_presence(self) -> None:
        now = time.monotonic()
        here, gone = self.presence.changes(now)
        if here:
            await self._asking.run(self.channel.here, self.topic, here, timezone.now())
        if gone:
            await self._asking.run(self.channel.gone, self.topic, gone, timezone.now())
        self.presence.told(here, gone, now)

    async def _ask_who_may_stay(self) -> None:
        keys = set(self.presence.open)
        if not keys or time.monotonic() - self._asked_at < STILL_SECONDS:
            return
        self._asked_at = time.monotonic()
        staying = await self._asking.run(self.channel.still, self.topic, keys, timezone.now())
        for stream in [stream for stream in self.streams if stream.listener.key in keys - staying]:
            self._shut(stream, encode(LEAVE))

    async def _beat(self) -> None:
        if time.monotonic() - self._beat_at < BEAT_SECONDS:
            return
        self._beat_at = time.monotonic()
        for number, stream in enumerate(list(self.streams), start=1):
            stream.beat()
            if number % BREATH == 0:
                await asyncio.sleep(0)


def latest_seq(topic: str) -> int:
    return Topic.objects.filter(name=topic).values_list("latest_seq", flat=True).first() or 0


def missed(topic: str, after: int, until: int | None = None) -> list[Entry]:
    """What happened after ``after``, up to ``until`` and to as much as is told at once."""
    entries = Entry.objects.about(topic).after(after)
    if until is not None:
        entries = entries.filter(seq__lte=until)
    return list(entries[:MOST_BEHIND])
