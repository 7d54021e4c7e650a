"""Which rules bind on a day, and what they say."""

from datetime import date

import pytest
from django.db.models import Prefetch

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.people.models import Organisation
from laurels.programmes import queries, rules
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Policy
from laurels.programmes.rules.renewal import conditions
from tests.world.cast import World


@pytest.fixture
def guild(db, pack_folder):
    return load_pack(pack_folder, by=Actor.of_system("test"), now=World.morning).body


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2018, 1, 1), "SA-2018"),
        (date(2019, 2, 3), "SA-2018"),
        (date(2019, 2, 4), "SA-2019"),
        (date(2024, 4, 14), "SA-2019"),
        (date(2024, 4, 15), "SA-2024"),
        (date(2026, 9, 2), "SA-2024"),
        (date(2099, 12, 31), "SA-2024"),
    ],
)
def test_each_day_has_one_policy(guild, day, key):
    assert queries.policy_in_force(guild, day).key == key


def test_reference_policies_bind_nobody(guild):
    reference = Policy.objects.filter(is_reference=True)

    assert reference.count() == 8
    assert [policy.key for policy in Policy.objects.in_force(date(2026, 9, 1))] == ["SA-2024"]


def test_a_day_without_rules_is_refused_in_words(guild):
    with pytest.raises(Refused, match="Commonground Guild has no rules in force on 2017-12-31"):
        queries.policy_in_force(guild, date(2017, 12, 31))


def test_an_older_version_does_not_bind_where_the_newer_one_has_ended(world):
    _ = world.policy
    ended = {"in_force_from": date(2024, 4, 15), "in_force_until": date(2025, 12, 31)}
    Policy.objects.create(body=world.guild, key="SA-2024", version=2, parameters={"term_months": 24}, **ended)

    assert queries.policy_in_force(world.guild, date(2025, 6, 1)).version == 2
    with pytest.raises(Refused):
        queries.policy_in_force(world.guild, date(2026, 6, 1))


def test_another_bodys_rules_are_not_ours(world, guild):
    with pytest.raises(Refused):
        queries.policy_in_force(world.harbour, date(2026, 1, 1))


def test_the_three_rule_sets_as_the_engine_reads_them(guild):
    then, before, now = (
        conditions(one.key, one.parameters)
        for one in (queries.policy_in_force(guild, date(year, 6, 1)) for year in (2018, 2020, 2026))
    )

    assert (then.term_months, before.term_months, now.term_months) == (24, 24, 24)
    windows = (then.window_before_renewal, before.window_before_end, now.window_before_end)
    assert windows == (24, 24, 30)
    assert (before.opens_before_end, now.opens_after_award) == (180, 30)
    assert then.reminder_days == (90,)
    assert (then.grace_days_of("CSP-PO"), then.grace_days_of("CSPO"), now.benefit_days) == (90, None, 90)
    schemes = ("CSM", "CSPO", "CSD", "CASP", "CAF", "CAL 1")
    assert now.level_of("CSPO") == ("foundational", rules.Level(Money(10000, "USD"), 20, 10, schemes))
    assert now.level_of("MC") is None


def test_a_term_may_never_end(guild):
    assert rules.term_months(Policy.objects.get(key="NOEXPIRY")) is None


def test_a_policy_of_few_words_is_enough(world):
    found = conditions(world.policy.key, world.policy.parameters)

    assert (found.term_months, found.benefit_days, found.opens_after_award) == (24, 90, 30)
    assert (found.levels, found.reminder_days) == ({}, None)


def test_the_days_policy_is_found_among_those_that_were_loaded_and_by_itself(guild, django_assert_num_queries):
    loaded = Organisation.objects.prefetch_related(Prefetch("policies", Policy.objects.that_may_bind())).get(
        pk=guild.pk
    )
    for day in (date(2017, 1, 1), date(2018, 1, 1), date(2019, 2, 3), date(2019, 2, 4), date(2026, 1, 1)):
        with django_assert_num_queries(0):
            found = queries.binding_on(loaded, day)
        assert found == queries.binding_on(guild, day)


def test_every_rule_of_every_policy_has_its_sentence(guild):
    for policy in Policy.objects.all():
        lines = rules.policy_in_words(policy)
        own = len(policy.parameters.get("rules", []))
        unknown = sum(source["is_unknown"] for source in policy.sources.values())

        assert len(lines) == len(policy.parameters.keys() - {"levels", "rules"}) + own + unknown
        assert all(line.sentence.endswith(".") and line.sources for line in lines)


def test_rules_in_words(guild):
    words = {line.name: line.sentence for line in rules.policy_in_words(Policy.objects.get(key="PMI-CCR"))}

    assert words["term_months"] == "A certificate is valid for 36 months."
    assert words["fee_nonmember"] == "Renewing costs non-members USD\u00a0150.00."
    assert words["category_minimums"] == "At least, by category: education 35, leadership 8, strategic 8, technical 8."
    assert words["unit_step"] == "Units are counted in steps of 0.25."
