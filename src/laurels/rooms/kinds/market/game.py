"""From a canvas's state to the model's market, and what has happened in it so far."""

from functools import lru_cache

from msgspec.structs import replace as with_

from laurels.rooms.kinds.market.model.best import best
from laurels.rooms.kinds.market.model.market import Item, Market, Segment, Terms
from laurels.rooms.kinds.market.model.orders import BIGGEST, ENTERED, HABITS, LOUDEST, chances, course
from laurels.rooms.kinds.market.model.play import Plan, Sprint, play, totals
from laurels.rooms.kinds.market.state import Curve, Final, Settings, State

NAIVE = (ENTERED, BIGGEST, LOUDEST)


def market_of(state: State, settings: Settings) -> Market:
    """The same state gives the same market, with the same luck."""
    segments = tuple(Segment(one.key, one.title, one.weight, one.is_loudest) for one in settings.segments)
    entries = tuple((one.key, one.title, one.estimate, tuple(one.evidence)) for one in state.entries)
    return _market(state.seed, segments, entries, settings.wishes, settings.sprints)


@lru_cache(maxsize=64)
def _market(
    seed: str,
    segments: tuple[Segment, ...],
    entries: tuple[tuple[str, str, float | None, tuple[str, ...]], ...],
    wishes: tuple[str, ...],
    sprints: int,
) -> Market:
    items = tuple(Item(key, title, estimate, frozenset(proofs)) for key, title, estimate, proofs in entries)
    return Market(seed, segments, items, wishes, Terms(sprints=sprints))


def played(state: State, market: Market) -> list[Sprint]:
    return play(market, [Plan(tuple(one.order), tuple(one.tests), one.forecast) for one in state.plans])


def coming(state: State) -> int:
    """The number of the Sprint that is planned now, from 1."""
    return len(state.plans) + 1


def is_over(state: State, settings: Settings) -> bool:
    return len(state.plans) >= settings.sprints


def delivered(state: State, market: Market) -> dict[str, int]:
    """Item → the Sprint in which it was delivered."""
    return {key: sprint.number for sprint in played(state, market) for key in sprint.delivered}


def tested(state: State) -> frozenset[str]:
    """Items that were tested: what a test shows is known at once, what it costs is taken from the coming Sprint."""
    return frozenset([key for plan in state.plans for key in plan.tests] + state.tests)


def open_items(state: State, market: Market) -> list[str]:
    """What can be planned now, in the team's order; what customers asked for lately stands at the end."""
    done, here = delivered(state, market), {item.key for item in market.available(coming(state))}
    known = [key for key in state.order if key in here and key not in done]
    return known + [key for key in sorted(here) if key not in done and key not in state.order]


def finished(state: State, market: Market) -> State:
    """With what the best possible order, the naive ones and chance would have earned."""
    found = best(market)
    naive = [Curve(name, [float(total) for total in course(market, HABITS[name])]) for name in NAIVE]
    final = Final(totals(market, found.done), found.done, found.bound, found.is_exact, naive, chances(market))
    return with_(state, final=final)
