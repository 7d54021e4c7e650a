"""What a team can know of an item before it is delivered: an honest best guess with its range.

Customers' value is seen through a blur; what earlier work proved makes the blur smaller, and a test smaller still. The
guess is what somebody would reckon who knows the blur (the mean of the posterior distribution), so an item nobody ever
looked into looks ordinary.
"""

from dataclasses import dataclass
from math import exp, log, sqrt

from laurels.rooms.kinds.market.model.luck import bell, stream
from laurels.rooms.kinds.market.model.market import POINT, SHARPENS, Item, Market, Terms, size_blur, size_seen

# Eight times in ten the truth lies within the range.
_TENTH = 1.2816


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of an item: value a Sprint and size in points, each as (low, guess, high)."""

    value: tuple[float, float, float]
    size: tuple[float, float, float]
    is_urgent: bool


def blur(item: Item, terms: Terms) -> float:
    """Deviation of the logarithm of the value as it is seen without a test."""
    return max(terms.blur - sum(SHARPENS.get(proof, 0.0) for proof in item.evidence), terms.blur_after_test)


def look_at(market: Market, key: str, *, is_tested: bool) -> Sight:
    """What the team knows of the item now."""
    item, terms = market.items[key], market.terms
    middle, deviation = _posterior(market, item, is_tested=is_tested)
    felt = sum(one.weight * much for one, much in zip(market.segments, market.appeals[key], strict=True))
    low, high = exp(middle - _TENTH * deviation), exp(middle + _TENTH * deviation)
    value = (felt * low, felt * exp(middle + deviation**2 / 2), felt * high)
    size, wide = size_seen(item, terms), exp(_TENTH * size_blur(item, terms))
    return Sight(value, (size / wide, size, size * wide), market.truths[key].is_urgent)


def _posterior(market: Market, item: Item, *, is_tested: bool) -> tuple[float, float]:
    """Middle and deviation of the logarithm of an item's worth after prior, look and perhaps test."""
    terms = market.terms
    prior, truth = log(terms.worth), _log_worth(market, item.key)
    weights = [(terms.worth_spread**-2, prior)]
    looks = [("look", blur(item, terms))] + [("test", terms.blur_after_test)] * is_tested
    for name, spread in looks:
        error = spread * bell(stream(market.seed, item.key, name))
        weights.append((spread**-2, truth + error))
    total = sum(weight for weight, _ in weights)
    return sum(weight * seen for weight, seen in weights) / total, 1 / sqrt(total)


def _log_worth(market: Market, key: str) -> float:
    felt = sum(one.weight * much for one, much in zip(market.segments, market.appeals[key], strict=True))
    return log(sum(market.truths[key].needs) / felt)


def promise(market: Market, key: str, sprint: int, *, is_tested: bool = False) -> float:
    """What the item may be expected to earn until the end when delivered in ``sprint``."""
    seen, terms = look_at(market, key, is_tested=is_tested), market.terms
    waited = terms.urgent_keeps ** (sprint - 1 - market.items[key].arrives) if seen.is_urgent else 1.0
    return seen.value[1] * waited * sum(terms.ageing**age for age in range(terms.sprints - sprint + 1))


def points(effort: int) -> float:
    return effort / POINT
