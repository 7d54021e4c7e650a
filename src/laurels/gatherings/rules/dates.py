"""The days of a series, and the instant a local time means."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from dateutil.relativedelta import weekday  # type: ignore[import-untyped]
from dateutil.rrule import MONTHLY, WEEKLY, rrule  # type: ignore[import-untyped]

from laurels.gatherings.models import Series


def days_of(series: Series) -> Iterator[date]:
    """Every day the series means, from its first on; without end where it has none."""
    rule = _rule(series)
    days = (moment.date() for moment in rule)
    until = series.until
    return days if until is None else takewhile(lambda day: day <= until, days)


def _rule(series: Series) -> rrule:
    first = datetime.combine(series.first_on, time())
    if series.rhythm == Series.Rhythm.MONTHLY:
        return rrule(MONTHLY, dtstart=first, byweekday=weekday(series.first_on.weekday())(series.nth or 1))
    return rrule(WEEKLY, dtstart=first, interval=2 if series.rhythm == Series.Rhythm.FORTNIGHTLY else 1)


def nth_of(day: date) -> int:
    """Which of its weekday in the month ``day`` is; the fifth counts as the last."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth <= 4 else -1


def instant(on: date, at: time, zone: str) -> datetime:
    """The instant of a wall clock's time. A time that the clocks skip is the same while later; of two, the first."""
    local = datetime.combine(on, at, tzinfo=ZoneInfo(zone))
    # A skipped time has no instant of its own: going through UTC moves it behind the gap.
    return datetime.fromtimestamp(local.timestamp(), tz=ZoneInfo("UTC"))


def ahead(series: Series, today: date, months: int = 3) -> list[date]:
    """The days of the next months that stand in the calendar."""
    horizon = today + timedelta(days=31 * months)
    return [day for day in takewhile(lambda one: one <= horizon, days_of(series)) if day >= today]
