"""The vocabulary of policies: what a rule may be called, what its value looks like, and typed access for the stages."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from laurels.kernel.money import MINOR_DIGITS, Money
from laurels.programmes.rules.categories import LONGEST, is_category
from laurels.programmes.rules.tables import Table

if TYPE_CHECKING:
    from laurels.programmes.models import Policy

NEVER, NONE, NOT_FOUND = "never", "none", "not-found"


@dataclass(frozen=True, slots=True)
class Parameter:
    """``read`` takes a parameter's table and the policy's currency and gives the plain value that is stored."""

    read: Callable[[Table, str], Any]


def _count(least: int = 0) -> Parameter:
    return Parameter(lambda row, currency: row.whole("value", least=least))


def _choice(*choices: str) -> Parameter:
    return Parameter(lambda row, currency: row.choice("value", choices))


def _term(row: Table, currency: str) -> int | None:
    if row.raw("value") == NEVER:
        return None
    return row.whole("value", least=1, most=1200)


def _number(row: Table, currency: str) -> float | int:
    value = row.raw("value")
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1000:
        row.say("value", "This must be a number above 0, such as 0.25.")
        return 1
    return value


def _days(row: Table, currency: str) -> list[int]:
    values = row.raw("value")
    if not isinstance(values, list) or any(not isinstance(day, int) or day < 0 for day in values):
        row.say("value", "This must be a list of whole numbers of days, such as [90, 30].")
        return []
    return sorted(values, reverse=True)


def _counts(row: Table, currency: str) -> dict[str, int]:
    """Named whole numbers; ``"none"`` says that there are none, which is a rule too."""
    if row.raw("value") == NONE:
        return {}
    table = row.table("value")
    return {} if table is None else {name: table.whole(name) for name in table.values}


def _lists(row: Table, currency: str) -> dict[str, list[str]]:
    table = row.table("value")
    return {} if table is None else {name: table.texts(name) for name in table.values}


def _labels(row: Table, currency: str) -> list[list[str]]:
    """Named words in their order, which no database keeps in an object."""
    table = row.table("value")
    for name in table.values if table else ():
        if table and not is_category(name):
            table.say(name, f"Small letters, digits and underscores, at most {LONGEST} of them, such as giving_back.")
    return [[name, table.text(name, limit=80)] for name in table.values] if table else []


def _counts_each(row: Table, currency: str) -> dict[str, dict[str, int]]:
    """Named whole numbers for each of some names, such as activities for each scheme."""
    table = row.table("value")
    found = {} if table is None else {name: table.table(name) for name in table.values}
    return {name: {what: one.whole(what) for what in one.values} for name, one in found.items() if one}


def money_in(row: Table, key: str, currency: str) -> dict[str, Any]:
    """An amount as authors write it, ``100`` or ``"19.90"``, as minor units and the policy's currency."""
    value = row.raw(key)
    if not currency:
        row.say(key, 'An amount needs a currency. Add currency = "USD" at the top of the policy.')
    digits = MINOR_DIGITS.get(currency, 2)
    is_amount = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    if is_amount or (isinstance(value, str) and re.fullmatch(rf"\d{{1,9}}(\.\d{{1,{digits or 1}}})?", value)):
        return {"minor": int(Decimal(str(value)) * 10**digits), "currency": currency}
    if row.has(key):
        row.say(key, 'This must be an amount: a whole number, or one in quotes such as "19.90".')
    return {"minor": 0, "currency": currency}


def _several(row: Table, currency: str) -> dict[str, dict[str, Any]]:
    """Level → what two or more of it cost and take together, and from which end on."""
    table = row.table("value")
    found: dict[str, dict[str, Any]] = {}
    for name in table.values if table else ():
        if table and (one := table.table(name)):
            found[name] = {"fee": money_in(one, "fee", currency), "units": one.whole("units")}
            if first := one.day("ending_from", required=False):
                found[name]["ending_from"] = first.isoformat()
            one.close()
    return found


