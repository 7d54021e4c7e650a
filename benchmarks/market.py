"""The Sprint market played thousands of times: does good ordering pay, and how much is luck?

No times here: the figures are of the game itself, so that its parameters can be tuned (``docs/sprint-market.md``).
"""

import random
from statistics import mean, median, pvariance

from benchmarks.figures import Row
from laurels.rooms.kinds.market.model.best import best
from laurels.rooms.kinds.market.model.market import CRITERIA, OUTCOME, Item, Market, Segment
from laurels.rooms.kinds.market.model.orders import BIGGEST, CAREFUL, ENTERED, HABITS, LOUDEST, chance, course
from laurels.rooms.kinds.market.model.play import Plan, play
from laurels.rooms.kinds.market.model.sight import look_at

SEGMENTS = (Segment("a", "Regulars", 0.5), Segment("b", "Newcomers", 0.3), Segment("c", "The loud few", 0.2, True))
WISHES = tuple(f"Wish {nth}" for nth in range(6))
SIZES = (1, 2, 3, 5, 8, 13)


def measure(scale: float) -> list[Row]:
    games = [game(seed) for seed in range(max(60, int(400 * scale)))]
    careful = [one[CAREFUL] for one in games]
    lucky = [one["chance"] for one in games]
    ratio = [a / b for a, b in zip(careful, lucky, strict=True)]
    share = [a / one["best"] for a, one in zip(careful, games, strict=True)]
    naive = {name: mean(one[name] / one["chance"] for one in games) for name in (ENTERED, BIGGEST, LOUDEST)}
    return [
        Row(
            f"market: careful order in {len(games)} games",
            f"×{median(ratio):.2f} of chance (median)",
            f"entered ×{naive[ENTERED]:.2f}, biggest ×{naive[BIGGEST]:.2f}, loudest ×{naive[LOUDEST]:.2f}",
            f"{median(share):.0%} of the best",
            "≥ ×1.3",
        ),
        Row(
            "market: careful beats the average of chance",
            f"{sum(one > 1 for one in ratio) / len(ratio):.0%} of games",
            f"bound proven exact in {mean(one['exact'] for one in games):.0%}",
            "",
            "≥ 95 %",
        ),
        Row("market: choice or luck", f"{skill(scale):.0%} of the differences are the order's", "", "", "≥ 50 %"),
        Row("market: testing two items a Sprint", f"×{testing(scale):.2f} of careful without tests", "", "", "≥ ×1"),
    ]


def market(seed: int) -> Market:
    """A backlog as a class brings it: most items sized, some with outcome and criteria."""
    luck = random.Random(seed)
    proofs = ((), (OUTCOME,), (OUTCOME, CRITERIA))
    items = tuple(
        Item(f"i{nth}", f"Item {nth}", float(luck.choice(SIZES)), frozenset(luck.choice(proofs))) for nth in range(14)
    )
    return Market(str(seed), SEGMENTS, items, WISHES)


def game(seed: int) -> dict[str, float]:
    one = market(seed)
    found = best(one)
    ends = {name: float(course(one, HABITS[name])[-1]) for name in (CAREFUL, ENTERED, BIGGEST, LOUDEST)}
    luck = mean(chance(one, number)[-1] for number in range(50))
    return {**ends, "chance": luck, "best": float(found.total), "exact": float(found.is_exact)}


def skill(scale: float) -> float:
    """One backlog, many orders and many lucks: the share of the variance that the order explains."""
    lucks, kinds_of_order = max(20, int(60 * scale)), 30
    table = []
    for luck in range(lucks):
        one = market(luck)
        earned = [chance(one, number)[-1] for number in range(kinds_of_order)]
        earned += [course(one, habit)[-1] for habit in HABITS.values()]
        table.append([value / mean(earned) for value in earned])
    within = mean(pvariance(row) for row in table)
    # The same habits again with other luck on the same items: what changes then is luck alone.
    again = mean(pvariance(column) for column in zip(*_again(lucks), strict=True))
    return within / (within + again)


def _again(lucks: int) -> list[list[float]]:
    """The careful order of one backlog under other capacities and arrivals, relative to its mean."""
    rows = []
    for seed in range(lucks):
        one = market(seed)
        row = []
        for weather in range(8):
            other = Market(f"{seed}-{weather}", SEGMENTS, one.backlog, WISHES)
            row.append(course(other, HABITS[CAREFUL])[-1] / mean(chance(other, number)[-1] for number in range(20)))
        rows.append([value / mean(row) for value in row])
    return rows


def testing(scale: float) -> float:
    """Careful with two tests in each of the first two Sprints, of what is least clear, against careful without."""
    found = []
    for seed in range(max(60, int(300 * scale))):
        one = market(seed)
        found.append(_tested(one) / course(one, HABITS[CAREFUL])[-1])
    return mean(found)


def _tested(one: Market) -> float:
    plans: list[Plan] = []
    known: frozenset[str] = frozenset()
    for sprint in range(1, one.terms.sprints + 1):
        done = {key for each in play(one, plans) for key in each.delivered}
        likely = [key for key in HABITS[CAREFUL](one, sprint, known) if key not in done | known][:7]
        tests = tuple(sorted(likely, key=lambda key: -_width(one, key))[:2]) if sprint <= 2 else ()
        known |= set(tests)
        order = tuple(key for key in HABITS[CAREFUL](one, sprint, known) if key not in done)
        plans.append(Plan(order, tests, 2))
    return float(play(one, plans)[-1].total)


def _width(one: Market, key: str) -> float:
    low, _guess, high = look_at(one, key, is_tested=False).value
    return high - low
