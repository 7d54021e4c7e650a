"""Months and days of a seller, as instants."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from laurels.kernel.periods import add_months
from laurels.people.models import Organisation


def month_between(seller: Organisation, day: date) -> tuple[datetime, datetime]:
    """The first instant of the month of ``day`` where the seller is, and the first of the next."""
    first = day.replace(day=1)
    return days_between(seller, first, add_months(first, 1) - timedelta(days=1))


def days_between(seller: Organisation, first: date, final: date) -> tuple[datetime, datetime]:
    """From the beginning of ``first`` to the end of ``final``, where the seller is."""
    zone = ZoneInfo(seller.zone)
    return datetime.combine(first, time(), zone), datetime.combine(final + timedelta(days=1), time(), zone)
