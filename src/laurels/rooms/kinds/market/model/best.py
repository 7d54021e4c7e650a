"""The best possible order: what somebody would have earned who knew every size, value, capacity and arrival beforehand.

An order decides in which Sprint each item is done. Work may rest between Sprints, so a choice of Sprints can be kept
exactly if for all a < b the items that arrive after review a or later and must be done by Sprint b fit into Sprints
a+1 … b. Among those choices the dearest is found item by item: all loads that fit are carried on, and a load is dropped
when even its Lagrange bound does not beat the best choice known. While no more than ``WIDTH`` loads are carried the
result is exact; beyond that it is a beam search and ``bound`` says how much more could be possible at most.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from laurels.rooms.kinds.market.model.market import Market
from laurels.rooms.kinds.market.model.play import totals

WIDTH = 3_000
_ROUNDS = 120
_SCOUTS = 100

type Window = tuple[int, int]  # after review a, until Sprint b
type Load = tuple[int, ...]  # effort by window


@dataclass(frozen=True, slots=True)
class Best:
    """Delivering as in ``done`` earns ``total``; nothing earns more than ``bound``."""

    done: dict[str, int]
    total: int
    bound: int

    @property
    def is_exact(self) -> bool:
        return self.bound == self.total


@dataclass(frozen=True, slots=True)
class _Choice:
    sprint: int  # 0: never
    earns: int
    loads: tuple[int, ...]  # positions of the windows it weighs on


def best(market: Market, width: int = WIDTH) -> Best:
    """The best choice of Sprints, exact unless more than ``width`` loads are in play."""
    search = _Search(market)
    search.run(min(width, _SCOUTS))  # a narrow search first: the better what is known, the fewer loads are in play
    return search.run(width)


class _Search:
    def __init__(self, market: Market) -> None:
        self.market = market
        self.windows = _windows(market)
        self.room = [sum(market.capacities[a:b]) for a, b in self.windows]
        self.effort = {key: truth.effort for key, truth in market.truths.items()}
        self.choices = {key: self._choices(key) for key in market.items}
        self.known, self.known_total = self._first_guess()
        self.prices = self._prices()

    def run(self, width: int) -> Best:
        order = sorted(self.choices, key=self._doubt)
        promise = [0.0]
        for key in reversed(order):
            promise.append(promise[-1] + max(self._priced(key, choice) for choice in self.choices[key]))
        promise.reverse()
        left_out = 0.0
        # By load: what it earns, and the choices that led there as a linked list.
        states: dict[Load, tuple[int, _Path]] = {(0,) * len(self.windows): (0, None)}
        for position, key in enumerate(order):
            states = self._extended(states, key, promise[position + 1])
            if len(states) > _SCOUTS:
                states = _undominated(states)
            if len(states) > width:
                ranked = sorted(states, key=lambda load: -self._bound(load, states[load][0], promise[position + 1]))
                left_out = max(left_out, self._bound(ranked[width], states[ranked[width]][0], promise[position + 1]))
                states = {load: states[load] for load in ranked[:width]}
        if states:
            total, path = max(states.values(), key=lambda state: state[0])
            self._know(dict(_steps(path)), total)
        return Best(self.known, self.known_total, max(self.known_total, int(left_out + 1e-6)))

    def _extended(
        self, states: "dict[Load, tuple[int, _Path]]", key: str, promise: float
    ) -> "dict[Load, tuple[int, _Path]]":
        """All loads that fit with one choice for ``key`` and may still beat what is known."""
        beyond: dict[Load, tuple[int, _Path]] = {}
        for load, (earned, path) in states.items():
            for choice in self.choices[key]:
                after = self._loaded(load, choice, self.effort[key])
                total = earned + choice.earns
                if after is None or (after in beyond and beyond[after][0] >= total):
                    continue
                if self._bound(after, total, promise) >= self.known_total + 1 - 1e-6:
                    beyond[after] = (total, ((key, choice.sprint), path) if choice.sprint else path)
        return beyond

    def _loaded(self, load: Load, choice: _Choice, effort: int) -> Load | None:
        if not choice.sprint:
            return load
        after = list(load)
        for window in choice.loads:
            after[window] += effort
            if after[window] > self.room[window]:
                return None
        return tuple(after)

    def _bound(self, load: Load, earned: int, promise: float) -> float:
        """What this load can still come to at most, whatever is chosen for the items to come."""
        spare = sum(price * (room - used) for price, room, used in zip(self.prices, self.room, load, strict=True))
        return earned + promise + spare

    def _choices(self, key: str) -> list[_Choice]:
        arrives, sprints = self.market.items[key].arrives, self.market.terms.sprints
        possible = [_Choice(0, 0, ())]
        for sprint in range(arrives + 1, sprints + 1):
            loads = tuple(n for n, (a, b) in enumerate(self.windows) if a <= arrives and b >= sprint)
            possible.append(_Choice(sprint, self.market.yields(key, sprint), loads))
        return possible

    def _priced(self, key: str, choice: _Choice, prices: list[float] | None = None) -> float:
        """What the choice earns beyond the price of the room it takes."""
        prices = self.prices if prices is None else prices
        return choice.earns - self.effort[key] * sum(prices[window] for window in choice.loads)

    def _doubt(self, key: str) -> float:
        """Clear choices first: minus the lead of the best choice over the next."""
        priced = sorted((self._priced(key, choice) for choice in self.choices[key]), reverse=True)
        return priced[1] - priced[0]

    def _prices(self) -> list[float]:
        """Prices of the windows that make the Lagrange bound low (subgradient steps, Polyak's length)."""
        prices, lowest, best_prices, eagerness = [0.0] * len(self.windows), float("inf"), [0.0] * len(self.windows), 1.0
        for step in range(_ROUNDS):
            picked = {
                key: max(((self._priced(key, one, prices), nth, one) for nth, one in enumerate(some)))[2]
                for key, some in self.choices.items()
            }
            slack = list(map(float, self.room))
            for key, choice in picked.items():
                for window in choice.loads:
                    slack[window] -= self.effort[key]
            bound = sum(self._priced(key, one, prices) for key, one in picked.items())
            bound += sum(price * room for price, room in zip(prices, self.room, strict=True))
            if bound < lowest:
                lowest, best_prices = bound, prices
            elif step % 6 == 5:
                eagerness *= 0.7
            length = sum(one**2 for one in slack)
            if not length or bound - self.known_total < 1:
                break
            stride = eagerness * (bound - self.known_total) / length
            prices = [max(0.0, price - stride * one) for price, one in zip(prices, slack, strict=True)]
        return best_prices

    def _first_guess(self) -> tuple[dict[str, int], int]:
        """Items by what they earn for their effort, each in the earliest Sprint it fits into."""

        def density(key: str) -> float:
            return max(choice.earns for choice in self.choices[key]) / self.effort[key]

        load: Load = (0,) * len(self.windows)
        done: dict[str, int] = {}
        for key in sorted(self.choices, key=density, reverse=True):
            for choice in self.choices[key][1:]:
                if after := self._loaded(load, choice, self.effort[key]):
                    load, done[key] = after, choice.sprint
                    break
        return done, totals(self.market, done)[-1] if done else 0

    def _know(self, done: dict[str, int], total: int) -> None:
        if total > self.known_total:
            self.known, self.known_total = done, total


def _undominated(states: "dict[Load, tuple[int, _Path]]") -> "dict[Load, tuple[int, _Path]]":
    """Without the loads that earn no more than another which is lighter in one window and the same in all others."""
    for window in range(len(next(iter(states)))):
        dearest: dict[Load, int] = {}
        kept: dict[Load, tuple[int, _Path]] = {}
        for load in sorted(states, key=itemgetter_of(window)):
            rest = (*load[:window], *load[window + 1 :])
            if states[load][0] > dearest.get(rest, -1):
                dearest[rest] = states[load][0]
                kept[load] = states[load]
        states = kept
    return states


def itemgetter_of(window: int) -> Callable[[Load], int]:
    return lambda load: load[window]


type _Path = tuple[tuple[str, int], "_Path"] | None


def _steps(path: _Path) -> Iterator[tuple[str, int]]:
    while path is not None:
        step, path = path
        yield step


def _windows(market: Market) -> list[Window]:
    """Those that can be too small; a later start than 0 matters only when much arrives late."""
    starts = sorted({item.arrives for item in market.items.values()} | {0})
    windows = [(a, b) for a in starts for b in range(a + 1, market.terms.sprints + 1)]
    return [(a, b) for a, b in windows if not a or _demand(market, a, b) > sum(market.capacities[a:b])]


def _demand(market: Market, after: int, until: int) -> int:
    """All effort that arrives after review ``after`` or later and could be done by ``until``."""
    late = [key for key, item in market.items.items() if after <= item.arrives < until]
    return sum(market.truths[key].effort for key in late)


def orders(market: Market, done: dict[str, int]) -> list[list[str]]:
    """An order for each Sprint that delivers as in ``done``."""
    by_sprint = sorted(done, key=lambda key: done[key])
    return [by_sprint] * market.terms.sprints
