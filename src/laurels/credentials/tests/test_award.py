import re
from datetime import UTC, date, datetime

import pytest

from laurels.credentials import rules
from laurels.credentials.actions import award
from laurels.credentials.models import Certification, Credential, StatusList
from laurels.credentials.proofs import status
from laurels.kernel.refusal import Refused
from laurels.programmes.models import Policy, Scheme


def certify(world, person, **changes):
    fields = {"name": person.name, "on": world.after_class.date(), "by": world.bo.actor, "now": world.after_class}
    return award(person, world.scheme, **(fields | changes))


def test_a_number_says_body_and_scheme_and_nothing_else(world):
    assert re.fullmatch(r"CG-CSPO(-[0-9A-HJKMNP-TV-Z]{4}){2}", certify(world, world.ada).number)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("cg-cspo-7k3m-92qf", "CG-CSPO-7K3M-92QF"),
        (" CG CSPO 7K3M 92QF ", "CG-CSPO-7K3M-92QF"),
        ("CG–CSPO–OIL3–92QF", "CG-CSPO-0113-92QF"),
    ],
)
def test_a_number_may_be_typed_as_people_type(typed, number):
    assert rules.normal_number(typed) == number


def test_initials_fall_back_to_the_short_name():
    assert rules.new_number("日本", "nihon", "CAL 1").startswith("NIHO-CAL1-")


def test_awarding_twice_gives_the_same(world):
    assert certify(world, world.ada) == certify(world, world.ada)
    assert (Certification.objects.count(), Credential.objects.count()) == (1, 1)


def test_a_leap_day_ends_on_the_last_of_february(world):
    term = certify(world, world.ada, on=date(2026, 2, 28)).terms.get()

    assert term.valid_until == date(2028, 2, 28)
    for ended_on, final in ((date(2024, 2, 29), date(2026, 2, 28)), (date(2024, 11, 20), date(2026, 11, 20))):
        period = rules.first_term(world.scheme, world.policy, course_ended_on=ended_on, awarded_on=date(2024, 12, 1))
        assert period.final == final


@pytest.mark.parametrize(("anchor", "first"), [("award", 20), ("course-end", 16), ("exam", 20), (None, 16)])
def test_a_first_term_counts_from_the_day_the_policy_names(world, anchor, first):
    Policy.objects.filter(pk=world.policy.pk).update(
        parameters=world.policy.parameters | ({"term_anchor": anchor} if anchor else {})
    )

    term = certify(world, world.ada, on=date(2026, 4, 16), now=datetime(2026, 4, 20, 9, 0, tzinfo=UTC)).terms.get()

    assert (term.valid_from, term.valid_until) == (date(2026, 4, first), date(2028, 4, first))


def test_what_never_expires_has_no_end(world):
    Scheme.objects.filter(pk=world.scheme.pk).update(never_expires=True)
    world.scheme.refresh_from_db()

    assert certify(world, world.ada).terms.get().valid_until is None


def test_a_full_list_is_followed_by_a_new_one(world):
    certify(world, world.ada)
    StatusList.objects.update(entries=status.SIZE)

    certify(world, world.grace)

    assert [each.ordinal for each in StatusList.objects.order_by("pk")] == [1, 2]
    assert Credential.objects.get(name="Grace Hopper").status_list.ordinal == 2


def test_others_do_not_award_and_nothing_is_awarded_before_it_is_earned(world):
    with pytest.raises(Refused, match="Only the certifying body awards"):
        certify(world, world.ada, by=world.mallory.actor)
    with pytest.raises(Refused, match="still to come"):
        certify(world, world.ada, on=date(2026, 4, 17))
    with pytest.raises(Refused, match="invisible or control"):
        certify(world, world.ada, name="Ada\u202eLovelace")
    assert Certification.objects.count() == 0


def test_an_award_takes_few_queries(world, django_assert_max_num_queries):
    certify(world, world.ada)

    with django_assert_max_num_queries(45):
        certify(world, world.grace)
