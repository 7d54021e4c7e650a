"""The member's verbs."""

from datetime import datetime

from django.db import transaction

from laurels.audits import facts, queries, rules
from laurels.audits.models import Appeal, Audit, AuditedEntry
from laurels.credentials import actions as credentials
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require


@transaction.atomic
def answer(audit: Audit, *, by: Actor, now: datetime) -> Audit:
    """The member has shown what there is; what was paused for want of it goes on. Twice changes nothing."""
    audit = Audit.objects.lock(audit.pk)
    if audit.answered_at is not None and by.person_id == audit.person_id:
        return audit
    lines = queries.audit_page(audit, day_in(audit.body.zone, now)).lines
    require(rules.why_not_answer(audit, [line.audited for line in lines], by=by))
    audit.answered_at = now
    audit.save(update_fields=["answered_at"])
    for pause in audit.pauses.filter(suspension__lifted_at=None).select_related("suspension__certification"):
        credentials.reinstate(pause.suspension.certification, by=Actor.of_system("audits"), now=now)
    record(audit.topic, facts.AuditAnswered(audit.pk, audit.person_id), by=by, at=now)
    if all(line.entry.is_taken_back for line in lines):
        audit.closed_at = now
        audit.save(update_fields=["closed_at"])
        record(audit.topic, facts.AuditClosed(audit.pk, audit.person_id), by=by, at=now)
    return audit


@transaction.atomic
def appeal(audited: AuditedEntry, words: str, *, by: Actor, now: datetime) -> Appeal:
    """Somebody else shall look at a refusal; appealing twice gives the same. Raises Refused."""
    audit = Audit.objects.lock(audited.audit_id)
    ruling = audited.rulings.order_by("-pk").first()
    if ruling and by.person_id == audit.person_id and (earlier := Appeal.objects.filter(ruling=ruling).first()):
        return earlier
    closed_on = day_in(audit.body.zone, audit.closed_at) if audit.closed_at else None
    today = day_in(audit.body.zone, now)
    require(rules.why_not_appeal(ruling, audit, words, today=today, closed_on=closed_on, by=by))
    assert ruling is not None
    made = Appeal.objects.create(ruling=ruling, words=words.strip(), made_at=now)
    record(audit.topic, facts.AppealMade(audit.pk, made.pk), by=by, at=now)
    return made
