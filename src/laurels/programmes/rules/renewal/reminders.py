"""On which days before and after an end a policy writes. The only place that works them out."""

from datetime import date, timedelta

from laurels.kernel.periods import add_months
from laurels.programmes.rules.renewal.conditions import Conditions

# Where a policy names no days: three months, a month, a week before the end, and soon after it. Of the sources only
# SA-OTHER18 names one (90 days before), WATERMARK three months.
DAYS = (90, 30, 7, -1, -60)


def reminder_days(rules: Conditions, ends_on: date | None = None) -> tuple[int, ...]:
    """Days before the end, below zero after it, the earliest first. Months are so many days as they have before that
    end, the most they can have where none is given."""
    before, after, months = rules.reminder_days, rules.reminder_days_after, rules.reminder_months
    if before is None and after is None and months is None:
        return DAYS
    days = {*(before or ()), *(-day for day in after or ())}
    if months is not None:
        days.add((ends_on - add_months(ends_on, -months)).days if ends_on else months * 31)
    return tuple(sorted(days, reverse=True))


def is_reminder_due(rules: Conditions, ends_on: date | None, on: date) -> bool:
    """Whether the first reminder before the end has come, and the end has not."""
    if ends_on is None or on > ends_on:
        return False
    first = next(iter(reminder_days(rules, ends_on)), -1)
    return first >= 0 and on >= ends_on - timedelta(days=first)
