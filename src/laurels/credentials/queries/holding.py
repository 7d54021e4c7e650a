from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q, prefetch_related_objects

from laurels.credentials.models import Certification, Suspension
from laurels.credentials.rules.standing import Standing, standing_of
from laurels.kernel.periods import day_in
from laurels.people.models import Address, Person
from laurels.programmes.models import Policy, Scheme
from laurels.programmes.queries import binding_on
from laurels.programmes.rules.renewal import conditions


def held_by(person: Person, scheme: Scheme) -> Certification | None:
    """The person's certification of the scheme, whatever became of it."""
    return Certification.objects.of(person, scheme).select_related("scheme").first()


def held_by_reader(person: Person | None, email: str, scheme: Scheme) -> Certification | None:
    """What the signed-in person holds of the scheme; with nobody signed in, whoever proved to read ``email``."""
    reader = person or Person.objects.filter(addresses__in=Address.objects.verified().of_email(email)).first()
    return held_by(reader, scheme) if reader else None


def is_powerful(email: str) -> bool:
    """Whether the address opens an account that holds a role or runs the site."""
    power = Q(roles__isnull=False) | Q(is_operator=True)
    return Person.objects.with_email(email).filter(power).exists()


def standing(certification: Certification, day: date) -> Standing:
    """How the certification stands on the body's calendar ``day``.

    No query if it was loaded ``with_standing``; one for each that has ended if not ``with_rules`` too.
    """
    body, terms = certification.scheme.body, sorted(certification.terms.all(), key=lambda term: term.ordinal)
    ends_on, zone = terms[-1].valid_until, body.zone
    # Before its end a certificate is valid under any rules.
    policy = (ends_on and ends_on < day and binding_on(body, day)) or terms[-1].policy
    return standing_of(
        terms,
        _pause(certification),
        getattr(certification, "revocation", None),
        certification.scheme.code,
        conditions(policy.key, policy.parameters),
        day=day,
        day_of=lambda instant: day_in(zone, instant),
    )


def load_rules(certifications: Iterable[Certification], today: date) -> None:
    """The rules that say how those that have ended stand: one query for all, none where none has."""
    tomorrow = today + timedelta(days=1)
    ends = ((one, max(one.terms.all(), key=lambda term: term.ordinal).valid_until) for one in certifications)
    bodies = [one.scheme.body for one, end in ends if end and end < tomorrow]
    prefetch_related_objects(bodies, Prefetch("policies", Policy.objects.that_may_bind()))


def _pause(certification: Any) -> Suspension | None:
    if not hasattr(certification, "paused_at"):
        return next((one for one in certification.suspensions.all() if one.lifted_at is None), None)
    at, reason = certification.paused_at, certification.paused_because
    return None if at is None else Suspension(certification=certification, at=at, reason=reason)
