"""Ways to order without asking what the team asked: naive ones, a careful Product Owner's, and chance.

Each is a *habit*: the order it plans for a Sprint from what is visible then. Nobody here sees the truth.
"""

from collections.abc import Callable, Iterable

from laurels.rooms.kinds.market.model.luck import shuffled, stream
from laurels.rooms.kinds.market.model.market import Market, size_seen
from laurels.rooms.kinds.market.model.play import schedule, totals
from laurels.rooms.kinds.market.model.sight import look_at, promise

type Habit = Callable[[Market, int, frozenset[str]], list[str]]

ENTERED, BIGGEST, SMALLEST, LOUDEST, DEAREST, CAREFUL = (
    "entered",
    "biggest",
    "smallest",
    "loudest",
    "dearest",
    "careful",
)
CHANCES = 200


def as_entered(market: Market, sprint: int, tested: frozenset[str]) -> list[str]:
    return [item.key for item in market.available(sprint)]


def biggest_first(market: Market, sprint: int, tested: frozenset[str]) -> list[str]:
    return _by(market, sprint, lambda key: -size_seen(market.items[key], market.terms))


def smallest_first(market: Market, sprint: int, tested: frozenset[str]) -> list[str]:
    return _by(market, sprint, lambda key: size_seen(market.items[key], market.terms))


def loudest_first(market: Market, sprint: int, tested: frozenset[str]) -> list[str]:
    """What the loudest segment wants most, whatever its weight."""
    loudest = max(range(len(market.segments)), key=lambda one: (market.segments[one].is_loudest, -one))
    return _by(market, sprint, lambda key: -market.appeals[key][loudest])


def dearest_first(market: Market, sprint: int, tested: frozenset[str]) -> list[str]:
    """What looks most valuable, whatever its size."""
    return _by(market, sprint, lambda key: -look_at(market, key, is_tested=key in tested).value[1])


def carefully(market: Market, sprint: int, tested: frozenset[str]) -> list[str]:
    """What promises most until the end for its size."""

    def reward(key: str) -> float:
        return promise(market, key, sprint, is_tested=key in tested) / size_seen(market.items[key], market.terms)

    return _by(market, sprint, lambda key: -reward(key))


HABITS: dict[str, Habit] = {
    ENTERED: as_entered,
    BIGGEST: biggest_first,
    SMALLEST: smallest_first,
    LOUDEST: loudest_first,
    DEAREST: dearest_first,
    CAREFUL: carefully,
}


def course(market: Market, habit: Habit) -> list[int]:
    """What the habit has earned by the end of each Sprint."""
    return totals(market, schedule(market, [habit(market, sprint, frozenset()) for sprint in _sprints(market)]))


def chance(market: Market, number: int) -> list[int]:
    """What one random order earns with the same luck; later items fall anywhere in it."""
    order = shuffled(stream(market.seed, number, "chance"), list(market.items))
    return totals(market, schedule(market, [order] * market.terms.sprints))


def chances(market: Market, times: int = CHANCES) -> list[tuple[float, float, float]]:
    """Of random orders, by the end of each Sprint: a tenth earns less, the mean, a tenth earns more."""
    runs = [chance(market, number) for number in range(times)]
    return [_band([run[sprint] for run in runs]) for sprint in range(market.terms.sprints)]


def _band(earned: list[int]) -> tuple[float, float, float]:
    ranked, tenth = sorted(earned), len(earned) // 10
    return ranked[tenth], sum(ranked) / len(ranked), ranked[-1 - tenth]


def _by(market: Market, sprint: int, rank: Callable[[str], float]) -> list[str]:
    return sorted((item.key for item in market.available(sprint)), key=rank)


def _sprints(market: Market) -> Iterable[int]:
    return range(1, market.terms.sprints + 1)
