"""The verbs by which audits begin, and by which a missed one has consequences."""

from datetime import date, datetime, timedelta

from django.db import transaction

from laurels.audits import facts, queries, rules
from laurels.audits.models import Audit, AuditedEntry, Draw, Pause
from laurels.credentials import actions as credentials
from laurels.credentials.models import Certification, Suspension
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.people.models import Organisation, Person

MISSED = "Nothing came for an audit of the ledger. It pauses until it is answered."


@transaction.atomic
def draw(
    body: Organisation,
    *,
    seed: str,
    percent: int | None = None,
    grade: str = Draw.Grade.ANY,
    by: Actor,
    now: datetime,
) -> Draw:
    """Begin audits with a sample of the body's holders; the same seed twice gives the same draw. Raises Refused.

    Without ``percent`` it is as large as the body's rules say (``audit_percent``).
    """
    Organisation.objects.select_for_update().get(pk=body.pk)
    if percent is None:
        percent = queries.percent_of(body, day_in(body.zone, now))
    require(rules.why_not_draw(body.pk, seed, percent, by=by))
    if earlier := Draw.objects.filter(body=body, seed=seed.strip()).first():
        return earlier
    today = day_in(body.zone, now)
    people = queries.people_of(body, grade, today)
    drawn = Draw.objects.create(
        body=body, seed=seed.strip(), grade=grade, people=len(people), drawn_by_id=by.person_id, drawn_at=now
    )
    taken = rules.sample(drawn.seed, people, rules.size_of(len(people), percent))
    for person in Person.objects.filter(pk__in=taken).order_by("pk"):
        _begin(drawn, person, today, by=by, now=now)
    record(f"audits:{body.pk}", facts.AuditsDrawn(drawn.pk, body.pk, len(taken)), by=by, at=now)
    return drawn


def _begin(drawn: Draw, person: Person, today: date, *, by: Actor, now: datetime) -> Audit:
    due_on = today + timedelta(days=rules.DAYS_TO_ANSWER)
    audit = Audit.objects.create(drawn=drawn, body=drawn.body, person=person, begun_at=now, due_on=due_on)
    entries = queries.countable_entries(drawn.grade, today).filter(person=person).values_list("pk", flat=True)
    chosen = rules.sample(f"{drawn.seed} {person.pk}", entries, rules.ENTRIES_MOST)
    AuditedEntry.objects.bulk_create(AuditedEntry(audit=audit, entry_id=pk) for pk in chosen)
    record(audit.topic, facts.AuditBegun(audit.pk, person.pk), by=by, at=now)
    return audit


def pause_missing(body: Organisation, *, by: Actor, now: datetime) -> int:
    """Suspend what people hold whose audit went unanswered, each by itself; how many audits that were."""
    missed = Audit.objects.filter(body=body, pauses=None).missed(day_in(body.zone, now))
    return sum(_pause(pk, by=by, now=now) for pk in list(missed.values_list("pk", flat=True)))


@transaction.atomic
def _pause(pk: int, *, by: Actor, now: datetime) -> bool:
    """False where it was answered meanwhile, or is paused already."""
    audit = Audit.objects.lock(pk)
    if audit.answered_at or audit.closed_at or audit.pauses.exists():
        return False
    held = Certification.objects.filter(person=audit.person, scheme__body=audit.body, revocation=None)
    # What is suspended for another reason stays so, whatever is answered here.
    already = Suspension.objects.filter(certification__in=held, lifted_at=None).values("certification")
    for certification in held.exclude(pk__in=already).order_by("pk"):
        credentials.suspend(certification, MISSED, by=by, now=now)
        Pause.objects.create(audit=audit, suspension=certification.suspensions.get(lifted_at=None))
    record(audit.topic, facts.AuditMissed(audit.pk, audit.person_id), by=by, at=now)
    return True
