"""Work in a role: how many months of it count, and who may tell, take back and rule on it."""

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from laurels.credentials.models import Experience, ExperienceRuling
from laurels.kernel.actor import Actor
from laurels.kernel.periods import Period, add_months
from laurels.kernel.refusal import Refusal
from laurels.people.models import Person

Verdict = ExperienceRuling.Verdict

DAY = timedelta(days=1)
FORGIVEN = Fraction(1, 10)
"""Of a month, which is three days: so much from the 15th to the 14th may lack because February is short."""


class State(StrEnum):
    CLAIMED = "claimed"
    ASKED = "asked"
    VALIDATED = "validated"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"


LABELS: dict[State, Any] = {
    State.CLAIMED: _("With the certifying body"),
    State.ASKED: _("A question to you"),
    State.VALIDATED: _("Validated"),
    State.REFUSED: _("Not accepted"),
    State.TAKEN_BACK: _("Taken back"),
}
TONES = {
    State.CLAIMED: "wait",
    State.ASKED: "turn",
    State.VALIDATED: "good",
    State.REFUSED: "bad",
    State.TAKEN_BACK: "",
}


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody tells of: ``until`` None goes on."""

    role: str
    organisation: str
    since: date
    until: date | None
    did: str


def months_within(periods: Iterable[Period], within_months: int, *, day: date) -> int:
    """Whole months of work in the last ``within_months`` up to and including ``day``.

    Days that several periods share count once. A day counts as its part of its calendar month (one of June is a
    thirtieth), so full months count as months wherever they begin; a tenth of a month is forgiven in the sum.
    """
    first = add_months(day, -within_months) + DAY
    parts = (_months_between(stretch.first, stretch.final or day) for stretch in _joined(periods, first, day))
    return int(sum(parts, Fraction(0)) + FORGIVEN)


def _joined(periods: Iterable[Period], first: date, final: date) -> list[Period]:
    """The periods cut to the window, those that touch or overlap made one."""
    cut = sorted((max(each.first, first), min(each.final or final, final)) for each in periods)
    joined: list[Period] = []
    for since, until in cut:
        if until < since:
            continue
        if joined and joined[-1].final and since <= joined[-1].final + DAY:
            joined[-1] = Period(joined[-1].first, max(joined[-1].final, until))
        else:
            joined.append(Period(since, until))
    return joined


def _months_between(first: date, final: date) -> Fraction:
    """Whole calendar months as 1 each, and of the two at the ends the part that was worked."""
    until = final + DAY
    whole = (until.year - first.year) * 12 + until.month - first.month
    return whole - _begun(first) + _begun(until)


def _begun(day: date) -> Fraction:
    """How much of its month lies before ``day``."""
    return Fraction(day.day - 1, calendar.monthrange(day.year, day.month)[1])


def state_of(experience: Experience) -> State:
    """How it stands; no query if it was loaded ``with_rulings``."""
    if experience.taken_back_at is not None:
        return State.TAKEN_BACK
    ruling = experience.latest_ruling
    if ruling is None or (ruling.verdict == Verdict.ASKED and ruling.answered_at):
        return State.CLAIMED
    return State(ruling.verdict)


def why_not_claim(person: Person, work: Work, *, roles: Collection[str], today: date, by: Actor) -> Refusal | None:
    """``roles`` are those that the body's schemes ask experience in."""
    if by.person_id != person.pk:
        return Refusal("not-you", _("Only you can tell of your own work."))
    if work.role not in roles:
        return Refusal("no-such-role", _("No certification of this body asks for work in this role."), "role")
    if not work.organisation:
        return Refusal("no-organisation", _("Say where it was. “Self-employed” is an answer too."), "organisation")
    if max(work.since, work.until or work.since) > today:
        return Refusal("to-come", _("Work that is still to come cannot be counted. Leave the end open if it goes on."))
    if work.until is not None and work.until < work.since:
        return Refusal("out-of-order", _("It ends before it begins. Exchange the two days."), "until")
    if not work.did.strip():
        return Refusal("no-words", _("Say in a sentence or two what you did."), "did")
    return None


def why_not_take_back(experience: Experience, *, by: Actor) -> Refusal | None:
    if by.person_id != experience.person_id:
        return Refusal("not-yours", _("Only you can take back what you told."))
    if state_of(experience) is State.VALIDATED:
        words = _("It is validated and may stand behind a certificate. Please write to %(body)s if it is wrong.")
        return Refusal("validated", words % {"body": experience.body.name})
    return None


def why_not_answer(experience: Experience, answer: str, *, by: Actor) -> Refusal | None:
    if by.person_id != experience.person_id:
        return Refusal("not-yours", _("Only whoever was asked can answer."))
    if state_of(experience) is not State.ASKED:
        return Refusal("not-asked", _("There is no open question here."))
    return None if answer.strip() else Refusal("no-words", _("Write a sentence or two."), "words")


def why_not_rule_on(experience: Experience, *, by: Actor) -> Refusal | None:
    """The part that validating, refusing and asking share."""
    if not by.has("staff", at=experience.body_id):
        return Refusal("not-yours", _("Only the certifying body's staff rule on experience."))
    if by.person_id == experience.person_id:
        return Refusal("own-work", _("Nobody rules on their own work. Ask a colleague."))
    match state_of(experience):
        case State.TAKEN_BACK:
            return Refusal("taken-back", _("The person has taken it back. There is nothing to rule on."))
        case State.VALIDATED | State.REFUSED:
            return Refusal("ruled-on", _("Somebody has ruled on this already. Load the page again to see how."))
    return None


def why_not_refuse(experience: Experience, reason: str, *, by: Actor) -> Refusal | None:
    return why_not_rule_on(experience, by=by) or _why_not_words(reason)


def why_not_ask(experience: Experience, question: str, *, by: Actor) -> Refusal | None:
    if refusal := why_not_rule_on(experience, by=by):
        return refusal
    if state_of(experience) is State.ASKED:
        return Refusal("asked-already", _("A question is open already. The answer comes first."))
    return _why_not_words(question)


def _why_not_words(words: str) -> Refusal | None:
    if not words.strip():
        return Refusal("no-reason", _("Say why in one sentence; the person reads it too."), "words")
    return None
