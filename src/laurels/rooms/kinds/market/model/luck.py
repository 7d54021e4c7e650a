"""Where chance comes from: one stream for each purpose, so that nobody's choice moves anybody else's luck."""

from hashlib import sha256
from random import Random
from statistics import NormalDist

_BELL = NormalDist()


def stream(seed: str, *purpose: object) -> Random:
    """The luck of one purpose. Use only ``random()`` of it: of all methods it alone stays the same between Pythons."""
    name = "\x1f".join(str(part) for part in (seed, *purpose))
    return Random(int.from_bytes(sha256(name.encode()).digest()))


def bell(luck: Random) -> float:
    """A draw from the normal distribution with mean 0 and deviation 1."""
    return _BELL.inv_cdf(min(max(luck.random(), 1e-9), 1 - 1e-9))


def triangle(luck: Random, spread: float) -> float:
    """A draw around 1, at most ``spread`` away, the middle likeliest."""
    return 1 + spread * (luck.random() + luck.random() - 1)


def shuffled(luck: Random, keys: list[str]) -> list[str]:
    return [key for _, key in sorted((luck.random(), key) for key in keys)]
