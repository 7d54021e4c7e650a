"""Files of evidence go when a policy says so: announced first, never while somebody is looked at."""

from datetime import date, datetime, timedelta

from django.db import transaction

from laurels.audits import queries, rules
from laurels.education import actions as education
from laurels.education.models import Evidence
from laurels.kernel.actor import Actor
from laurels.kernel.periods import add_months, day_in
from laurels.kernel.refusal import Refused
from laurels.people.models import Organisation
from laurels.programmes.models import Policy
from laurels.programmes.queries import policy_in_force

CHUNK = 500


def clear_evidence(body: Organisation, *, by: Actor, now: datetime) -> int:
    """Announce which files go, and remove those whose day has come; how many were removed.

    Each file by itself: broken off, the next turn does the rest, and a second one finds nothing to do.
    """
    today = day_in(body.zone, now)
    try:
        policy = policy_in_force(body, today)
    except Refused:
        return 0
    months: int | None = policy.parameters.get("evidence_kept_months")
    horizon = None if months is None else add_months(today + rules.NOTICE, -months) + timedelta(days=3)
    removed, after = 0, 0
    while files := queries.served_until(body, horizon, after, CHUNK):
        for pk, until in files:
            kept_until = None if months is None else add_months(until, months)
            removed += _clear(pk, body, policy, kept_until, by=by, now=now)
        after = files[-1][0]
    return removed


@transaction.atomic
def _clear(pk: int, body: Organisation, policy: Policy, kept_until: date | None, *, by: Actor, now: datetime) -> bool:
    """Whether the file is gone now. The body's row orders this against its draws of audits."""
    Organisation.objects.select_for_update().get(pk=body.pk)
    evidence, today = Evidence.objects.lock(pk), day_in(body.zone, now)
    leaves_on = rules.leaves_on(evidence.leaves_on, kept_until, today)
    if leaves_on != evidence.leaves_on:
        education.announce_leaving(evidence, leaves_on, policy=policy.key if leaves_on else "", by=by, now=now)
        return False
    if leaves_on is None or today < leaves_on or queries.is_looked_at(evidence.entry.person_id, now):
        return False
    education.remove_file(evidence, today=today, by=by, now=now)
    return True
