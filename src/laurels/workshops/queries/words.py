"""A workshop's dates, hours and place as people say them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.programmes.models import Block
from laurels.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a workshop in wall-clock times of its zone."""

    on: date
    starts: datetime
    ends: datetime
    blocks: tuple[tuple[datetime, Block], ...]

    @property
    def hours(self) -> str:
        """From when to when by the clock on the wall, which templates would turn into UTC."""
        return f"{self.starts:%H:%M}–{self.ends_clock}"

    @property
    def ends_clock(self) -> str:
        return f"{self.ends:%H:%M}"


def days_of(workshop: Workshop, blocks: Iterable[Block]) -> list[Day]:
    """The workshop's days with their agenda; ``blocks`` are the curriculum's, in order."""
    zone = ZoneInfo(workshop.zone)
    by_day: dict[int, list[tuple[datetime, Block]]] = {}
    for block in blocks:
        on = workshop.starts_on + timedelta(days=block.day - 1)
        by_day.setdefault(block.day, []).append((datetime.combine(on, block.starts, tzinfo=zone), block))
    return [_day(lines) for _number, lines in sorted(by_day.items())]


def _day(lines: list[tuple[datetime, Block]]) -> Day:
    # Adding to an aware datetime moves its wall clock, which is what an agenda means, also on a day of 23 hours.
    ends = max(at + timedelta(minutes=block.minutes) for at, block in lines)
    return Day(lines[0][0].date(), min(at for at, _block in lines), ends, tuple(lines))


def dates_in_words(workshop: Workshop) -> str:
    """``15–16 April 2026`` and the like."""
    first, final = workshop.starts_on, workshop.ends_on
    if first == final:
        return date_format(first, "j F Y")
    if (first.year, first.month) == (final.year, final.month):
        return f"{first.day}–{date_format(final, 'j F Y')}"
    shape = "j F" if first.year == final.year else "j F Y"
    return f"{date_format(first, shape)} – {date_format(final, 'j F Y')}"


def place_in_words(workshop: Workshop) -> str:
    """Where to go, for those who have a seat: the address or the link."""
    if workshop.place:
        return workshop.place
    return _("Online; the link comes before the first day") if workshop.mode == Workshop.Mode.ONLINE else ""


def zone_in_words(workshop: Workshop, at: datetime) -> str:
    """``Europe/Berlin (UTC+2)`` at that moment."""
    offset = at.utcoffset() or timedelta()
    sign, minutes = "−" if offset < timedelta() else "+", abs(offset) // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    return f"{workshop.zone} (UTC{sign}{hours}{f':{rest:02}' if rest else ''})"


def midday(workshop: Workshop) -> datetime:
    """A moment of the first day, for offsets when there is no agenda."""
    return datetime.combine(workshop.starts_on, time(12), tzinfo=ZoneInfo(workshop.zone))
