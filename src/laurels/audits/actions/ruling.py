"""The staff's verbs. The audit's row orders them: two people cannot rule on one entry."""

from datetime import datetime, timedelta

from django.db import transaction

from laurels.audits import facts, rules
from laurels.audits.models import Appeal, Audit, AuditedEntry, Ruling
from laurels.education import actions as education
from laurels.education.models import LedgerEntry
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require


@transaction.atomic
def rule_on(audited: AuditedEntry, kind: str, words: str = "", *, by: Actor, now: datetime) -> Ruling:
    """Accept an entry, ask about it, or refuse it: refused, it is taken back. The latest closes. Raises Refused."""
    audit = Audit.objects.lock(audited.audit_id)
    today = day_in(audit.body.zone, now)
    audited = audit.entries.select_related("audit", "entry__taken_back").get(pk=audited.pk)
    require(rules.why_not_rule(audited, kind, words, today=today, by=by))
    reversal = None
    if kind == Ruling.Kind.REFUSE:
        reversal = education.reverse(audited.entry, words.strip()[:200], by=Actor.of_system("audits"), now=now)
    ruling = Ruling.objects.create(
        audited=audited, kind=kind, words=words.strip(), by_id=by.person_id, at=now, reversal=reversal
    )
    record(audit.topic, facts.EntryRuled(audit.pk, ruling.pk), by=by, at=now)
    if kind == Ruling.Kind.ASK:
        audit.answered_at, audit.due_on = None, today + timedelta(days=rules.DAYS_TO_ADD)
        audit.save(update_fields=["answered_at", "due_on"])
        record(audit.topic, facts.AuditQuestion(audit.pk, ruling.pk), by=by, at=now)
    elif all(one.is_settled for one in audit.entries.select_related("entry__taken_back").prefetch_related("rulings")):
        audit.closed_at = now
        audit.save(update_fields=["closed_at"])
        record(audit.topic, facts.AuditClosed(audit.pk, audit.person_id), by=by, at=now)
    return ruling


@transaction.atomic
def settle(appeal: Appeal, outcome: str, answer: str, *, by: Actor, now: datetime) -> Appeal:
    """Somebody else has looked: upheld, the units come back as a new line. Raises Refused."""
    audit = Audit.objects.lock(appeal.ruling.audited.audit_id)
    appeal = Appeal.objects.select_related("ruling__audited__audit", "ruling__audited__entry").get(pk=appeal.pk)
    require(rules.why_not_settle(appeal, answer, outcome, by=by))
    if outcome == Appeal.Outcome.UPHELD:
        appeal.restored = _restored(appeal, audit, now)
    appeal.outcome, appeal.answer = outcome, answer.strip()
    appeal.settled_by_id, appeal.settled_at = by.person_id, now
    appeal.save()
    record(audit.topic, facts.AppealSettled(audit.pk, appeal.pk), by=by, at=now)
    return appeal


def _restored(appeal: Appeal, audit: Audit, now: datetime) -> LedgerEntry | None:
    """None where its owner has written it again meanwhile: it counts once."""
    entry = appeal.ruling.audited.entry
    if LedgerEntry.objects.in_place_of(entry).exists():
        return None
    return education.credit(
        audit.person,
        entry.title,
        source="appeal",
        key=f"appeal:{appeal.pk}",
        on=entry.on,
        minutes=entry.minutes,
        category=entry.category,
        grade=entry.grade,
        evidence=appeal.words,
        again=entry,
        by=Actor.of_system("audits"),
        now=now,
    )
