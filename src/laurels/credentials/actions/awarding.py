from datetime import date, datetime

from django.db import transaction

from laurels.credentials import facts, queries, rules
from laurels.credentials.actions.issuing import intend
from laurels.credentials.models import Certification, Term, name_key
from laurels.journal.actions import record
from laurels.kernel.actor import Actor
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import require
from laurels.participation.models import Line
from laurels.participation.rules import clean_name
from laurels.people.models import Person
from laurels.programmes.models import Scheme
from laurels.programmes.queries import policy_in_force


@transaction.atomic
def award(
    person: Person, scheme: Scheme, *, name: str, line: Line | None = None, on: date, by: Actor, now: datetime
) -> Certification:
    """Certify the person after a course that ended ``on``, for the term of the policy that binds on that day.

    Asking twice for the same line gives the same certification. Raises Refused when the person holds the scheme,
    or while something that it needs before is missing.
    """
    require(rules.why_not_award(scheme, by=by))
    return certify(person, scheme, name=name, line=line, on=on, by=by, now=now)


def certify(
    person: Person, scheme: Scheme, *, name: str, line: Line | None, on: date, by: Actor, now: datetime
) -> Certification:
    """``award`` for callers who have the right to it already; part of their transaction."""
    person = Person.objects.lock(person.pk)
    held = queries.held_by(person, scheme)
    if held and held.line_id == (line.pk if line else None):
        return held
    name = clean_name(name)
    require(rules.why_not_yet(queries.readiness(person, scheme, now)))
    require(rules.why_not_certify(name, held=held, on=on, today=day_in(scheme.body.zone, now)))
    certification = _begin(person, scheme, name, line, now)
    term = _first_term(certification, on, now)
    awarded = facts.CertificationAwarded(certification.pk, person.pk, scheme.pk)
    record(certification.topic, awarded, by=by, at=now)
    intend(certification, term, by=by, now=now)
    return certification


def _begin(person: Person, scheme: Scheme, name: str, line: Line | None, now: datetime) -> Certification:
    number = rules.new_number(scheme.body.name, scheme.body.slug, scheme.code)
    while Certification.objects.filter(number=number).exists():
        number = rules.new_number(scheme.body.name, scheme.body.slug, scheme.code)
    return Certification.objects.create(
        number=number, person=person, scheme=scheme, line=line, name=name, name_key=name_key(name), awarded_at=now
    )


def _first_term(certification: Certification, on: date, now: datetime) -> Term:
    policy = policy_in_force(certification.scheme.body, on)
    today = day_in(certification.scheme.body.zone, now)
    period = rules.first_term(certification.scheme, policy, course_ended_on=on, awarded_on=today)
    return certification.terms.create(
        ordinal=1,
        kind=Term.Kind.AWARDED,
        valid_from=period.first,
        valid_until=period.final,
        policy=policy,
        begun_at=now,
    )
