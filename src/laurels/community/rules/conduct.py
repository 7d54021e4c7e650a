"""Who may report, who rules, and what can be done about a ruling."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from laurels.community.models import Appeal, Case, Report, Ruling
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refusal
from laurels.people.models import Organisation

WORDS_MOST = 2000
REPORTS_A_DAY = 10
REPORTS_BY_STRANGERS = 5
DAYS_TO_APPEAL = 30
MONTHS_MOST = 60


def why_not_look_after(body: Organisation | None) -> Refusal | None:
    if body is None:
        return Refusal("no-body", _("Nobody here looks at reports yet. Write to whoever runs this site."))
    return None


def why_not_report(reason: str, words: str, *, concerned: int | None, lately: int, by: Actor) -> Refusal | None:
    """``lately`` is how many reports came from the same person, or the same place, within a day."""
    if by.person_id is not None and by.person_id == concerned:
        return Refusal("own", _("This is your own. You can change it or take it down yourself."))
    if reason not in Report.Reason.values:
        return Refusal("reason", _("Say what is wrong with it."), field="reason")
    if reason == Report.Reason.OTHER and not words.strip():
        return Refusal("words", _("Say in a few words what is wrong."), field="words")
    if len(words) > WORDS_MOST:
        return Refusal("long", _("That is more than %(n)s letters. Shorten it.") % {"n": WORDS_MOST}, field="words")
    if lately >= (REPORTS_BY_STRANGERS if by.is_anonymous else REPORTS_A_DAY):
        return Refusal("enough", _("Thank you, that is enough for today. We look at what you have sent first."))
    return None


def why_not_rule(
    case: Case, kind: str, words: str, months: int | None, *, reporters: set[int], by: Actor
) -> Refusal | None:
    """``months`` is for exclusions; None is for good."""
    if refusal := _why_not_judge(case, by=by):
        return refusal
    if by.person_id in reporters:
        return Refusal("own", _("You reported this yourself. Somebody else has to look at it."))
    if case.closed_at is not None:
        return Refusal("ruled", _("Somebody has ruled on it meanwhile."))
    if kind not in Ruling.Kind.values or kind == Ruling.Kind.LIFT:
        return Refusal("kind", _("Choose what follows from it."), field="kind")
    if case.concerned_id is None and kind in (Ruling.Kind.WARN, Ruling.Kind.EXCLUDE):
        return Refusal("nobody", _("Nobody stands behind this: it can be hidden or left."), field="kind")
    if months is not None and not 1 <= months <= MONTHS_MOST:
        return Refusal("months", _("Between one month and five years, or for good."), field="months")
    return _why_not_words(words)


def why_not_lift(ruling: Ruling, words: str, *, by: Actor) -> Refusal | None:
    if refusal := _why_not_judge(ruling.case, by=by):
        return refusal
    if not ruling.has_effect:
        return Refusal("no-effect", _("Nothing followed from this ruling, so there is nothing to undo."))
    if ruling.is_lifted:
        return Refusal("lifted", _("This ruling has been undone already."))
    return _why_not_words(words)


def why_not_appeal(ruling: Ruling, words: str, *, now: datetime, by: Actor) -> Refusal | None:
    if by.person_id is None or by.person_id != ruling.case.concerned_id:
        return Refusal("not-yours", _("Only the person concerned can appeal."))
    if not ruling.has_effect or ruling.is_lifted:
        return Refusal("no-effect", _("There is nothing left to appeal against."))
    if now > ruling.at + timedelta(days=DAYS_TO_APPEAL):
        return Refusal("too-late", _("The 30 days for an appeal are over. Write to the body, please."))
    if not words.strip():
        return Refusal("words", _("Say what was overlooked."), field="words")
    return None


def why_not_settle(appeal: Appeal, outcome: str, answer: str, *, is_alone: bool, by: Actor) -> Refusal | None:
    """``is_alone``: the body has nobody else on its staff who could look at it."""
    if refusal := _why_not_judge(appeal.ruling.case, by=by):
        return refusal
    if appeal.outcome:
        return Refusal("settled", _("This appeal is settled."))
    if by.person_id == appeal.ruling.by_id and not is_alone:
        return Refusal("same-eyes", _("You made this ruling yourself. Somebody else has to look at the appeal."))
    if outcome not in Appeal.Outcome.values:
        return Refusal("outcome", _("Uphold it or reject it."), field="outcome")
    return _why_not_words(answer)


def _why_not_judge(case: Case, *, by: Actor) -> Refusal | None:
    if not by.has("staff", at=case.body_id):
        return Refusal("not-staff", _("Only the body's staff look at reports."))
    if by.person_id is not None and by.person_id == case.concerned_id:
        return Refusal("own", _("This is about yourself. Somebody else has to look at it."))
    return None


def _why_not_words(words: str) -> Refusal | None:
    if not words.strip():
        return Refusal("words", _("Say why: the person concerned reads it."), field="words")
    if len(words) > WORDS_MOST:
        return Refusal("long", _("That is more than %(n)s letters. Shorten it.") % {"n": WORDS_MOST}, field="words")
    return None
