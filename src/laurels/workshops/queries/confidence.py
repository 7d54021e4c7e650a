"""How sure a class feels: one person's own picture, and the means of all for the trainers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from statistics import fmean

from django.db.models import Count, Sum

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.programmes.models import Objective
from laurels.workshops import rules
from laurels.workshops.models import Confidence, Seat, Workshop
from laurels.workshops.queries.words import dates_in_words

BEFORE, AFTER = Confidence.Moment.BEFORE, Confidence.Moment.AFTER
# The plot in its own units: one row of it, and where 1 and 5 lie.
ROW, HEAD, LEFT, RIGHT = 52, 24, 12, 348

type Values = Mapping[tuple[str, str], float]  # by moment and code


@dataclass(frozen=True, slots=True)
class Point:
    """How sure before and after; None where nobody said, or too few."""

    title: str
    code: str
    before: float | None
    after: float | None

    @property
    def gain(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class Group:
    mean: Point
    lines: list[Point]


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """A row of the plot: where its words, its line and its dots lie."""

    title: str
    text_y: int
    y: int
    before_x: float | None
    after_x: float | None


@dataclass(frozen=True, slots=True)
class Plot:
    height: int
    ticks: list[tuple[int, float]]
    rows: list[Dumbbell]


@dataclass(frozen=True, slots=True)
class Picture:
    """The same figures as a plot of the groups and as tables of their lines."""

    groups: list[Group]
    plot: Plot

    @property
    def has_both(self) -> bool:
        return any(group.mean.gain is not None for group in self.groups)


@dataclass(frozen=True, slots=True)
class ConfidencePage:
    """``moment`` is the one that can be answered now, empty if none; ``picture`` is there once something was said."""

    seat: Seat
    workshop: Workshop
    dates: str
    objectives: list[tuple[str, list[Objective]]]
    moment: str
    said: list[Confidence]
    picture: Picture | None
    why_not: Refusal | None


@dataclass(frozen=True, slots=True)
class ClassConfidence:
    """``before`` and ``after`` count the people who have answered; without ``picture`` they are too few."""

    workshop: Workshop
    dates: str
    seats: int
    before: int
    after: int
    needed: int
    picture: Picture | None


def confidence_page(seat: Seat, *, by: Actor, now: datetime) -> ConfidencePage:
    """Two queries, however many objectives there are."""
    workshop = seat.workshop
    moment = rules.moment_of(workshop, now) or ""
    objectives = list(workshop.curriculum.objectives.in_order())
    said = list(Confidence.objects.filter(seat=seat).order_by("pk"))
    values = {(row.moment, row.code): float(row.value) for row in said}
    return ConfidencePage(
        seat=seat,
        workshop=workshop,
        dates=dates_in_words(workshop),
        objectives=_grouped(objectives),
        moment=moment,
        said=[row for row in said if row.moment == moment],
        picture=_picture(objectives, values),
        why_not=rules.why_not_say(seat, workshop, moment, by=by, now=now),
    )


def class_confidence(workshop: Workshop) -> ClassConfidence:
    """Means of every line that at least three people have answered; a group's is the mean of its lines."""
    objectives = list(workshop.curriculum.objectives.in_order())
    said = Confidence.objects.of_class(workshop).order_by()
    people = dict(said.values_list("moment").annotate(Count("seat", distinct=True)))
    sums = said.values_list("moment", "code").annotate(Sum("value"), Count("pk"))
    values = {(moment, code): total / count for moment, code, total, count in sums if count >= rules.LEAST_PEOPLE}
    return ClassConfidence(
        workshop=workshop,
        dates=dates_in_words(workshop),
        seats=workshop.count_filled(),
        before=people.get(BEFORE, 0),
        after=people.get(AFTER, 0),
        needed=rules.LEAST_PEOPLE,
        picture=_picture(objectives, values),
    )


def _grouped(objectives: Sequence[Objective]) -> list[tuple[str, list[Objective]]]:
    return [(title, list(found)) for title, found in groupby(objectives, attrgetter("category"))]


def _picture(objectives: Sequence[Objective], values: Values) -> Picture | None:
    groups = [_group(title, found, values) for title, found in _grouped(objectives)]
    groups = [group for group in groups if group.mean.before is not None or group.mean.after is not None]
    return Picture(groups, _plot(groups)) if groups else None


def _group(title: str, objectives: Sequence[Objective], values: Values) -> Group:
    lines = [
        Point(one.text, one.code, values.get((BEFORE, one.code)), values.get((AFTER, one.code))) for one in objectives
    ]
    mean = Point(title, "", _mean([line.before for line in lines]), _mean([line.after for line in lines]))
    return Group(mean, lines)


def _mean(values: Sequence[float | None]) -> float | None:
    given = [value for value in values if value is not None]
    return fmean(given) if given else None


def _plot(groups: Sequence[Group]) -> Plot:
    rows = [_dumbbell(group.mean, HEAD + nth * ROW) for nth, group in enumerate(groups)]
    return Plot(HEAD + len(groups) * ROW, [(value, _x(value)) for value in rules.SCALE], rows)


def _dumbbell(mean: Point, top: int) -> Dumbbell:
    before, after = (None if value is None else _x(value) for value in (mean.before, mean.after))
    return Dumbbell(mean.title, top + 16, top + 34, before, after)


def _x(value: float) -> float:
    low, high = rules.SCALE[0], rules.SCALE[-1]
    return round(LEFT + (value - low) / (high - low) * (RIGHT - LEFT), 1)
