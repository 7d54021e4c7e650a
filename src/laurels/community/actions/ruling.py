"""The staff's verbs. The case's row orders them: two people cannot rule on one thing."""

from datetime import datetime

from django.db import transaction

from laurels.community import facts, rules
from laurels.community.models import Appeal, Case, Ruling
from laurels.community.queries.reports import is_alone
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import add_months, day_in, end_of_day
from laurels.kernel.refusal import require


@transaction.atomic
def rule_on(case: Case, kind: str, words: str, *, months: int | None = None, by: Actor, now: datetime) -> Ruling:
    """Say what follows from the reports, and why; an exclusion lasts ``months``, or for good. Raises Refused."""
    case = Case.objects.lock(case.pk)
    reporters = {one for one in case.reports.values_list("reporter", flat=True) if one is not None}
    months = months if kind == Ruling.Kind.EXCLUDE else None
    require(rules.why_not_rule(case, kind, words, months, reporters=reporters, by=by))
    until = end_of_day(case.body.zone, add_months(day_in(case.body.zone, now), months)) if months else None
    ruling = Ruling.objects.create(case=case, kind=kind, words=words.strip(), by_id=by.person_id, at=now, until=until)
    case.closed_at = now
    case.save(update_fields=["closed_at"])
    record(case.topic, facts.CaseRuled(case.pk, ruling.pk), by=by, at=now)
    return ruling


@transaction.atomic
def lift(ruling: Ruling, words: str, *, by: Actor, now: datetime) -> Ruling:
    """Undo a ruling by a later one that says why. Raises Refused."""
    Case.objects.lock(ruling.case_id)
    ruling = Ruling.objects.select_related("case", "lifted_by").get(pk=ruling.pk)
    require(rules.why_not_lift(ruling, words, by=by))
    return _lift(ruling, words, by=by, now=now)


@transaction.atomic
def settle(appeal: Appeal, outcome: str, answer: str, *, by: Actor, now: datetime) -> Appeal:
    """Somebody else has looked: upheld, the ruling is undone. Raises Refused."""
    Case.objects.lock(appeal.ruling.case_id)
    appeal = Appeal.objects.select_related("ruling__case", "ruling__lifted_by").get(pk=appeal.pk)
    require(rules.why_not_settle(appeal, outcome, answer, is_alone=is_alone(appeal.ruling), by=by))
    appeal.outcome, appeal.answer = outcome, answer.strip()
    appeal.settled_by_id, appeal.settled_at = by.person_id, now
    appeal.save()
    if outcome == Appeal.Outcome.UPHELD and not appeal.ruling.is_lifted:
        _lift(appeal.ruling, answer, by=by, now=now)
    record(appeal.ruling.case.topic, facts.AppealSettled(appeal.ruling.case_id, appeal.pk), by=by, at=now)
    return appeal


def _lift(ruling: Ruling, words: str, *, by: Actor, now: datetime) -> Ruling:
    undone = Ruling.objects.create(
        case=ruling.case, kind=Ruling.Kind.LIFT, lifts=ruling, words=words.strip(), by_id=by.person_id, at=now
    )
    record(ruling.case.topic, facts.RulingLifted(ruling.case_id, undone.pk, ruling.pk), by=by, at=now)
    return undone
