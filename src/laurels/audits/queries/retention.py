"""Files shown as evidence whose term is over, and who is still being looked at."""

from datetime import date, datetime, timedelta

from django.db.models import Max, Q

from laurels.audits.models import Appeal, Audit
from laurels.audits.rules import DAYS_TO_APPEAL
from laurels.education.models import Evidence
from laurels.people.models import Organisation

ENDS = "entry__use__renewal__renewed__until"


def served_until(body: Organisation, horizon: date | None, after: int, count: int) -> list[tuple[int, date]]:
    """(key of a file that is here, last day of the term it served at the body), in the order of keys after ``after``.

    Those of terms that end by ``horizon``, and all whose day of leaving was announced.
    """
    done = Q(entry__use__renewal__body=body, entry__use__renewal__completed_at__isnull=False)
    files = Evidence.objects.with_file().filter(done, pk__gt=after).annotate(until=Max(ENDS))
    due = Q(leaves_on__isnull=False) if horizon is None else Q(leaves_on__isnull=False) | Q(until__lte=horizon)
    return list(files.filter(due).order_by("pk").values_list("pk", "until")[:count])


def is_looked_at(person_id: int, now: datetime) -> bool:
    """Whether an audit or an appeal of theirs is open anywhere, or an appeal can still be made."""
    recently = now - timedelta(days=DAYS_TO_APPEAL + 1)
    audits = Audit.objects.filter(Q(closed_at=None) | Q(closed_at__gte=recently), person=person_id)
    return audits.exists() or Appeal.objects.filter(outcome="", ruling__audited__audit__person=person_id).exists()
