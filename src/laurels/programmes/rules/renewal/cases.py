"""Worked cases: what policy authors say a rule leads to, held against what the engine answers.

A case is an object with ``id``, ``policy``, ``holdings`` (``cert``, ``expires``, ``awarded``, ``status``), ``today``,
``seus`` (``date``, ``hours``, ``category``, ``used``, ``evidence``), perhaps ``select``, ``event`` (``cert``, ``date``,
``course_end``, ``exam``), ``paid``, ``member``,
``exam_passed``, ``activities``, and ``expected``. In ``expected`` a value of null says nothing, and
neither do ``note`` and ``open_question``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from laurels.programmes.rules.problems import PackProblems, Problem
from laurels.programmes.rules.renewal.answer import Quote
from laurels.programmes.rules.renewal.asked import Asked, Earned, Holding, Newly
from laurels.programmes.rules.renewal.conditions import HOUR, Conditions
from laurels.programmes.rules.renewal.quote import quote
from laurels.programmes.rules.renewal.standing import OVER, REVOKED

SILENT = {"note", "open_question"}
ACTIVITIES = {"courses_taught": "courses_taught", "events": "events", "charity": "charity_offerings"}
# How authors say that an earlier renewal took an entry: ``used``, ``used_for``, ``already_used``, ``consumed_by``…
USED = re.compile(r"used|already|consumed|spent")
# What is over (it can no longer be renewed) has other names in other bodies' rules.
STATES = {"expired": OVER, "lost": OVER, "ended": OVER}


def _activity(name: str, found: Quote) -> int | None:
    """How many there are; where the case does not say, how many the policy asks for."""
    return found.activities_done.get(name, found.activities.get(name))


READINGS: dict[str, Callable[[Quote], Any]] = {
    "fee_usd": lambda found: None if found.fee is None else _number(Decimal(found.fee.minor) / 100),
    "seus_required": lambda found: _units(found.minutes_required),
    "seus_counted": lambda found: _units(found.minutes_counted),
    "shortfall": lambda found: _units(found.minutes_missing),
    "renewed": lambda found: list(found.renewed),
    "eligible": lambda found: found.is_eligible,
    "new_expiry": lambda found: found.new_end and found.new_end.isoformat(),
    "reason": lambda found: found.refusals[0].code if found.refusals else None,
    "opens": lambda found: found.opens_on and found.opens_on.isoformat(),
    "closes": lambda found: found.closes_on and found.closes_on.isoformat(),
    "state_before": lambda found: found.standing.state,
    "benefits_before": lambda found: found.standing.has_benefits,
    "benefits_until": lambda found: found.standing.benefits_until and found.standing.benefits_until.isoformat(),
    "new_expiries": lambda found: {one: found.new_ends[one].isoformat() for one in found.renewed},
    "reminder_due": lambda found: found.is_reminder_due,
    "never_expires": lambda found: found.is_for_life,
    "carried_over": lambda found: _units(found.minutes_carried),
    "next_cycle_missing": lambda found: _units(found.minutes_for_next),
    **{ours: partial(_activity, theirs) for ours, theirs in ACTIVITIES.items()},
}


@dataclass(frozen=True, slots=True)
class Case:
    id: str
    policy: str
    asked: Asked
    expected: Mapping[str, Any]
    is_open: bool


def read_cases(raw: Any) -> list[Case]:
    """From decoded JSON. Raises ``PackProblems`` with every case that cannot be read, by its id."""
    if not isinstance(raw, list):
        raise PackProblems([Problem("", 0, "", "The file must hold a list of cases.")])
    found, problems = [], []
    for number, row in enumerate(raw, start=1):
        name = str(row.get("id", number)) if isinstance(row, dict) else str(number)
        try:
            found.append(_case(row))
        except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as wrong:
            problems.append(Problem(name, 0, "", f"This case cannot be read: {wrong!r}."))
    if problems:
        raise PackProblems(problems)
    return found


def check_case(case: Case, rules: Conditions) -> list[str]:
    """What the engine answers otherwise than the case expects, a line each; empty when they agree."""
    found = quote(case.asked, rules)
    return [
        f"{key}: expected {expected!r}, found {answer!r}"
        for key, expected in case.expected.items()
        if key not in SILENT and expected is not None and (answer := _answer(key, found)) != _said(key, expected)
    ]


def _said(key: str, expected: Any) -> Any:
    return STATES.get(expected, expected) if key == "state_before" else expected


def _answer(key: str, found: Quote) -> Any:
    return READINGS[key](found) if key in READINGS else "nothing of this name"


def _case(row: Mapping[str, Any]) -> Case:
    expected, event = row["expected"], row.get("event")
    today = date.fromisoformat(row["today"])
    asked = Asked(
        on=today,
        holdings=[_holding(one) for one in row["holdings"]],
        earned=[_earned(nth, one) for nth, one in enumerate(row.get("seus", []))],
        chosen=frozenset(row["select"]) if row.get("select") is not None else None,
        newly=_newly(event, today) if event and not _is_exam(event) else None,
        is_exam_passed=True if event and _is_exam(event) else row.get("exam_passed"),
        is_paid=row.get("paid"),
        is_member=row.get("member"),
        activities=_activities_of(row),
    )
    return Case(str(row["id"]), row["policy"], asked, expected, "open_question" in expected)


def _activities_of(row: Mapping[str, Any]) -> Mapping[str, int] | None:
    """From the case itself and never from its ``expected``; None where it does not say."""
    said = {theirs: row[ours] for ours, theirs in ACTIVITIES.items() if ours in row}
    said |= row.get("activities", {})
    return said or None


def _is_exam(event: Mapping[str, Any]) -> bool:
    """Whether it is an exam passed to renew, rather than another certification earned."""
    return "exam" in str(event.get("type", ""))


def _newly(event: Mapping[str, Any], today: date) -> Newly:
    return Newly(
        event["cert"], _day(event.get("date")) or today, _day(event.get("course_end")), _day(event.get("exam"))
    )


def _holding(row: Mapping[str, Any]) -> Holding:
    return Holding(row["cert"], _day(row.get("expires")), _day(row.get("awarded")), row.get("status") == REVOKED)


def _earned(nth: int, row: Mapping[str, Any]) -> Earned:
    minutes = Decimal(str(row["hours"])) * HOUR
    is_used = any(value for name, value in row.items() if USED.match(name))
    category, has_proof = row.get("category") or "other", row.get("evidence", True)
    return Earned(f"{nth:06d}", date.fromisoformat(row["date"]), int(minutes), category, is_used, has_proof)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _units(minutes: int) -> int | float:
    return _number(Decimal(minutes) / HOUR)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
