"""Dates that certificates live by. Validity is inclusive to the day in the body's zone."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``first`` to ``final``, both days included; ``final`` None never ends."""

    first: date
    final: date | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.final is None or day <= self.final)


# A night asks this millions of times about some thousands of days.
@lru_cache(maxsize=10_000)
def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day where it is shorter (29 Feb → 28 Feb)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def day_in(zone: str, instant: datetime) -> date:
    """The calendar day of an aware instant in an IANA zone."""
    return instant.astimezone(ZoneInfo(zone)).date()


def end_of_day(zone: str, day: date) -> datetime:
    """The last second of ``day`` in an IANA zone, aware."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=ZoneInfo(zone))
    return datetime.fromtimestamp(midnight.timestamp() - 1, tz=ZoneInfo(zone))
