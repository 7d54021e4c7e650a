"""When people with a seat may say what they expect and how sure they feel, and what counts as an answer."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.programmes.models import Objective
from laurels.workshops.models import Confidence, Expectation, Seat, Workshop

State, Moment = Workshop.State, Confidence.Moment
WORDS_MOST = 500
SCALE = (1, 2, 3, 4, 5)
# A mean of one or two people would give away what each of them said.
LEAST_PEOPLE = 3


def why_not_own_seat(seat: Seat, *, by: Actor) -> Refusal | None:
    if by.person_id != seat.person_id:
        return Refusal("not-your-seat", _("Only whoever has the seat can answer for themself."))
    return None


def why_not_tell(
    seat: Seat, workshop: Workshop, told: Mapping[str, str] | None = None, *, by: Actor, now: datetime
) -> Refusal | None:
    """Without what is ``told`` this is about the form, with it about the deed. Open until the class ends."""
    if refusal := why_not_own_seat(seat, by=by) or _why_not_seated(seat):
        return refusal
    is_open = workshop.state in {State.ANNOUNCED, State.CONFIRMED, State.RUNNING}
    if not is_open or workshop.day_of(now) > workshop.ends_on:
        return Refusal("class-over", _("The class is over, so your expectations stay as they were."))
    return _why_not_told(told) if told is not None else None


def moment_of(workshop: Workshop, now: datetime) -> Confidence.Moment | None:
    """*Before* is open until the trainer starts the class or its first day has passed; *after* from the final day on
    of a class that was started, until it is closed. In between there is nothing to say."""
    today = workshop.day_of(now)
    if workshop.state in {State.ANNOUNCED, State.CONFIRMED}:
        return Moment.BEFORE if today <= workshop.starts_on else None
    if workshop.state in {State.RUNNING, State.HELD} and today >= workshop.ends_on:
        return Moment.AFTER
    return None


def why_not_say(
    seat: Seat, workshop: Workshop, moment: str, values: Sequence[object] | None = None, *, by: Actor, now: datetime
) -> Refusal | None:
    """Without ``values`` this is about the form, with them about the deed."""
    if refusal := why_not_own_seat(seat, by=by) or _why_not_seated(seat) or _why_not_moment(workshop, moment, now):
        return refusal
    if values is not None and not values:
        return Refusal("no-answer", _("Choose a number for one group at least."))
    if values is not None and not all(value in SCALE for value in values):
        return Refusal("off-the-scale", _("Choose a number from 1 to 5."))
    return None


def ratings(
    objectives: Sequence[Objective], whole: Mapping[str, int], single: Mapping[str, int]
) -> dict[str, tuple[int, bool]]:
    """Value by code, and whether it was given to the line itself: its own counts, else that of its whole group."""
    own = {one.code: (single[one.code], True) for one in objectives if one.code in single}
    of_group = {one.code: (whole[one.category], False) for one in objectives if one.category in whole}
    return of_group | own


def _why_not_seated(seat: Seat) -> Refusal | None:
    if seat.is_given_up:
        return Refusal("no-seat", _("This seat was given back. Book again, then answer."))
    return None


def _why_not_told(told: Mapping[str, str]) -> Refusal | None:
    if not told["hopes"]:
        return Refusal("no-hopes", _("Write what you want to take home; a few words will do."), "hopes")
    for name in ("hopes", "note"):
        if len(told[name]) > WORDS_MOST:
            return Refusal("long-words", _("Please say it in at most 500 letters."), name)
    for name, choices in (("knowledge", Expectation.Knowledge), ("role", Expectation.Role)):
        if told[name] not in choices.values:
            return Refusal("unknown-answer", _("Choose one of the answers."), name)
    return None


def _why_not_moment(workshop: Workshop, moment: str, now: datetime) -> Refusal | None:
    if moment and moment == moment_of(workshop, now):
        return None
    if workshop.state == State.CLOSED or workshop.state == State.CANCELLED:
        return Refusal("class-over", _("The class is over, and so are its questions."))
    return Refusal("not-now", _("Before class you can answer until it begins; afterwards from its final day on."))
