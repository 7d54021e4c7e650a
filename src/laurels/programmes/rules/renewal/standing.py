"""Where a certification stands on a day, and from when until when it can be renewed. The only place that decides it.

After its end a certificate is inactive, and what it still brings is the policy's to say: rights of members for so many
days (JP-CSM 12.3), a time of grace in which it can be renewed (SA-RENEWCSP), or a suspension after which it is lost
(IIBA-HB20, PMI-THREAD).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from laurels.kernel.periods import add_months
from laurels.programmes.rules.renewal.asked import Holding
from laurels.programmes.rules.renewal.conditions import Conditions

ACTIVE, GRACE, SUSPENDED, LAPSED, OVER, FOR_LIFE, REVOKED = (
    "active",
    "grace",
    "suspended",
    "lapsed",
    "over",
    "for-life",
    "revoked",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """``opens_on`` None: open since the award. ``closes_on`` None: never. ``has_benefits``: rights of members stay, to
    the end of ``benefits_until`` (None: as long as the state lasts). ``since`` is the first day of a state after the
    end, ``until`` its last (None: open)."""

    state: str
    has_benefits: bool
    opens_on: date | None = None
    closes_on: date | None = None
    benefits_until: date | None = None
    since: date | None = None
    until: date | None = None

    def is_open(self, day: date) -> bool:
        if self.state in (FOR_LIFE, REVOKED, OVER):
            return False
        return self.opens_on is None or self.opens_on <= day


def standing(holding: Holding, rules: Conditions, on: date) -> Standing:
    """The last valid day counts as valid."""
    if holding.is_revoked:
        return Standing(REVOKED, has_benefits=False)
    if holding.ends_on is None:
        return Standing(FOR_LIFE, has_benefits=True)
    closes = closes_on(holding, rules)
    until = holding.ends_on + timedelta(days=max(rules.benefit_days, _grace(holding, rules)))
    state = _state(holding, rules, on, closes)
    ended = closes if state == OVER and closes else holding.ends_on
    return Standing(
        state,
        on <= until,
        opens_on(holding, rules),
        closes,
        until,
        since=None if state == ACTIVE else ended + timedelta(days=1),
        until=closes if state in (GRACE, SUSPENDED) else None,
    )


def opens_on(holding: Holding, rules: Conditions) -> date | None:
    if rules.opens_after_award is not None and holding.awarded_on is not None:
        return holding.awarded_on + timedelta(days=rules.opens_after_award)
    if rules.opens_before_end is not None and holding.ends_on is not None:
        return holding.ends_on - timedelta(days=rules.opens_before_end)
    return None


def closes_on(holding: Holding, rules: Conditions) -> date | None:
    """The last day on which it can be renewed; None where there is no such day."""
    if holding.ends_on is None or rules.late == "any-time":
        return None
    if grace := _grace(holding, rules):
        return holding.ends_on + timedelta(days=grace)
    if rules.suspension_months is not None:
        return add_months(holding.ends_on, rules.suspension_months)
    return holding.ends_on if rules.late == "no" else None


def _state(holding: Holding, rules: Conditions, on: date, closes: date | None) -> str:
    if holding.ends_on is None or on <= holding.ends_on:
        return ACTIVE
    if closes is not None and on > closes:
        return OVER
    if _grace(holding, rules) and closes is not None:
        return GRACE
    return SUSPENDED if rules.suspension_months is not None and rules.late != "any-time" else LAPSED


def _grace(holding: Holding, rules: Conditions) -> int:
    return rules.grace_days_of(holding.scheme) or 0
