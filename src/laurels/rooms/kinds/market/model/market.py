"""A market: what one team's items are truly worth and truly cost. All of it follows from the seed.

Effort is counted in half points, so that sums are exact. Earnings are whole numbers.
"""

from dataclasses import dataclass, field
from functools import cached_property
from math import exp

from laurels.rooms.kinds.market.model.luck import bell, stream, triangle

OUTCOME, CRITERIA, TESTED, FEEDBACK = "outcome", "criteria", "tested", "feedback"
POINT = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """The figures of the model, tuned with ``benchmarks/market.py``; docs/sprint-market.md says what each does."""

    sprints: int = 4
    reach: float = 0.6  # share of the first backlog that the middle capacity of all Sprints delivers
    capacity_spread: float = 0.25  # a Sprint's capacity is at most this far from the middle
    worth: float = 24.0  # median of what an item brings each Sprint, were all customers its customers
    worth_spread: float = 1.2  # deviation of its logarithm
    urgent_share: float = 0.25
    urgent_share_of_arrivals: float = 0.4
    urgent_keeps: float = 0.6  # what a Sprint of waiting leaves of an urgent item's worth
    ageing: float = 0.95  # what a Sprint of use leaves of anything delivered
    size: float = 5.0  # median size of what nobody sized, in points
    size_spread: float = 0.6
    sized_spread: float = 0.25  # deviation of the logarithm of true size around an estimate
    blur: float = 2.0  # how blurred an unvalidated item's value looks (deviation of the logarithm)
    blur_after_test: float = 0.2
    test_cost: float = 0.05  # capacity that one test takes, as a share of a Sprint's middle capacity
    most_tests: int = 3  # in one Sprint
    arrivals: int = 2  # new items after each review but the last


# What earlier work on an item takes away from the blur of its value.
SHARPENS = {OUTCOME: 0.3, CRITERIA: 0.2, TESTED: 0.6, FEEDBACK: 0.5}


@dataclass(frozen=True, slots=True)
class Segment:
    key: str
    name: str
    weight: float  # share of the market
    is_loudest: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a backlog as the team brings it. ``arrives``: after the review of which Sprint; 0 is the start."""

    key: str
    title: str
    estimate: float | None = None
    evidence: frozenset[str] = frozenset()
    segment: str = ""
    arrives: int = 0


@dataclass(frozen=True, slots=True)
class Truth:
    """What only the market knows of an item until it is delivered."""

    effort: int
    needs: tuple[float, ...]  # what each segment brings a Sprint
    is_urgent: bool


@dataclass(frozen=True)
class Market:
    """The market of one team. Items have their luck by their key, capacities and arrivals by the Sprint, so teams of
    one seed meet the same weather and each its own customers."""

    seed: str
    segments: tuple[Segment, ...]
    backlog: tuple[Item, ...]
    wishes: tuple[str, ...] = ()  # titles of what customers may ask for later
    terms: Terms = field(default_factory=Terms)

    @cached_property
    def arrivals(self) -> tuple[Item, ...]:
        """What customers will ask for after each review but the last."""
        slots = [(after, n) for after in range(1, self.terms.sprints) for n in range(self.terms.arrivals)]
        luck = stream(self.seed, "wishes")
        titles = sorted(self.wishes, key=lambda title: luck.random())[: len(slots)]
        return tuple(self._arrival(after, n, title) for (after, n), title in zip(slots, titles, strict=False))

    def _arrival(self, after: int, number: int, title: str) -> Item:
        luck = stream(self.seed, after, number, "arrival")
        size = max(1, round(self.terms.size * exp(self.terms.size_spread * bell(luck))))
        return Item(f"new-{after}-{number + 1}", title, float(size), frozenset({FEEDBACK}), arrives=after)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item there ever will be, by key."""
        return {item.key: item for item in (*self.backlog, *self.arrivals)}

    @cached_property
    def truths(self) -> dict[str, Truth]:
        return {key: self._truth(item) for key, item in self.items.items()}

    @cached_property
    def appeals(self) -> dict[str, tuple[float, ...]]:
        """How much of an item's worth each segment feels: its own segment all, the others some or none."""
        return {key: self._appeal(item) for key, item in self.items.items()}

    @cached_property
    def middle_capacity(self) -> int:
        """Half points that an ordinary Sprint delivers."""
        points = sum(size_seen(item, self.terms) for item in self.backlog)
        return max(1, round(POINT * points * self.terms.reach / self.terms.sprints))

    @cached_property
    def capacities(self) -> tuple[int, ...]:
        """What each Sprint turns out to have, in half points, before tests are taken off."""
        lucks = (stream(self.seed, sprint, "capacity") for sprint in range(1, self.terms.sprints + 1))
        return tuple(round(self.middle_capacity * triangle(luck, self.terms.capacity_spread)) for luck in lucks)

    @property
    def test_cost(self) -> int:
        return max(1, round(self.middle_capacity * self.terms.test_cost))

    def available(self, sprint: int) -> list[Item]:
        """The items that exist when ``sprint`` is planned."""
        return [item for item in self.items.values() if item.arrives < sprint]

    def main_segment(self, key: str) -> Segment:
        """Who mainly wants the item."""
        return max(zip(self.appeals[key], self.segments, strict=True), key=lambda pair: pair[0])[1]

    def earned(self, key: str, delivered: int, sprint: int) -> tuple[int, ...]:
        """What an item delivered in one Sprint brings in ``sprint``, by segment."""
        truth = self.truths[key]
        if sprint < delivered:
            return (0,) * len(truth.needs)
        waited = self.terms.urgent_keeps ** (delivered - 1 - self.items[key].arrives) if truth.is_urgent else 1.0
        left = waited * self.terms.ageing ** (sprint - delivered)
        return tuple(round(need * left) for need in truth.needs)

    def yields(self, key: str, delivered: int) -> int:
        """All that an item delivered in this Sprint earns until the end."""
        return sum(sum(self.earned(key, delivered, sprint)) for sprint in range(delivered, self.terms.sprints + 1))

    def _appeal(self, item: Item) -> tuple[float, ...]:
        luck = stream(self.seed, item.key, "appeal")
        drawn = self.segments[int(luck.random() * len(self.segments))].key
        others = [0.6 * luck.random() for _ in self.segments]
        mainly = item.segment if any(item.segment == one.key for one in self.segments) else drawn
        return tuple(1.0 if one.key == mainly else other for one, other in zip(self.segments, others, strict=True))

    def _truth(self, item: Item) -> Truth:
        terms = self.terms
        worth = terms.worth * exp(terms.worth_spread * bell(stream(self.seed, item.key, "worth")))
        size = size_seen(item, terms) * exp(size_blur(item, terms) * bell(stream(self.seed, item.key, "size")))
        needs = (worth * one.weight * much for one, much in zip(self.segments, self.appeals[item.key], strict=True))
        share = terms.urgent_share_of_arrivals if item.arrives else terms.urgent_share
        is_urgent = stream(self.seed, item.key, "urgent").random() < share
        return Truth(max(1, round(POINT * size)), tuple(needs), is_urgent)


def size_seen(item: Item, terms: Terms) -> float:
    """The size the team reckons with, in points."""
    return item.estimate if item.estimate else terms.size


def size_blur(item: Item, terms: Terms) -> float:
    return terms.sized_spread if item.estimate else terms.size_spread
