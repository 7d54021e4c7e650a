"""Rules that no body of the pack lives by, but that a policy can say."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from laurels.kernel.money import Money
from laurels.programmes.rules.renewal import Asked, Earned, Holding, Newly, check_case, conditions, quote, read_cases

END = date(2026, 5, 25)
PMI = {"term_months": 36, "units": 60, "units_carried_max": 20, "units_carried_earned_in_last_months": 12}


def hours(*days: tuple[date, int], category: str = "learning") -> list[Earned]:
    return [Earned(f"{nth}", on, 60 * units, category) for nth, (on, units) in enumerate(days)]


def counted(earned: list[Earned], *, is_renewed: bool) -> list[tuple[int, str]]:
    asked = Asked(END, [Holding("PMP", END, is_renewed=is_renewed)], earned)
    return [(one.minutes // 60, one.code) for one in quote(asked, conditions("PMI", PMI)).counted]


def test_what_was_over_counts_in_the_next_term_up_to_what_may_be_carried():
    began = date(2023, 5, 25)
    earned = hours(
        (began - timedelta(days=400), 5), (began - timedelta(days=200), 15), (began - timedelta(days=1), 15), (END, 40)
    )

    assert counted(earned, is_renewed=True) == [(0, "window"), (15, ""), (5, "carried"), (40, "")]
    assert counted(earned, is_renewed=False) == [(0, "window"), (0, "window"), (0, "window"), (40, "")]


def test_a_cap_of_a_group_counts_its_categories():
    rules = conditions(
        "X", {"term_months": 12, "category_caps": {"b": 3}, "category_groups": {"b": ["talks", "books"]}}
    )
    earned = hours((date(2026, 1, 5), 2), category="talks") + hours((date(2026, 1, 6), 2), category="books")

    found = quote(Asked(END, [Holding("C", END)], earned), rules)

    assert [(one.minutes, one.code) for one in found.counted] == [(120, ""), (60, "category")]


def test_an_exam_stands_in_the_way_until_it_is_passed():
    rules, held = conditions("X", {"term_months": 12, "exam_to_renew": True}), [Holding("C", END)]

    assert [one.code for one in quote(Asked(END, held, is_exam_passed=False), rules).refusals] == ["exam-needed"]
    assert quote(Asked(END, held, is_exam_passed=True), rules).new_end == date(2027, 5, 25)
    assert quote(Asked(END, held), rules).is_eligible


def test_two_of_a_level_together_and_a_third_of_another():
    level = {"fee": {"minor": 10000, "currency": "USD"}, "units_primary": 20, "units_add_on": 10}
    top = {"fee": {"minor": 25000, "currency": "USD"}, "units_primary": 40, "units_add_on": 20, "schemes": ["P", "Q"]}
    together = {"professional": {"fee": {"minor": 35000, "currency": "USD"}, "units": 60}}
    said = {"term_months": 24, "levels": {"first": level | {"schemes": ["A"]}, "professional": top}}
    rules = conditions("X", said | {"several_of_level": together})

    found = quote(Asked(END, [Holding(code, END) for code in "APQ"]), rules)

    assert (found.fee, found.minutes_required) == (Money(35000, "USD"), 70 * 60)
    assert [one.rule for one in found.reasons] == ["several_of_level", "levels.first"]


def test_a_quote_speaks_the_language_of_whoever_asks():
    rules = conditions("X", {"term_months": 12, "units": 3})
    asked = Asked(END, [Holding("C", END)])
    with override("en"):
        english = quote(asked, rules)
    with override("de"):
        quote(asked, rules)
    with override("en"):
        assert quote(asked, rules) == english


@pytest.mark.parametrize(("months", "fee"), [(12, 50), (24, 100), (30, 150)])
def test_a_yearly_fee_is_owed_for_each_year_that_begins_in_the_term(months, fee):
    values = {"term_months": months, "annual_fee": {"minor": 5000, "currency": "USD"}}
    found = quote(Asked(END, [Holding("C", END), Holding("D", END)]), conditions("P", values))

    assert (found.fee, found.reasons[-1].rule) == (Money(fee * 100, "USD"), "annual_fee")


def test_a_yearly_fee_comes_on_top_of_the_one_for_renewing():
    values = {"term_months": 24, "annual_fee": {"minor": 5000, "currency": "USD"}}
    level = {"fee": {"minor": 10000, "currency": "USD"}, "units_primary": 0, "units_add_on": 0, "schemes": ["C"]}
    both = {"fee": {"minor": 3000, "currency": "USD"}}
    held = [Holding("C", END)]

    assert quote(Asked(END, held), conditions("P", values | both)).fee == Money(13000, "USD")
    by_level = quote(Asked(END, held), conditions("P", values | {"levels": {"one": level}}))
    assert (by_level.fee, [one.rule for one in by_level.reasons]) == (Money(20000, "USD"), ["levels.one", "annual_fee"])


def test_without_a_yearly_fee_nothing_is_said_of_it():
    found = quote(Asked(END, [Holding("C", END)]), conditions("P", {"term_months": 24}))
    assert (found.fee, [one.rule for one in found.reasons]) == (None, ["units"])


def test_another_certification_renews_the_rest_without_a_yearly_fee():
    values = {
        "term_months": 24,
        "annual_fee": {"minor": 5000, "currency": "USD"},
        "new_certification_renews_others": True,
    }
    asked = Asked(END, [Holding("C", END)], newly=Newly("D", END))
    assert quote(asked, conditions("P", values)).fee == Money(0, "USD")


LEVELS = {"one": {"fee": {"minor": 10000, "currency": "USD"}, "units_primary": 8, "units_add_on": 4, "schemes": ["C"]}}
MEMBERS = {"fee_member": {"minor": 6000, "currency": "USD"}, "fee_nonmember": {"minor": 14000, "currency": "USD"}}


@pytest.mark.parametrize(
    ("is_member", "fee", "rules_named"),
    [
        (True, 60, ["levels.one", "fee_member"]),
        (False, 140, ["levels.one", "fee_nonmember"]),
        (None, 100, ["levels.one"]),
    ],
)
def test_prices_for_members_beside_levels(is_member, fee, rules_named):
    rules = conditions("X", {"term_months": 24, "levels": LEVELS} | MEMBERS)
    found = quote(Asked(END, [Holding("C", END)], is_member=is_member), rules)
    assert (found.fee, [one.rule for one in found.reasons]) == (Money(fee * 100, "USD"), rules_named)


@pytest.mark.parametrize(("way", "needed"), [("pay", 0), ("pay-and-units", 480)])
def test_what_comes_back_by_paying_needs_no_units_and_what_has_not_ended_does(way, needed):
    rules = conditions("X", {"term_months": 24, "levels": LEVELS, "late_renewal": "any-time", "reinstatement": way})
    late = END + timedelta(days=40)

    assert quote(Asked(END, [Holding("C", END)]), rules).minutes_required == 480
    found = quote(Asked(late, [Holding("C", END)]), rules)
    assert (found.minutes_required, found.is_eligible) == (needed, not needed)
    assert ("reinstatement" in [one.rule for one in found.reasons]) == (not needed)


def test_of_two_only_the_one_that_has_not_ended_takes_units():
    two = {"one": LEVELS["one"], "two": LEVELS["one"] | {"schemes": ["D"], "units_primary": 20}}
    said = {"term_months": 24, "levels": two, "late_renewal": "any-time", "reinstatement": "pay"}
    found = quote(Asked(END, [Holding("C", END), Holding("D", END - timedelta(days=3))]), conditions("X", said))
    assert (found.minutes_required, found.fee) == (480, Money(10000, "USD"))


def test_back_by_an_exam_it_is_refused_until_the_exam_is_passed():
    rules = conditions("X", {"term_months": 24, "levels": LEVELS, "late_renewal": "any-time", "reinstatement": "exam"})
    late, held = END + timedelta(days=40), [Holding("C", END)]

    assert [one.code for one in quote(Asked(late, held, is_exam_passed=False), rules).refusals] == ["exam-needed"]
    passed = quote(Asked(late, held, is_exam_passed=True), rules)
    assert (passed.is_eligible, passed.minutes_required) == (True, 0)


def test_what_is_asked_for_besides_is_counted_in_the_ledger_and_named():
    rules = conditions("X", {"term_months": 24, "units": 1, "activities": {"courses_taught": 2, "coaching_hours": 3}})
    taught = hours((date(2026, 1, 5), 1), category="Courses taught") + hours(
        (date(2026, 1, 6), 2), category="coaching hours"
    )

    found = quote(Asked(END, [Holding("C", END)], taught, activities={}), rules)
    assert [str(one) for one in found.refusals] == ["courses taught: 1 of 2.", "coaching hours: 2 of 3."]
    assert [one.rule for one in found.reasons[1:]] == ["activities", "activities"]
    assert quote(Asked(END, [Holding("C", END)], taught), rules).is_eligible
    more = {"courses_taught": 1, "coaching_hours": 1}
    assert quote(Asked(END, [Holding("C", END)], taught, activities=more), rules).is_eligible


def test_a_worked_case_never_reads_its_own_answer():
    row = {"id": "1", "policy": "X", "holdings": [{"cert": "C", "expires": "2026-05-25"}], "today": "2026-05-25"}
    rules = conditions("X", {"term_months": 24, "activities": {"courses_taught": 10}})
    claims = row | {"expected": {"eligible": True, "courses_taught": 3}}

    assert check_case(*read_cases([claims]), rules) == ["courses_taught: expected 3, found 10"]
    told = claims | {"activities": {"courses_taught": 3}}
    assert check_case(*read_cases([told]), rules) == ["eligible: expected True, found False"]
