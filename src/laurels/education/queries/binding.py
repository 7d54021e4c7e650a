from datetime import datetime

from django.db.models import Q

from laurels.education.rules.binding import Binding
from laurels.kernel.periods import day_in
from laurels.people.models import Person
from laurels.programmes.models import Policy, Scheme


def bindings(person: Person, now: datetime) -> list[Binding]:
    """The rules that bind a member today, one for each body at which they hold something; in one query."""
    bodies = Scheme.objects.filter(certifications__person=person).values("body")
    return _binding(Q(body__in=bodies), now)


def bindings_here(now: datetime) -> list[Binding]:
    """The rules of every body here: whoever types a code may hold something at any of them."""
    return _binding(Q(), now)


def _binding(which: Q, now: datetime) -> list[Binding]:
    # Which of its policies is in force depends on the body's own day.
    policies = Policy.objects.filter(which).binding().newest().select_related("body")
    found: dict[int, Binding] = {}
    for policy in policies:
        today = day_in(policy.body.zone, now)
        if policy.in_force_from <= today and (policy.in_force_until is None or today <= policy.in_force_until):
            found[policy.body_id] = Binding(policy.body, policy, today)
    return list(found.values())