FLAG = Parameter(lambda row, currency: row.flag("value", required=True))
MONEY = Parameter(lambda row, currency: money_in(row, "value", currency))
NUMBER, DAYS, COUNTS, LISTS, TERM = map(Parameter, (_number, _days, _counts, _lists, _term))
COUNTS_EACH, SEVERAL, LABELS = map(Parameter, (_counts_each, _several, _labels))
TEXTS = Parameter(lambda row, currency: row.texts("value"))


PARAMETERS: dict[str, Parameter] = {
    "term_months": TERM,
    "never_expiring_levels": TEXTS,
    "opens_days_after_award": _count(),
    "opens_days_before_expiry": _count(1),
    "reminder_days_before": DAYS,
    "reminder_months_before": _count(1),
    "member_benefit_grace_days": _count(),
    "suspension_months": _count(),
    "early_term_starts": _choice("old-end", "renewal-day"),
    "late_term_starts": _choice("old-end", "renewal-day"),
    "late_renewal": _choice("any-time", "limited", "no"),
    "exam_to_renew": FLAG,
    "new_certification_renews_others": FLAG,
    "fee": MONEY,
    "fee_member": MONEY,
    "fee_nonmember": MONEY,
    "annual_fee": MONEY,
    "fee_per_certification": FLAG,
    "units": _count(),
    "units_by_scheme": COUNTS,
    "units_shared": FLAG,
    "units_reported": FLAG,
    "units_reusable": FLAG,
    "units_carried_max": _count(),
    "units_carried_earned_in_last_months": _count(1),
    "unit_window_months_before_expiry": _count(1),
    "unit_window_months_before_renewal": _count(1),
    "unit_step": NUMBER,
    "first_hour_must_be_full": FLAG,
    "max_units_per_day": _count(1),
    "categories": LABELS,
    "category_caps": COUNTS,
    "category_minimums": COUNTS,
    "course_hours_count": FLAG,
    "category_groups": LISTS,
    "activities": COUNTS,
    "activities_by_scheme": COUNTS_EACH,
    "several_of_level": SEVERAL,
    "tracks": LISTS,
    "term_anchor": _choice("award", "course-end", "exam"),
    "different_ends": _choice("each-own", "latest"),
    "lower_renew_along": FLAG,
    "fee_together": MONEY,
    "units_after_end_count": FLAG,
    "units_only_after_award": FLAG,
    "units_each_year": _count(1),
    "category_percents": COUNTS,
    "categories_excluded": TEXTS,
    "reinstatement": _choice("pay-and-units", "pay", "exam", "course"),
    "reminder_days_after": DAYS,
    "evidence_needed": FLAG,
    "entries_fixed_after_days": _count(),
    "audit_percent": _count(),
    "host_preparation_minutes": _count(),
    "evidence_kept_months": _count(1),
}


@dataclass(frozen=True, slots=True)
class Level:
    fee: Money
    units_primary: int
    units_add_on: int
    schemes: tuple[str, ...]
    grace_days: int | None = None
    fee_member: Money | None = None

    def fee_for(self, *, is_member: bool | None) -> Money:
        """Members pay the level's price for members where it names one."""
        return self.fee_member if is_member and self.fee_member is not None else self.fee


def term_months(policy: "Policy") -> int | None:
    """Months a certificate is valid under the policy; None for ever. A binding policy always says."""
    months: int | None = policy.parameters["term_months"]
    return months


def level_from(row: Mapping[str, Any]) -> Level:
    """A level as it is stored in a policy's values."""
    money, lower = Money(row["fee"]["minor"], row["fee"]["currency"]), row.get("fee_member")
    return Level(
        money,
        row["units_primary"],
        row["units_add_on"],
        tuple(row["schemes"]),
        row.get("grace_days"),
        Money(lower["minor"], lower["currency"]) if lower else None,
    )
