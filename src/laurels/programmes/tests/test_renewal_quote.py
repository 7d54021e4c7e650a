"""What renewing takes: the worked cases of the pack, the edges of time, and what always holds."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels.kernel.money import Money
from laurels.kernel.periods import add_months
from laurels.programmes.rules import PackProblems, read_pack
from laurels.programmes.rules.renewal import (
    Asked,
    Conditions,
    Earned,
    Holding,
    Newly,
    check_case,
    conditions,
    conditions_of,
    pricing,
    quote,
    read_cases,
)
from laurels.programmes.rules.renewal.counting import counted

PACK = django_settings.PACKS / "cspo"
RULES = conditions_of(read_pack(PACK))
RAW = json.loads((PACK / "policies/cases.json").read_text(encoding="utf-8"))
NOW = RULES["SA-2024"]
END = date(2026, 11, 20)
TODAY = date(2026, 10, 1)


def holding(scheme="CSPO", ends_on=END, awarded_on=date(2024, 11, 20)):
    return Holding(scheme, ends_on, awarded_on)


def earned(*pairs, category="learning"):
    return [Earned(f"{nth:03}", day, minutes, category) for nth, (day, minutes) in enumerate(pairs)]


def asked(*holdings, **more):
    return Asked(more.pop("on", TODAY), holdings or (holding(),), **more)


ENOUGH = earned(*[(date(2026, 1, 5) + timedelta(weeks=nth), 240) for nth in range(18)])


@pytest.mark.parametrize("case", read_cases(RAW), ids=lambda case: case.id)
def test_worked_cases(case):
    assert check_case(case, RULES[case.policy]) == []


def test_a_case_that_expects_otherwise_is_told():
    case = read_cases([{**RAW[0], "expected": {**RAW[0]["expected"], "fee_usd": 99, "shortfull": 1}}])[0]
    assert check_case(case, NOW) == [
        "fee_usd: expected 99, found 100",
        "shortfull: expected 1, found 'nothing of this name'",
    ]


def test_a_case_that_cannot_be_read_is_named():
    with pytest.raises(PackProblems, match="A01"):
        read_cases([{**RAW[0], "today": "2026-02-30"}, RAW[1]])


def test_every_line_of_the_answer_names_a_rule_of_the_policy():
    found = quote(asked(holding(), holding("A-CSM"), earned=ENOUGH), NOW)
    assert [(str(one.words), one.rule) for one in found.reasons] == [
        ("A-CSM is the highest level chosen: 30 units and USD\xa0175.00.", "levels.advanced"),
        ("CSPO is another track: 10 more units and no fee.", "levels.foundational"),
    ]
    assert found.fee == Money(17500, "USD")


@pytest.mark.parametrize(
    ("entry", "code", "rule"),
    [
        (Earned("x", TODAY + timedelta(days=1), 60, "events"), "future", ""),
        (Earned("x", TODAY, 60, "events", is_used=True), "used", "units_reusable"),
        (Earned("x", date(2024, 5, 19), 60, "events"), "window", "unit_window_months_before_expiry"),
        (Earned("x", TODAY, 60, "sa-certification-course"), "course", "course_hours_count"),
    ],
)
def test_what_does_not_count_says_why_and_by_which_line(entry, code, rule):
    (one,) = quote(asked(earned=[entry]), NOW).counted
    assert (one.minutes, one.code, one.why.rule) == (0, code, rule)


def test_an_entry_with_nothing_to_show_counts_unless_the_rules_ask_for_it():
    bare = Earned("x", TODAY, 60, "events", has_proof=False)
    (one,) = quote(asked(earned=[bare]), NOW).counted
    assert (one.minutes, one.code) == (60, "")

    (one,) = quote(asked(earned=[bare]), RULES["INVENTED"]).counted
    assert (one.minutes, one.code, one.why.rule) == (0, "evidence", "evidence_needed")


def test_the_answer_says_from_which_day_the_term_counts():
    newly = Newly("CSPO", TODAY, course_ended_on=date(2026, 9, 10), exam_on=date(2026, 9, 24))
    exam = quote(asked(holding("CSM"), newly=newly), RULES["INVENTED"])
    assert [one.rule for one in exam.reasons] == ["new_certification_renews_others", "term_anchor"]
    assert str(exam.reasons[1].words) == "The new term counts from the day of the exam, 24 September 2026."
    award = quote(asked(holding("CSM"), newly=newly), replace(NOW, anchor="award"))
    assert (award.new_end, len(award.reasons)) == (date(2028, 10, 1), 1)


def test_a_day_and_a_category_count_up_to_their_caps():
    day = date(2021, 3, 1)
    old = quote(
        asked(holding(ends_on=date(2021, 11, 20)), on=date(2021, 10, 1), earned=earned((day, 300), (day, 300))),
        RULES["SA-2019"],
    )
    assert [one.minutes for one in old.counted] == [300, 180]
    assert old.counted[1].code == "day"
    iiba = quote(
        Asked(
            date(2025, 6, 1),
            (Holding("CBAP", date(2025, 12, 31)),),
            earned((date(2025, 1, 1), 16 * 60), category="self-directed"),
        ),
        RULES["IIBA"],
    )
    assert (iiba.counted[0].minutes, iiba.counted[0].code) == (15 * 60, "category")


def test_the_last_day_is_valid_and_the_next_is_not():
    assert quote(asked(on=END), NOW).standing.state == "active"
    after = quote(asked(on=END + timedelta(days=1)), NOW).standing
    assert (after.state, after.has_benefits) == ("lapsed", True)
    assert quote(asked(on=END + timedelta(days=91)), NOW).standing.has_benefits is False


def test_a_grace_ends_and_then_it_is_too_late():
    rules, one = RULES["SA-2018"], Holding("CSP-PO", date(2018, 6, 1))
    assert quote(asked(one, on=date(2018, 8, 30)), rules).standing.state == "grace"
    late = quote(asked(one, on=date(2018, 8, 31)), rules)
    assert (late.standing.state, late.refusals[0].code) == ("over", "too-late")


def test_choosing_the_lower_one_leaves_the_higher_and_choosing_the_higher_takes_the_lower_along():
    both = (holding(), holding("A-CSPO"))
    lower = quote(asked(*both, chosen=frozenset({"CSPO"}), earned=ENOUGH), NOW)
    assert (lower.renewed, lower.fee) == (("CSPO",), Money(10000, "USD"))
    higher = quote(asked(*both, chosen=frozenset({"A-CSPO"}), earned=ENOUGH), NOW)
    assert (higher.renewed, higher.along, higher.minutes_required) == (("A-CSPO", "CSPO"), ("CSPO",), 30 * 60)


def test_what_is_not_open_yet_is_left_out_unless_it_is_chosen():
    rules = RULES["SA-2019"]
    soon, later = Holding("CSM", date(2021, 11, 20)), Holding("CSPO", date(2023, 1, 1))
    units = earned(*[(date(2021, 1, 4) + timedelta(days=nth), 480) for nth in range(5)])
    found = quote(asked(soon, later, on=date(2021, 10, 1), earned=units), rules)
    assert (found.renewed, found.minutes_required) == (("CSM",), 20 * 60)
    chosen = quote(asked(soon, later, on=date(2021, 10, 1), earned=units, chosen=frozenset({"CSPO"})), rules)
    assert chosen.refusals[0].code == "window-not-open"


def test_a_new_certification_never_makes_an_end_earlier():
    far = holding("CSM", ends_on=date(2030, 1, 1))
    found = quote(asked(far, newly=Newly("CSPO", TODAY)), NOW)
    assert found.new_ends == {"CSM": date(2030, 1, 1)}


def test_a_revoked_one_is_not_renewed():
    found = quote(asked(replace(holding(), is_revoked=True), earned=ENOUGH), NOW)
    assert (found.renewed, found.refusals[0].code) == ((), "revoked")


def test_what_other_policies_may_say():
    base = {"term_months": 24, "units": 10}
    one, year = Holding("X", date(2026, 12, 31), date(2025, 1, 1)), date(2026, 6, 1)

    def under(units=(), **values):
        return quote(Asked(TODAY, (one,), units), conditions("P", base | values))

    assert under(earned((year, 600))).is_eligible
    assert under(earned((year, 600)), units_each_year=5).minutes_missing == 300
    assert under(earned((year, 600)), category_percents={"learning": 50}).minutes_counted == 300
    assert under(earned((year, 600)), categories_excluded=["learning"]).counted[0].code == "excluded"
    early = earned((date(2024, 12, 31), 600))
    assert under(early).is_eligible
    assert under(early, units_only_after_award=True).counted[0].code == "window"
    two = Asked(TODAY, (one, Holding("Y", date(2027, 3, 1))), earned((year, 1200)))
    money = {"minor": 5000, "currency": "EUR"}
    assert quote(two, conditions("P", base | {"fee": money, "fee_per_certification": True})).fee == Money(10000, "EUR")
    assert quote(two, conditions("P", base | {"fee": money, "fee_together": money})).fee == Money(5000, "EUR")
    assert quote(two, conditions("P", base | {"different_ends": "latest"})).new_end == date(2029, 3, 1)
    late = Asked(date(2027, 2, 1), (one,), earned((year, 600)))
    assert quote(late, conditions("P", base | {"reinstatement": "course"})).refusals[0].code == "course-needed"


days = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@settings(max_examples=300, deadline=None)
@given(days, st.integers(-800, 800), st.lists(st.tuples(st.integers(-900, 400), st.integers(1, 900)), max_size=12))
def test_whatever_the_days_what_is_promised_holds(ends_on, shift, units):
    on = ends_on + timedelta(days=shift)
    entries = earned(*[(ends_on + timedelta(days=at), minutes) for at, minutes in units])
    for rules in (NOW, RULES["SA-2019"], RULES["SA-2018"], RULES["PMI-CCR"]):
        found = quote(Asked(on, (Holding("CSPO", ends_on),), entries), rules)
        assert sum(one.minutes for one in found.counted) <= sum(one.minutes for one in entries)
        assert all((one.why is None) == (one.minutes == one.entry.minutes) for one in found.counted)
        assert found.minutes_counted + found.minutes_missing >= found.minutes_required
        assert found.is_eligible == bool(found.renewed)
        if found.is_eligible:
            assert found.new_end > ends_on
            assert found.new_end in (add_months(ends_on, rules.term_months), add_months(on, rules.term_months))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, len(ENOUGH) - 1), unique=True), st.integers(1, 600))
def test_one_more_entry_never_makes_it_worse(chosen, minutes):
    some = [ENOUGH[nth] for nth in chosen]
    before = quote(asked(earned=some), NOW)
    after = quote(asked(earned=[*some, Earned("zzz", TODAY, minutes, "events")]), NOW)
    assert after.minutes_missing <= before.minutes_missing


def test_quotes_do_not_depend_on_the_order_of_entries():
    forward, backward = (quote(asked(earned=each), NOW) for each in (ENOUGH, ENOUGH[::-1]))
    assert forward == backward
    assert isinstance(NOW, Conditions)


ENTRIES = st.lists(
    st.builds(
        Earned,
        key=st.text("ab", min_size=1, max_size=3),
        on=st.dates(date(2023, 1, 1), date(2027, 1, 1)),
        minutes=st.integers(1, 200),
        category=st.sampled_from(["learning", "Giving back", "certification_course", "events"]),
        is_used=st.booleans(),
    ),
    max_size=12,
)
ALONE = {
    "units_reusable": st.booleans(),
    "course_hours_count": st.booleans(),
    "first_hour_must_be_full": st.booleans(),
    "units_after_end_count": st.booleans(),
    "unit_step": st.sampled_from([0.25, 1]),
    "category_percents": st.just({"learning": 50, "events": 100}),
    "categories_excluded": st.just(["giving-back"]),
}
TOGETHER = {"max_units_per_day": st.just(1), "category_caps": st.just({"events": 2})}


@given(
    ENTRIES,
    st.fixed_dictionaries({}, optional=ALONE | TOGETHER),
    st.sampled_from([TODAY, END + timedelta(days=30)]),
)
def test_the_quick_look_at_an_entry_agrees_with_the_close_one(entries, values, on):
    rules = conditions("X", {"term_months": 24, **values})
    asked = Asked(on, [holding()], entries)

    # Whoever holds two gets the close look at every entry; the second here has the same time that counts.
    assert counted(asked, [holding()], rules) == counted(asked, [holding(), holding("CSM")], rules)


HELD = st.lists(
    st.builds(
        Holding,
        st.sampled_from(["CSPO", "A-CSPO", "CSM", "PMP", "X"]),
        st.none() | st.dates(date(2025, 1, 1), date(2028, 1, 1)),
        st.dates(date(2022, 1, 1), date(2024, 12, 31)),
        st.booleans(),
        st.booleans(),
    ),
    max_size=3,
    unique_by=lambda one: one.scheme,
)
MORE = TOGETHER | {
    "category_minimums": st.just({"learning": 2}),
    "units_each_year": st.just(1),
    "units_carried_max": st.just(2),
    "unit_window_months_before_renewal": st.just(30),
    "units_only_after_award": st.booleans(),
    "evidence_needed": st.booleans(),
    "activities": st.just({"events": 1}),
    "units": st.just(3),
}


@given(ENTRIES, HELD, st.fixed_dictionaries({}, optional=ALONE | MORE), st.booleans())
def test_in_a_pass_over_everybody_each_gets_their_own_quote(entries, held, values, has_levels):
    base = NOW if has_levels and not values else conditions("X", {"term_months": 24, **values})
    asked = Asked(TODAY, held, entries, is_member=True)

    assert pricing(base)(asked) == quote(asked, base)._replace(counted=())


@pytest.mark.parametrize("case", read_cases(RAW), ids=lambda case: case.id)
def test_worked_cases_in_a_pass_over_everybody(case):
    rules = RULES[case.policy]
    assert pricing(rules)(case.asked) == quote(case.asked, rules)._replace(counted=())


def test_of_one_day_the_line_that_was_written_first_counts_first():
    rules = conditions("X", {"term_months": 24, "max_units_per_day": 1})
    first, then = Earned("z", TODAY, 60, "events"), Earned("a", TODAY, 60, "events")

    assert [one.minutes for one in quote(asked(earned=[first, then]), rules).counted] == [60, 0]
