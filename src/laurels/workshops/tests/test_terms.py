from datetime import date

import pytest

from laurels.kernel.money import Money
from laurels.workshops.rules import USUAL, Step, Terms, terms_of, why_not_terms

STARTS = date(2026, 4, 15)
WORTH = Money(99_900, "EUR")


@pytest.mark.parametrize(
    ("today", "back"),
    [
        (date(2026, 4, 1), 99_900),
        (date(2026, 4, 2), 49_950),
        (date(2026, 4, 8), 49_950),
        (date(2026, 4, 9), 0),
        (STARTS, 0),
    ],
)
def test_to_the_day(today, back):
    quote = USUAL.refund(WORTH, STARTS, today)
    assert (quote.back.minor, quote.kept.minor) == (back, 99_900 - back)


def test_the_quote_says_a_line_of_the_page():
    lines = USUAL.in_words("EUR")
    assert lines == [
        "Until 14 days before: everything back.",
        "Until 7 days before: 50 % of the price back.",
        "Later than that, or without giving it back: no refund.",
        "Another date: until 7 days before, free of charge.",
        "A colleague instead of you: until class begins, free of charge.",
    ]
    assert USUAL.refund(WORTH, STARTS, date(2026, 4, 3)).words == lines[1]


def test_ten_business_days_before_a_wednesday_are_two_weeks():
    terms = Terms((Step(10, 100),), counts="business")
    assert terms.refund(WORTH, STARTS, date(2026, 4, 1)).back == WORTH
    assert terms.refund(WORTH, STARTS, date(2026, 4, 2)).back.minor == 0


def test_another_date_for_a_fee_until_its_day():
    terms = Terms((), move_days=3, move_fee=5_000)
    assert terms.move("EUR", STARTS, date(2026, 4, 12)) == Money(5_000, "EUR")
    assert terms.move("EUR", STARTS, date(2026, 4, 13)).code == "too-late-to-move"


def test_kept_and_read_again():
    terms = Terms((Step(30, 100), Step(5, 20)), 2, 1_000, "business")
    assert terms_of(terms.as_data()) == terms
    assert terms_of({}) == USUAL


def test_terms_that_cannot_be_meant_are_refused():
    assert why_not_terms(Terms((Step(5, 50), Step(10, 100)))).code == "terms-out-of-order"
    assert why_not_terms(Terms((Step(5, 150),))).code == "bad-terms"
    assert why_not_terms(USUAL) is None
