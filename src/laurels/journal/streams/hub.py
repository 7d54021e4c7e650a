"""All streams of one process: which topics are listened to, and who wakes them."""

import asyncio
import logging
from collections.abc import Collection

from django.conf import settings

from laurels.journal.actions import wakes
from laurels.journal.models import Topic
from laurels.journal.streams.broadcaster import Broadcaster
from laurels.journal.streams.channels import Channel
from laurels.journal.streams.stream import Stream
from laurels.journal.streams.threads import Threads
from laurels.journal.streams.wakes import watch

logger = logging.getLogger("laurels.live")

MOST_OF_A_KEY = 8
HEAL_SECONDS = 3.0
PAUSE_SECONDS = 1.0


class Hub:
    """Belongs to the event loop in which it is first used. ``most`` streams at once."""

    def __init__(self, most: int | None = None) -> None:
        self.most = settings.LISTENERS if most is None else most
        self.count = 0
        self.drawing = Threads("laurels-draw", 2)
        self.asking = Threads("laurels-ask", 2)
        self._topics: dict[str, dict[Channel, Broadcaster]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def is_full(self) -> bool:
        return self.count >= self.most

    def has_enough(self, channel: Channel, stream: Stream) -> bool:
        """Whether this key has as many streams as anybody may."""
        found = self._topics.get(stream.listener.topic, {}).get(channel)
        return found is not None and found.presence.open[stream.listener.key] >= MOST_OF_A_KEY

    def join(self, channel: Channel, stream: Stream) -> None:
        self.count += 1
        self._broadcaster(channel, stream.listener.topic).join(stream)

    def leave(self, channel: Channel, stream: Stream) -> None:
        self.count -= 1
        if found := self._topics.get(stream.listener.topic, {}).get(channel):
            found.leave(stream)

    def polled(self, channel: Channel, topic: str, key: str) -> None:
        if self.most:
            self._broadcaster(channel, topic).poll(key)

    def poke(self, topic: str) -> None:
        for broadcaster in self._topics.get(topic, {}).values():
            broadcaster.poke()

    def poke_from_thread(self, topic: str) -> None:
        if topic in self._topics and self._loop is not None:
            self._loop.call_soon_threadsafe(self.poke, topic)

    async def look(self) -> None:
        """Wake every topic in which more has happened than was told."""
        for topic, seq in (await self.drawing.run(latest_seqs, list(self._topics))).items():
            for broadcaster in self._topics.get(topic, {}).values():
                if broadcaster.is_behind(seq):
                    broadcaster.poke()

    def shut(self) -> None:
        """End every stream and let in no more. Browsers come back by themselves, to whoever serves then."""
        self.most = 0
        self._rest()
        for broadcaster in [one for of_topic in self._topics.values() for one in of_topic.values()]:
            broadcaster.close()
        self._topics.clear()

    def close(self) -> None:
        """``shut``, and end the threads with their connections."""
        self.shut()
        self.drawing.close()
        self.asking.close()

    def _broadcaster(self, channel: Channel, topic: str) -> Broadcaster:
        if not self._tasks:
            self._begin()
        of_topic = self._topics.setdefault(topic, {})
        if channel not in of_topic:
            of_topic[channel] = Broadcaster(channel, topic, drawing=self.drawing, asking=self.asking)
        return of_topic[channel]

    def _begin(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._tend())]
        wakes.append(self.poke_from_thread)

    def _rest(self) -> None:
        """Nobody listens: no polling, no wake-ups."""
        for task in self._tasks:
            task.cancel()
        if self._tasks:
            wakes.remove(self.poke_from_thread)
        self._tasks = []

    async def _watch(self) -> None:
        while True:
            try:
                await watch(self.poke, self.look)
            except Exception:
                logger.exception("Wake-ups of other processes are lost; trying again.")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _tend(self) -> None:
        """A wake-up that was lost is made up for here; topics nobody listens to are let go."""
        while self._topics:
            await asyncio.sleep(HEAL_SECONDS)
            self._let_go()
            try:
                await self.look()
            except Exception:
                logger.exception("Looking for lost wake-ups failed; trying again.")
        self._rest()

    def _let_go(self) -> None:
        for topic, of_topic in list(self._topics.items()):
            for channel, broadcaster in list(of_topic.items()):
                if broadcaster.is_idle():
                    broadcaster.close()
                    del of_topic[channel]
            if not of_topic:
                del self._topics[topic]


def latest_seqs(topics: Collection[str]) -> dict[str, int]:
    return dict(Topic.objects.filter(name__in=topics).values_list("name", "latest_seq"))
