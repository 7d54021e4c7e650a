"""How many months count: by the calendar, each day once, only inside the window."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.credentials.rules import months_within
from laurels.kernel.periods import Period, add_months

TODAY = date(2026, 4, 16)


def months(*stretches, within=60, day=TODAY):
    return months_within([Period(since, until) for since, until in stretches], within, day=day)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), 12),
        (date(2024, 1, 1), date(2024, 12, 25), 11),
        (date(2023, 2, 15), date(2024, 2, 14), 12),  # fourteen days of 28, fourteen of 29
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 2, 1), date(2024, 2, 29), 1),
        (date(2025, 3, 1), date(2025, 12, 31), 10),
        (date(2026, 3, 17), None, 1),
        (TODAY, None, 0),
    ],
)
def test_months_are_those_of_the_calendar(since, until, expected):
    assert months((since, until)) == expected


def test_what_lies_before_the_window_does_not_count():
    assert months((date(2015, 1, 1), date(2021, 4, 16))) == 0
    assert months((date(2015, 1, 1), date(2021, 5, 16))) == 1
    assert months((date(2000, 1, 1), None)) == 60


def test_two_jobs_at_a_time_are_one_time():
    year = (date(2024, 1, 1), date(2024, 12, 31))

    assert months(year, year, (date(2024, 6, 1), date(2025, 1, 31))) == 13


def test_single_weeks_add_up():
    weeks = [(date(2024, 1, 1) + timedelta(14 * n), date(2024, 1, 7) + timedelta(14 * n)) for n in range(26)]

    assert months(*weeks) == 6


days = st.dates(date(2019, 1, 1), TODAY)
stretches = st.lists(st.tuples(days, days).map(lambda pair: (min(pair), max(pair))), max_size=6)


@given(stretches, st.randoms())
def test_neither_order_nor_telling_twice_matters(told, chance):
    shuffled = told + told
    chance.shuffle(shuffled)

    assert months(*shuffled) == months(*told)


@given(stretches, stretches)
def test_telling_more_never_counts_less(told, more):
    assert months(*told, *more) >= max(months(*told), months(*more))


@given(days, days, days)
def test_cutting_a_stretch_in_two_changes_nothing(one, two, three):
    first, cut, final = sorted([one, two, three])

    assert months((first, cut), (min(cut + timedelta(1), final), final)) == months((first, final))


@given(days, st.integers(1, 24))
def test_from_a_day_to_the_eve_of_the_same_day_is_whole_months(first, n):
    until = add_months(first, n) - timedelta(1)

    assert months((first, until), within=600, day=date(2030, 1, 1)) == n
