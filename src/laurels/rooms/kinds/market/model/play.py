"""Sprints: capacity flows into the order from the top; what is finished earns from that Sprint on.

What is half done is not done: it earns nothing, and its rest waits for a later Sprint. Effort is neither lost nor made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from laurels.rooms.kinds.market.model.market import Market


@dataclass(frozen=True, slots=True)
class Plan:
    """A team's choices for one Sprint: the order, what it tests, and how many items it forecasts."""

    order: tuple[str, ...]
    tests: tuple[str, ...] = ()
    forecast: int | None = None


@dataclass(frozen=True, slots=True)
class Sprint:
    """What came of one Sprint. Effort in half points."""

    number: int
    capacity: int
    tested: int  # effort that went into tests
    worked: dict[str, int]  # effort by item
    delivered: tuple[str, ...]
    earned: tuple[int, ...]  # by segment, from all that is delivered so far
    total: int  # earned since the start

    @property
    def idle(self) -> int:
        return self.capacity - self.tested - sum(self.worked.values())


def play(market: Market, plans: Sequence[Plan]) -> list[Sprint]:
    """The Sprints that these plans lead to. An item that is unknown, not there yet or done is passed over."""
    left = {key: truth.effort for key, truth in market.truths.items()}
    done: dict[str, int] = {}
    sprints: list[Sprint] = []
    for number, plan in enumerate(plans, start=1):
        capacity = market.capacities[number - 1]
        tested = min(capacity, market.test_cost * len(plan.tests))
        worked = _work(market, plan.order, left, capacity - tested, number)
        delivered = tuple(key for key in worked if left[key] == 0)
        done |= dict.fromkeys(delivered, number)
        earned = _earned(market, done, number)
        total = sum(earned) + (sprints[-1].total if sprints else 0)
        sprints.append(Sprint(number, capacity, tested, worked, delivered, earned, total))
    return sprints


def _work(market: Market, order: Iterable[str], left: dict[str, int], capacity: int, sprint: int) -> dict[str, int]:
    """Effort by item, taken from ``left``."""
    worked: dict[str, int] = {}
    for key in order:
        if not capacity:
            break
        if left.get(key) and market.items[key].arrives < sprint:
            worked[key] = min(capacity, left[key])
            left[key] -= worked[key]
            capacity -= worked[key]
    return worked


def _earned(market: Market, done: dict[str, int], sprint: int) -> tuple[int, ...]:
    by_item = [market.earned(key, delivered, sprint) for key, delivered in done.items()]
    return tuple(sum(column) for column in zip(*by_item, strict=True)) if by_item else (0,) * len(market.segments)


def schedule(market: Market, orders: Sequence[Sequence[str]], spent: Sequence[int] = ()) -> dict[str, int]:
    """In which Sprint each item is delivered when Sprint k works on ``orders[k]``; the short form of ``play``."""
    left = {key: truth.effort for key, truth in market.truths.items()}
    done: dict[str, int] = {}
    for number, order in enumerate(orders, start=1):
        capacity = market.capacities[number - 1] - (spent[number - 1] if spent else 0)
        worked = _work(market, order, left, capacity, number)
        done |= {key: number for key in worked if left[key] == 0}
    return done


def totals(market: Market, done: dict[str, int]) -> list[int]:
    """What has been earned by the end of each Sprint when items are delivered as in ``done``."""
    course, so_far = [], 0
    for sprint in range(1, market.terms.sprints + 1):
        so_far += sum(
            sum(market.earned(key, delivered, sprint)) for key, delivered in done.items() if delivered <= sprint
        )
        course.append(so_far)
    return course
