"""A new term of a certification: the same number, a credential of its own; the old one stays as it was."""

from datetime import date, datetime, timedelta

from django.db import transaction

from laurels.credentials import facts, rules
from laurels.credentials.actions.issuing import intend
from laurels.credentials.models import Certification, Term
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import require
from laurels.programmes.models import Policy


@transaction.atomic
def renew(certification: Certification, *, until: date, on: date, policy: Policy, by: Actor, now: datetime) -> Term:
    """Valid until ``until``, from the day after the term before it, or from ``on`` where that has ended.

    A certification that is valid that long already keeps its term. Raises Refused.
    """
    certification = Certification.objects.lock(certification.pk)
    latest = certification.terms.order_by("-ordinal")[0]
    if latest.valid_until is None or latest.valid_until >= until:
        return latest
    require(rules.why_not_renew(certification, by=by))
    is_early = on <= latest.valid_until
    term = certification.terms.create(
        ordinal=latest.ordinal + 1,
        kind=Term.Kind.RENEWED if is_early else Term.Kind.REINSTATED,
        valid_from=latest.valid_until + timedelta(days=1) if is_early else on,
        valid_until=until,
        policy=policy,
        begun_at=now,
    )
    renewed = facts.CertificationRenewed(certification.pk, certification.person_id, term.pk)
    record(certification.topic, renewed, by=by, at=now)
    intend(certification, term, by=by, now=now)
    return term
