"""Who is here. Bookkeeping only: seconds are handed in, and whoever owns it tells the channel."""

from collections import Counter

GRACE = 3.0
POLL_COUNTS = 20.0
BEAT_SECONDS = 15.0


class Presence:
    def __init__(self) -> None:
        self.open: Counter[str] = Counter()
        self._until: dict[str, float] = {}
        self._known: set[str] = set()
        self._beat_at = float("-inf")

    def arrive(self, key: str) -> None:
        self.open[key] += 1

    def depart(self, key: str, now: float) -> None:
        self.open[key] -= 1
        if not self.open[key]:
            del self.open[key]
            self._stay(key, now + GRACE)

    def poll(self, key: str, now: float) -> None:
        self._stay(key, now + POLL_COUNTS)

    def changes(self, now: float) -> tuple[set[str], set[str]]:
        """Who is to be called here and who gone; ``told`` says that they were."""
        self._until = {key: until for key, until in self._until.items() if until > now}
        present = self.open.keys() | self._until.keys()
        is_beat = now - self._beat_at >= BEAT_SECONDS
        return set(present) if is_beat else present - self._known, self._known - present

    def told(self, here: set[str], gone: set[str], now: float) -> None:
        if now - self._beat_at >= BEAT_SECONDS:
            self._beat_at = now
        self._known = (self._known | here) - gone

    def is_empty(self) -> bool:
        return not (self.open or self._until or self._known)

    def _stay(self, key: str, until: float) -> None:
        self._until[key] = max(until, self._until.get(key, until))
