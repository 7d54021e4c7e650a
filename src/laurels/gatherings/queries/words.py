"""When and where, in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.gatherings.models import Gathering, Series
from laurels.gatherings.rules.dates import nth_of


def when_in_words(gathering: Gathering) -> str:
    """``Thursday 10 December 2026, 18:00–19:00 (Europe/Lisbon)``."""
    start, end = gathering.local_start, gathering.local_end
    return f"{date_format(start, 'l j F Y')}, {start:%H:%M}–{end:%H:%M} ({gathering.zone})"


def where_in_words(gathering: Gathering) -> str:
    return gathering.place or _("Online")


def rhythm_in_words(series: Series) -> str:
    """``Every second Thursday of the month, 18:00 (Europe/Lisbon)``."""
    weekday = date_format(series.first_on, "l")
    clock = f"{series.starts:%H:%M} ({series.zone})"
    if series.rhythm == Series.Rhythm.WEEKLY:
        return _("Every %(day)s, %(clock)s") % {"day": weekday, "clock": clock}
    if series.rhythm == Series.Rhythm.FORTNIGHTLY:
        return _("Every other %(day)s, %(clock)s") % {"day": weekday, "clock": clock}
    places = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}
    place = places[series.nth or nth_of(series.first_on)]
    words = _("Every %(nth)s %(day)s of the month, %(clock)s")
    return words % {"nth": place, "day": weekday, "clock": clock}
