"""When people with a seat are reminded, and what those who run a workshop may tell them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import nh3
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation
from laurels.workshops.models import Reminder, ReminderPlan, Workshop
from laurels.workshops.rules.moves import why_not_run

MORNING = time(8)
LONGEST_JOINING = 5000
DAYS = range(1, 61)
TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "hr"}
State = Workshop.State
type Point = tuple[Reminder.Kind, datetime]


def points(workshop: Workshop, plan: ReminderPlan) -> list[Point]:
    """When which reminder is due: on the morning of its day, where the workshop is. Earliest first."""
    planned = {
        Reminder.Kind.PREPARE: plan.prepare_days,
        Reminder.Kind.JOINING: plan.joining_days,
        Reminder.Kind.EVE: plan.eve_days,
    }
    found = [(kind, morning(workshop, days)) for kind, days in planned.items() if days is not None]
    return sorted(found, key=lambda point: point[1])


def due_point(workshop: Workshop, plan: ReminderPlan, now: datetime) -> Point | None:
    """The latest point that has passed: whatever was due before it is not caught up with. None outside the time."""
    if now >= morning(workshop, 0):
        return None
    passed = [point for point in points(workshop, plan) if point[1] <= now]
    return passed[-1] if passed else None


def morning(workshop: Workshop, days: int) -> datetime:
    """Eight o'clock where the workshop is, so many days before its first."""
    return datetime.combine(workshop.starts_on - timedelta(days=days), MORNING, tzinfo=ZoneInfo(workshop.zone))


def why_not_tell_joining(workshop: Workshop, text: str | None = None, *, by: Actor) -> Refusal | None:
    """Without a ``text`` this is about the form, with one about the deed."""
    if refusal := why_not_run(workshop, by=by):
        return refusal
    if workshop.state in {State.CLOSED, State.CANCELLED}:
        return Refusal("workshop-over", _("Nobody joins this workshop any more, so nothing is told."))
    if text is not None and len(text) > LONGEST_JOINING:
        words = _("That is more than %(n)d letters. People read this on the way: shorten it.")
        return Refusal("long", words % {"n": LONGEST_JOINING}, "text")
    return None


def why_not_plan_reminders(provider: Organisation, days: dict[str, int | None], *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=provider.pk):
        return Refusal("not-staff", _("Only the provider's staff can do that. Ask them."))
    for name, value in days.items():
        if value is not None and value not in DAYS:
            return Refusal("days", _("Choose a number of days from 1 to 60, or leave it empty."), name)
    told = [value for value in days.values() if value is not None]
    if len(set(told)) < len(told):
        return Refusal("same-day", _("Two reminders on one day are one too many. Choose different days."))
    return None


def drawn(text: str) -> str:
    """Markdown as HTML without pictures, headings or anything that could run."""
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "p"
    html = markdown.renderer.render(tokens, markdown.options, {})
    return nh3.clean(html, tags=TAGS, url_schemes={"http", "https", "mailto", "tel"}, link_rel="noopener noreferrer")
