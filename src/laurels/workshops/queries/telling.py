"""What people with a seat are told of their workshop, in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from laurels.mail.rules import EMPHASIS, HEADING, LINK
from laurels.programmes.models import Block
from laurels.workshops import rules
from laurels.workshops.models import Edition, ReminderPlan, Workshop
from laurels.workshops.queries.offers import language_name
from laurels.workshops.queries.words import Day, dates_in_words, days_of, zone_in_words


def edition_of(workshop: Workshop, *, number: int, now: datetime) -> Edition:
    """What the workshop says today, not saved."""
    says = {name: getattr(workshop, name) for name in Edition.SAYS if name != "trainers"}
    trainers = sorted(str(trainer) for trainer in workshop.trainers.all())
    return Edition(workshop=workshop, number=number, trainers=trainers, at=now, **says)


def differences(before: Edition, after: Edition) -> list[str]:
    """What changed, old → new, one line each."""
    blocks = list(after.workshop.curriculum.blocks.in_order())
    names = (_("Dates"), _("Hours"), _("Where"), _("Language"), _("Trainers"))
    pairs = zip(names, _said(before, blocks), _said(after, blocks), strict=True)
    return [f"{name}: {old or '–'} → {new or '–'}" for name, old, new in pairs if old != new]


def _said(edition: Edition, blocks: list[Block]) -> tuple[str, ...]:
    then = _as_workshop(edition)
    days = days_of(then, blocks)
    # Without its dates: a summer that begins between two of them changes no hours.
    hours = f"{days[0].hours} {edition.zone}" if days else edition.zone
    where = edition.place or str(Workshop.Mode(edition.mode).label)
    return dates_in_words(then), hours, where, language_name(edition.language), ", ".join(edition.trainers)


def _as_workshop(edition: Edition) -> Workshop:
    return Workshop(starts_on=edition.starts_on, ends_on=edition.ends_on, zone=edition.zone)


def hours_in_words(workshop: Workshop, zone: str) -> str:
    """A line for each day, by the clock of the workshop, and of the reader where theirs shows another time."""
    days = days_of(workshop, workshop.curriculum.blocks.in_order())
    return "\n".join(_hours(workshop, day, zone) for day in days)


def _hours(workshop: Workshop, day: Day, zone: str) -> str:
    there = f"{date_format(day.on, 'l j F Y')}, {day.hours} {zone_in_words(workshop, day.starts)}"
    starts, ends = day.starts.astimezone(ZoneInfo(zone)), day.ends.astimezone(ZoneInfo(zone))
    is_elsewhere = workshop.mode == Workshop.Mode.ONLINE and starts.utcoffset() != day.starts.utcoffset()
    # Nobody has said where they are until they chose a zone: UTC is what an account begins with.
    if zone == "UTC" or not is_elsewhere:
        return there
    on = "" if starts.date() == day.on else f"{date_format(starts, 'l j F')}, "
    return _("%(there)s – for you %(on)s%(hours)s %(zone)s") % {
        "there": there,
        "on": on,
        "hours": f"{starts:%H:%M}–{ends:%H:%M}",
        "zone": zone,
    }


def joining_of(workshop: Workshop) -> str:
    """The joining instructions as they were written; empty where there are none."""
    joining = getattr(workshop, "joining", None)
    return joining.text if joining else ""


def joining_drawn(workshop: Workshop) -> SafeString:
    """The same as HTML, for people with a seat and those who run it."""
    text = joining_of(workshop)
    return mark_safe(rules.drawn(text)) if text else SafeString("")


def joining_in_plain(workshop: Workshop) -> str:
    """The same for letters and calendars: links become ``Label: address``, marks of emphasis go."""
    return HEADING.sub("", EMPHASIS.sub(r"\2", LINK.sub(r"\1: \2", joining_of(workshop)))).strip()


def reminder_plan(workshop: Workshop) -> ReminderPlan:
    """The provider's, else the one that a new provider has."""
    return getattr(workshop.provider, "reminder_plan", None) or ReminderPlan(provider=workshop.provider)
