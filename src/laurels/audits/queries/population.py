"""Who could be drawn, and which of their entries."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from laurels.audits.models import Audit, AuditedEntry, Draw
from laurels.audits.rules import LOOKS_BACK, PERCENT
from laurels.credentials.models import Certification
from laurels.education.models import LedgerEntry
from laurels.kernel.refusal import Refused
from laurels.people.models import Organisation
from laurels.programmes.queries import policy_in_force


def countable_entries(grade: str, today: date) -> QuerySet[LedgerEntry]:
    """Standing entries of the grade that could count towards a renewal and were never looked at."""
    entries = LedgerEntry.objects.standing().filter(on__gte=today - LOOKS_BACK)
    entries = entries.filter(~Exists(AuditedEntry.objects.filter(entry=OuterRef("pk"))))
    if grade == Draw.Grade.BARE:
        return entries.bare()
    if grade == Draw.Grade.SELF:
        return entries.filter(grade=LedgerEntry.Grade.SELF).exclude(cosignings__answer="confirmed")
    return entries.exclude(grade=LedgerEntry.Grade.SYSTEM)


def people_of(body: Organisation, grade: str, today: date) -> list[int]:
    """Holders at the body who have such entries and are not being audited."""
    holders = Certification.objects.filter(scheme__body=body, revocation=None)
    holders = holders.filter(
        Exists(countable_entries(grade, today).filter(person=OuterRef("person"))),
        ~Exists(Audit.objects.filter(Q(closed_at=None), person=OuterRef("person"), body=body)),
    )
    return list(holders.order_by("person").values_list("person", flat=True).distinct())


def percent_of(body: Organisation, today: date) -> int:
    """How many in a hundred the body's rules want drawn; five where they are silent."""
    try:
        said = policy_in_force(body, today).parameters.get("audit_percent")
    except Refused:
        said = None
    return PERCENT if said is None else int(said)
