"""Whether a workshop will be held: how many have booked of how many it takes, and by when that is said."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.workshops.models import Workshop

ASKED_BEFORE = timedelta(days=3)
SURE = {Workshop.State.CONFIRMED, Workshop.State.RUNNING}


@dataclass(frozen=True, slots=True)
class Running:
    """``words`` are for everybody; empty where nothing was promised. ``is_due`` is what staff have to decide now."""

    words: str
    is_sure: bool = False
    has_enough: bool = False
    decide_on: date | None = None
    is_due: bool = False
    is_soon: bool = False


def running(workshop: Workshop, booked: int, *, today: date) -> Running:
    """From the state and the sale of the workshop (loaded with it); ``booked`` are its filled seats and places."""
    if workshop.state in SURE:
        return Running(_("Will be held"), is_sure=True)
    sale = getattr(workshop, "sale", None)
    if sale is None or workshop.state != Workshop.State.ANNOUNCED or not (sale.minimum or sale.decide_on):
        return Running("")
    on = sale.decide_on
    return Running(
        words=" – ".join(words for words in (_booked(booked, sale.minimum), _by_when(on, today)) if words),
        has_enough=bool(sale.minimum) and booked >= sale.minimum,
        decide_on=on,
        is_due=on is not None and today >= on,
        is_soon=on is not None and today >= on - ASKED_BEFORE,
    )


def _booked(booked: int, minimum: int | None) -> str:
    if not minimum:
        return ""
    words = (
        _("%(booked)d booked, %(minimum)d are enough") if booked >= minimum else _("%(booked)d of %(minimum)d booked")
    )
    return words % {"booked": booked, "minimum": minimum}


def _by_when(on: date | None, today: date) -> str:
    if on is None:
        return _("confirmed once enough have booked")
    if today > on:
        return _("the provider is about to decide")
    return _("confirmed on %(day)s at the latest") % {"day": date_format(on, "j F Y")}
