"""What may stand in a ledger, and who may write there."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from laurels.education.models import LedgerEntry
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person

HOUR = 60
DAY_MOST = 24 * HOUR


def why_not_report(
    person: Person, title: str, *, on: date, minutes: int, today: date, since: date, by: Actor
) -> Refusal | None:
    """``since`` is the first day of the programme's oldest rules; nothing older can ever count."""
    if by.person_id != person.pk:
        return Refusal("not-yours", _("Only you yourself can write into your ledger."))
    if not title.strip():
        return Refusal("title", _("Say in a few words what it was."), field="title")
    return why_not_entry(on=on, minutes=minutes, today=today, since=since)


def why_not_entry(*, on: date, minutes: int, today: date, since: date) -> Refusal | None:
    if on > today:
        return Refusal("future", _("This day has not come yet. Enter it when it is over."), field="on")
    if on < since:
        words = _("The programme began on %(day)s; what lies before it cannot count.")
        return Refusal("too-old", words % {"day": since.isoformat()}, field="on")
    if not 0 < minutes <= DAY_MOST:
        return Refusal(
            "minutes", _("Between one minute and twenty-four hours. Enter each day by itself."), field="hours"
        )
    return None


def why_not_twice(same: LedgerEntry | None) -> Refusal | None:
    """The same thing on the same day with the same minutes is a second click or a forgotten entry."""
    if same is not None:
        return Refusal("twice", _("This stands in your ledger already, and counts once."), field="title")
    return None


def said_before(lines: Iterable[LedgerEntry], title: str, on: date) -> LedgerEntry | None:
    """Which of the lines that were taken back this says again: the same thing that day, under that title, or then.

    A unit counts once (SA-SUPP-RENEW-C): what a renewal has used is not earned again by taking it back and writing it
    anew. Each line is made up for once, so whoever writes of something else loses no more than they took back.
    """
    wanted, found = _plain(title), list(lines)
    return min(
        (one for one in found if one.on == on or _plain(one.title) == wanted),
        key=lambda one: (one.on != on or _plain(one.title) != wanted, _plain(one.title) != wanted, one.pk),
        default=None,
    )


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def why_not_reverse(entry: LedgerEntry, reason: str, *, is_kept: bool, by: Actor) -> Refusal | None:
    """``is_kept``: the actor is staff of a body at which the owner of the ledger holds something."""
    if not by.is_system and not is_kept and by.person_id != entry.person_id:
        return Refusal("not-yours", _("Only you yourself can take an entry back."))
    if is_kept and not by.is_system and by.person_id != entry.person_id and not reason.strip():
        return Refusal("reason", _("Say why: its owner reads it."), field="reason")
    if entry.takes_back_id is not None:
        return Refusal("is-reversal", _("This line takes another one back. Enter what you did anew instead."))
    return None


def why_not_correct(entry: LedgerEntry, *, is_same: bool, by: Actor) -> Refusal | None:
    """``is_same``: what is to stand there is what stands there already."""
    if by.person_id != entry.person_id:
        return Refusal("not-yours", _("Only you yourself can correct your entries."))
    if entry.takes_back_id is not None or entry.is_taken_back:
        return Refusal("taken-back", _("This entry was taken back already. Enter what you did anew instead."))
    if entry.source != "self":
        words = _("This was not entered by you but recorded for you. Is it wrong? Take it back, or write to the body.")
        return Refusal("recorded", words)
    if is_same:
        return Refusal("same", _("Nothing is different yet. Change what was wrong, then save."))
    return None


def hours_in_words(minutes: int) -> str:
    """``90`` is ``1 h 30 min``."""
    hours, rest = divmod(minutes, HOUR)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def nothing_shown() -> Refusal:
    return Refusal("nothing", _("Add a file, a link or a sentence."), field="file")


def confirmed_already() -> Refusal:
    return Refusal("answered", _("Somebody has confirmed this already. Thank you."))


def no_body_yet() -> str:
    return _("No certifying body is set up here yet, so no letter can be worded.")
