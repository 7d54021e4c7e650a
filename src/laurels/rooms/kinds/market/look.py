"""What of a Sprint market is drawn: what a team may know, what customers said, and at the end how it came out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from laurels.rooms.kinds.market import game
from laurels.rooms.kinds.market.model.market import POINT, Market
from laurels.rooms.kinds.market.model.orders import BIGGEST, ENTERED, LOUDEST
from laurels.rooms.kinds.market.model.play import Sprint
from laurels.rooms.kinds.market.model.sight import look_at
from laurels.rooms.kinds.market.state import Final, Settings, State
from laurels.rooms.kinds.market.voices import voices
from laurels.rooms.kinds.scene import Eyes, Hand, Offer, Part, Section, Stage

WIDTH, HEIGHT, LEFT, TOP = 600, 300, 50, 20
TEAM_CURVES = 6
NAMES = {
    ENTERED: gettext_lazy("As it was entered"),
    BIGGEST: gettext_lazy("Biggest first"),
    LOUDEST: gettext_lazy("What the loudest want"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the team sees it: guesses with their ranges, never what it is truly worth."""

    key: str
    title: str
    number: int
    value: str
    size: str
    is_urgent: bool
    is_tested: bool
    is_new: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Review:
    """What came of a Sprint, in numbers and in customers' words."""

    number: int
    delivered: tuple[str, ...]
    forecast: int
    worth: int
    total: int
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A curve of the chart: ``points`` for the picture, ``totals`` for the table beside it."""

    name: str
    css: str
    points: str
    totals: tuple[int, ...]


def part(name: str, stage: Stage, eyes: Eyes) -> Part | None:
    return Part("market/parts/canvas.html", _canvas(stage)) if name == "canvas" else None


def own(stage: Stage, hand: Hand) -> Part:
    state, settings = stage.state, stage.settings
    context = {
        "may": {verb: stage.allows(verb) for verb in ("forecast", "run", "note")},
        "is_over": game.is_over(state, settings),
        "sprint": game.coming(state),
        "forecast": state.forecast,
        "most": len(game.open_items(state, game.market_of(state, settings))),
    }
    return Part("market/parts/own.html", context)


def sheet(card_id: str, stage: Stage, hand: Hand) -> Part | None:
    row = next((row for row in rows(stage) if row.key == card_id), None)
    if row is None:
        return None
    may = {verb: stage.allows(verb) for verb in ("move", "test")}
    return Part("market/parts/sheet.html", {"row": row, "may": may, "count": len(rows(stage))})


def offers(stage: Stage) -> list[Offer]:
    """The adapted backlog in its order, and what was delivered; only items that lie there as cards."""
    state, market = stage.state, game.market_of(stage.state, stage.settings)
    done = game.delivered(state, market)
    kept = [key for key in game.open_items(state, market) if key in stage.cards]
    return [Offer(key, "top") for key in kept] + [Offer(key, "done") for key in done if key in stage.cards]


def outline(stage: Stage) -> list[Section]:
    found = reviews(stage)
    if not found:
        return []
    table = tuple((str(one.number), ", ".join(one.delivered), str(one.forecast), str(one.total)) for one in found)
    columns = (_("Sprint"), _("Delivered"), _("Forecast"), _("Value in all"))
    words = tuple(debrief(stage)) if stage.state.final else ()
    notes = tuple(stage.cards[id_].text for id_ in stage.state.notes if id_ in stage.cards)
    return [Section(stage.plan.title, columns=columns, rows=table, words=words, points=notes)]


def rows(stage: Stage) -> list[Row]:
    state, market = stage.state, game.market_of(stage.state, stage.settings)
    if game.is_over(state, stage.settings):
        return []
    known, open_ = game.tested(state), game.open_items(state, market)
    return [_row(key, nth, len(open_), state, market, known) for nth, key in enumerate(open_, start=1)]


def _row(key: str, number: int, count: int, state: State, market: Market, known: frozenset[str]) -> Row:
    seen, item = look_at(market, key, is_tested=key in known), market.items[key]
    return Row(
        key=key,
        title=item.title,
        number=number,
        value=_range(*seen.value),
        size=_range(*seen.size),
        is_urgent=seen.is_urgent,
        is_tested=key in known,
        is_new=bool(item.arrives) and item.arrives == len(state.plans),
        is_last=number == count,
    )


def _range(low: float, guess: float, high: float) -> str:
    return f"{guess:.0f} ({low:.0f}–{high:.0f})"


def reviews(stage: Stage) -> list[Review]:
    market = game.market_of(stage.state, stage.settings)
    sprints = game.played(stage.state, market)
    return [_review(sprints, nth, stage.state, market) for nth in range(len(sprints))]


def _review(sprints: Sequence[Sprint], nth: int, state: State, market: Market) -> Review:
    sprint = sprints[nth]
    titles = tuple(market.items[key].title for key in sprint.delivered)
    forecast = state.plans[sprint.number - 1].forecast
    return Review(
        sprint.number, titles, forecast, sum(sprint.earned), sprint.total, tuple(voices(sprints, nth, market))
    )


def _canvas(stage: Stage) -> dict[str, Any]:
    state, settings = stage.state, stage.settings
    market = game.market_of(state, settings)
    return {
        "rows": rows(stage),
        "reviews": list(reversed(reviews(stage))),
        "sprint": game.coming(state),
        "sprints": settings.sprints,
        "capacity": f"{market.middle_capacity / POINT:.0f}",
        "tests": len(state.tests),
        "test_cost": f"{market.test_cost / POINT:.1f}",
        "forecast": state.forecast,
        "may": {verb: stage.allows(verb) for verb in ("move", "test")},
        "lines": chart(state, market) if state.final else [],
        "band": _band(state.final, _top(state, market)) if state.final else "",
        "axis": _axis(settings),
        "debrief": debrief(stage) if state.final else [],
        "notes": [stage.cards[id_] for id_ in state.notes if id_ in stage.cards],
    }


def chart(state: State, market: Market) -> list[Line]:
    """The team beside the best possible order, naive orders and the mean of chance."""
    final = state.final
    if final is None:
        return []
    top, mine = _top(state, market), [sprint.total for sprint in game.played(state, market)]
    curves = [(_("Your team"), "team", mine), (_("Best possible order"), "best", final.best)]
    curves += [(str(NAMES[one.name]), one.name, [round(each) for each in one.totals]) for one in final.naive]
    curves += [(_("Chance, on average"), "chance", [round(mean) for _low, mean, _high in final.chance])]
    return [Line(name, css, _points([float(one) for one in line], top), tuple(line)) for name, css, line in curves]


def together(stages: Sequence[Stage]) -> Part | None:
    """Teams side by side as soon as two have played to the end: percent of the best order that each one had."""
    ended = [stage for stage in stages if stage.state.final]
    lines = [_share(stage, nth) for nth, stage in enumerate(ended, start=1)] if len(ended) > 1 else []
    return Part("market/parts/together.html", {"lines": lines, "axis": _axis(ended[0].settings) if lines else []})


def _share(stage: Stage, nth: int) -> Line:
    market = game.market_of(stage.state, stage.settings)
    best_ = max(1, stage.state.final.best[-1])
    shares = [100 * sprint.total / best_ for sprint in game.played(stage.state, market)]
    css = f"team-{(nth - 1) % TEAM_CURVES + 1}"
    return Line(stage.team or str(nth), css, _points(shares, 100.0), tuple(round(one) for one in shares))


def _top(state: State, market: Market) -> float:
    final = state.final
    return max(1.0, float(final.best[-1]), float(game.played(state, market)[-1].total)) if final else 1.0


def _points(line: list[float], top: float) -> str:
    spots = [(0, 0.0), *enumerate(line, start=1)]
    return " ".join(f"{_x(nth, len(line)):.0f},{_y(value, top):.0f}" for nth, value in spots)


def _band(final: Final, top: float) -> str:
    """A polygon: eight of ten random orders run in it."""
    count = len(final.chance)
    lower = [(nth, low) for nth, (low, _mean, _high) in enumerate(final.chance, start=1)]
    upper = [(nth, high) for nth, (_low, _mean, high) in enumerate(final.chance, start=1)]
    around = [(0, 0.0), *upper, *reversed(lower)]
    return " ".join(f"{_x(nth, count):.0f},{_y(value, top):.0f}" for nth, value in around)


def _x(nth: int, count: int) -> float:
    return LEFT + (WIDTH - LEFT - 20) * nth / count


def _y(value: float, top: float) -> float:
    return HEIGHT - 30 - (HEIGHT - 30 - TOP) * value / top


def _axis(settings: Settings) -> list[tuple[int, int]]:
    return [(nth, round(_x(nth, settings.sprints))) for nth in range(1, settings.sprints + 1)]


def debrief(stage: Stage) -> list[str]:
    """What made the difference, most telling first."""
    state, market = stage.state, game.market_of(stage.state, stage.settings)
    final = state.final
    if final is None:
        return []
    mine, best_ = game.played(state, market)[-1].total, final.best[-1]
    mean = final.chance[-1][1]
    words = _(
        "You earned %(mine)s: %(share)s %% of what the best possible order would have (%(best)s). Chance: %(mean)s."
    )
    found = [
        words % {"mine": mine, "share": round(100 * mine / best_) if best_ else 100, "best": best_, "mean": round(mean)}
    ]
    found += _late(state, market, final) + _tests(state, market) + _forecasts(state, market)
    return found


def _late(state: State, market: Market, final: Final) -> list[str]:
    """The item whose lateness cost most against the best order."""
    done = game.delivered(state, market)
    lost = {
        key: market.yields(key, sprint) - (market.yields(key, done[key]) if key in done else 0)
        for key, sprint in final.best_done.items()
    }
    key = max(lost, key=lambda one: (lost[one], one), default="")
    if not key or lost[key] <= 0:
        return [_("Nothing came too late: the order could hardly have been better.")]
    when = _("in Sprint %s") % done[key] if key in done else _("never")
    words = _(
        "“%(what)s” came %(when)s. In Sprint %(best)s it would have earned %(more)s more: the dearest wait of all."
    )
    return [words % {"what": market.items[key].title, "when": when, "best": final.best_done[key], "more": lost[key]}]


def _tests(state: State, market: Market) -> list[str]:
    """The test that changed a guess most."""
    known = game.tested(state)
    if not known:
        return [_("You tested nothing: every order rested on guesses.")]
    moved = {
        key: look_at(market, key, is_tested=True).value[1] - look_at(market, key, is_tested=False).value[1]
        for key in known
    }
    key = max(moved, key=lambda one: (abs(moved[one]), one))
    more_or_less = _("more") if moved[key] > 0 else _("less")
    words = _("The test of “%(what)s” told you most: it was worth %(much)s %(way)s each Sprint than it looked.")
    return [words % {"what": market.items[key].title, "much": round(abs(moved[key])), "way": more_or_less}]


def _forecasts(state: State, market: Market) -> list[str]:
    hits = sum(len(one.delivered) == state.plans[one.number - 1].forecast for one in game.played(state, market))
    return [_("Your forecast was right in %(hits)s of %(all)s Sprints.") % {"hits": hits, "all": len(state.plans)}]
