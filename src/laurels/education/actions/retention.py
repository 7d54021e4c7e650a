"""The verbs by which files go that nobody needs any more. Who decides it, and when, is a later stage's to know."""

from datetime import date, datetime

from django.db import transaction

from laurels.education import facts
from laurels.education.models import Evidence
from laurels.education.rules.evidence import why_not_remove
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require


@transaction.atomic
def announce_leaving(evidence: Evidence, leaves_on: date | None, *, policy: str, by: Actor, now: datetime) -> Evidence:
    """Let the owner see when the file goes, or with None that it stays; saying it twice changes nothing."""
    evidence = Evidence.objects.lock(evidence.pk)
    if (evidence.leaves_on, evidence.policy) == (leaves_on, policy) or evidence.removed_on:
        return evidence
    evidence.leaves_on, evidence.policy = leaves_on, policy
    evidence.save(update_fields=["leaves_on", "policy"])
    fact = facts.EvidenceLeaves(evidence.entry_id, evidence.pk, evidence.entry.person_id)
    record(evidence.entry.topic, fact, by=by, at=now)
    return evidence


@transaction.atomic
def remove_file(evidence: Evidence, *, today: date, by: Actor, now: datetime) -> Evidence:
    """The file goes on its announced day or later, its row stays; removing twice changes nothing. Raises Refused."""
    evidence = Evidence.objects.lock(evidence.pk)
    if evidence.removed_on is not None:
        return evidence
    require(why_not_remove(evidence, today=today, by=by))
    evidence.content, evidence.removed_on = b"", today
    evidence.save(update_fields=["content", "removed_on"])
    fact = facts.EvidenceRemoved(evidence.entry_id, evidence.pk, evidence.entry.person_id)
    record(evidence.entry.topic, fact, by=by, at=now)
    return evidence
