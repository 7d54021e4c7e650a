"""What a stage says about its live streams: who may listen, what there is to see, who is here. The hub does the rest.

Its methods run in threads and may use the database. Several processes serve a topic, each for its own listeners.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.contrib.sessions.backends.base import SessionBase

from laurels.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Knock:
    """A request for a stream, before anything is known: ``name`` stands after ``/live/<channel>/``."""

    name: str
    query: Mapping[str, str]
    session: SessionBase
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody let in. ``key`` says who, such as ``participant:7``: for presence, refreshing and shutting."""

    topic: str
    audiences: frozenset[str]
    key: str


@dataclass(frozen=True, slots=True)
class Frames:
    """What listeners are told.

    ``parts``: audience → HTML; absent or empty: nothing for them. ``calls``: audience or key → (event, its words), such
    as ``("go", "/rooms/x")``; this and ``("again", "")`` also end the stream, and whoever comes back is admitted anew,
    with the audiences of then. ``shut``: keys whose streams end now, with the event ``leave``.
    """

    parts: Mapping[str, str]
    calls: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    shut: frozenset[str] = frozenset()


class Channel(Protocol):
    def admit(self, knock: Knock, now: datetime) -> Listener | None:
        """Who this is; None is answered like an address that never existed."""
        ...

    def frames(self, topic: str, entries: Sequence[Entry], audiences: Collection[str], now: datetime) -> Frames:
        """What these entries touched, as it is now, drawn once for each audience. Drawing twice gives the same."""
        ...

    def here(self, topic: str, keys: Collection[str], now: datetime) -> None:
        """These listen: said when somebody arrives, and every 15 s of everybody."""
        ...

    def gone(self, topic: str, keys: Collection[str], now: datetime) -> None:
        """The last stream of these, in this process, closed 3 s ago, or their last poll was 20 s ago.

        A stream elsewhere says ``here`` again within 15 s. A killed process says nothing: silence means gone as well.
        """
        ...

    def still(self, topic: str, keys: Collection[str], now: datetime) -> set[str]:
        """Which of these may go on listening; asked every 3 s. The others are told to leave."""
        ...


# name in the address → channel; filled by each stage's AppConfig.ready.
channels: dict[str, Channel] = {}
