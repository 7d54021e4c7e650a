"""When somebody may be reminded of a step they hold up."""

from collections.abc import Set
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from laurels.journey.rules.steps import Holder, Key, Step
from laurels.kernel.refusal import Refusal

NUDGE_AFTER: dict[Key, int] = {
    Key.PAID: 14,
    Key.ATTENDED: 2,
    Key.NAMED: 3,
    Key.ATTESTED: 3,
    Key.SIGNED: 3,
    Key.RECEIVED: 3,
    Key.READY: 14,
    Key.INVITED: 5,
    Key.OPENED: 7,
    Key.ACCEPTED: 7,
}
"""Days after which a step counts as waiting too long. Ours: trainers are asked to send rosters within days, bodies
say "up to a week", and an order is due after 14 days."""
NUDGE_REST = timedelta(days=3)
"""After a reminder the same step has rest."""
BY_LETTER = {Key.OPENED, Key.ACCEPTED}
"""Here the reminder is the invitation itself, sent again; the learner may ask for it at once."""


def is_overdue(step: Step, today: date) -> bool:
    return step.key in NUDGE_AFTER and step.is_open and step.days(today) >= NUDGE_AFTER[step.key]


def is_askable(step: Step, today: date, readers: Set[Holder]) -> bool:
    """Whether a page offers the reminder to somebody who is ``readers`` here: nobody reminds themselves."""
    if step.holder in readers:
        return step.is_open and step.key in BY_LETTER
    return is_overdue(step, today)


def why_not_nudge(
    step: Step, *, readers: Set[Holder], is_staff: bool, latest: datetime | None, now: datetime, today: date
) -> Refusal | None:
    """``readers``: what the asker is on this way; ``is_staff``: at the provider; ``latest``: the reminder before."""
    if not (readers or is_staff):
        return Refusal("not-yours", _("Only the people of this journey can send reminders."))
    if not step.is_open or step.holder is Holder.LAURELS:
        return Refusal("not-waiting", _("Nobody holds this step up, so there is nobody to remind."))
    if latest and now < latest + NUDGE_REST:
        words = _("A reminder went out on %(day)s. Give it three days, then send another.")
        return Refusal("nudged-lately", words % {"day": date_format(latest.date(), "j F")})
    if step.holder in readers and step.key not in BY_LETTER:
        return Refusal("own-turn", _("It is your own turn, so there is nobody else to remind."))
    if not is_askable(step, today, readers):
        days = NUDGE_AFTER[step.key]
        words = ngettext(
            "It is too early for a reminder: this step may take %(days)s day.",
            "It is too early for a reminder: this step may take %(days)s days.",
            days,
        )
        return Refusal("too-early", words % {"days": days})
    return None
