"""The pass over everybody is the holders' own pages, whatever they hold, have earned, and whatever the rules are."""

from datetime import date, timedelta
from random import Random

import pytest

from laurels.credentials.actions import award
from laurels.credentials.models import Certification, Term
from laurels.education.actions import report
from laurels.programmes.models import Policy
from laurels.programmes.queries import policy_in_force
from laurels.renewals import queries
from laurels.renewals.models import Renewal, Use
from laurels.renewals.tests.conftest import SOON

PEOPLE = 14
RULES = {
    "as-they-are": {},
    "in-a-window": {"unit_window_months_before_renewal": 12, "units_only_after_award": True, "unit_step": 1},
    "with-caps": {"max_units_per_day": 2, "category_caps": {"learning": 6}},
    "carried": {"units_carried_max": 5, "category_minimums": {"events": 3}, "units_each_year": 2},
    "asks-for-more": {"exam_to_renew": True, "activities": {"courses_taught": 2}},
    "in-percent": {"category_percents": {"learning": 50}, "first_hour_must_be_full": True},
}


KINDS = ["learning", "events", "volunteering", "courses_taught", "exam"]


@pytest.fixture
def crowd(world, rules):
    """People of all sorts, the same each time: a chance of each thing that can be."""
    Policy.objects.update(parameters=Policy.objects.get().parameters | {"categories": [[one, one] for one in KINDS]})
    chance, people = Random(4), [world.person(f"N{number} Night") for number in range(PEOPLE)]
    for person in people:
        for scheme in chance.sample(list(rules.values()), chance.randint(1, 2)):
            held = award(
                person,
                scheme,
                name=person.name,
                on=world.after_class.date(),
                by=world.bo.actor,
                now=world.after_class + timedelta(days=chance.randint(0, 3)),
            )
            if chance.random() < 0.3:
                _renewed(held, chance)
        entries = [_reported(person, f"Hour {nth}", chance) for nth in range(chance.randint(0, 30))]
        if len(entries) > 20:
            _used(world, person, entries[:3])
    return people


def _renewed(held: Certification, chance: Random) -> None:
    first = held.terms.get()
    ends = first.valid_until + timedelta(days=chance.choice([0, 30, 730]))
    Term.objects.create(
        certification=held,
        ordinal=2,
        kind="renewed",
        valid_from=first.valid_until,
        valid_until=ends,
        policy=first.policy,
        begun_at=SOON,
    )


def _reported(person, title, chance):
    return report(
        person,
        title,
        on=date(2026, 1, 5) + timedelta(days=chance.choice([chance.randint(0, 700), 400])),
        minutes=chance.choice([15, 45, 60, 100, 240]),
        category=chance.choice(KINDS),
        by=person.actor,
        now=SOON,
    )


def _used(world, person, entries):
    renewal = Renewal.objects.create(
        person=person,
        body=world.guild,
        policy=Policy.objects.get(),
        fee_minor=0,
        currency="USD",
        minutes_required=0,
        on=SOON.date(),
        begun_at=SOON,
        completed_at=SOON,
    )
    for entry in entries:
        Use.objects.create(renewal=renewal, entry=entry)


@pytest.mark.parametrize("values", RULES.values(), ids=RULES)
def test_it_says_what_each_holders_own_page_says(world, crowd, values, django_assert_num_queries):
    Policy.objects.update(parameters=Policy.objects.get().parameters | values)
    rules = queries.rules_of(policy_in_force(world.guild, SOON.date()))

    with django_assert_num_queries(3):
        found = dict(queries.quotes(world.guild, rules, SOON.date()))

    assert list(found) == sorted(one.pk for one in crowd)
    for person in crowd:
        own = queries.offer(person, world.guild, None, now=SOON).quote
        assert found[person.pk] == own._replace(counted=()), person
    assert len({one.minutes_missing for one in found.values()}) > 3
    if "activities" in values:
        done = {one.activities_done["courses_taught"] >= 2 for one in found.values()}
        assert (done, len({one.is_eligible for one in found.values()})) == ({True, False}, 2)


def test_shared_by_spans_it_is_the_same(world, crowd):
    rules = queries.rules_of(policy_in_force(world.guild, SOON.date()))
    whole = list(queries.quotes(world.guild, rules, SOON.date()))
    middle = crowd[PEOPLE // 2].pk

    parts = [(0, middle), (middle + 1, crowd[-1].pk)]

    assert [one for span in parts for one in queries.quotes(world.guild, rules, SOON.date(), span=span)] == whole
