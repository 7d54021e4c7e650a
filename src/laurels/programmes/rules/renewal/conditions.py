"""A policy's parameters as the engine reads them. Where a policy is silent, the default stands here, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from laurels.kernel.money import Money
from laurels.programmes.rules.categories import category
from laurels.programmes.rules.contents import Pack
from laurels.programmes.rules.parameters import Level, level_from

HOUR = 60


@dataclass(frozen=True, slots=True)
class Several:
    """What two or more of a level cost and take together, where all of them end on ``ending_from`` or later."""

    fee: Money
    units: int
    ending_from: date | None = None


# Compared by identity, so that what follows from rules alone can be remembered with them.
@dataclass(frozen=True, slots=True, eq=False)
class Conditions:
    """``tracks`` maps a scheme to its track: the policy's own columns, else the catalogue's. ``category_groups`` maps a
    category to the group it belongs to.

    Open questions of the sources and what we take until a body says otherwise:

    - ``anchor`` course-end: "24 months from the course" (1.3); a policy may say the award or the exam instead.
    - ``early_starts``, ``late_starts`` old-end: a term follows the one before it ("additional two years").
    - ``aligns`` each-own: certificates that end on different days and are renewed together keep their own days (B17).
    - ``after_end_counts``: hours done after the end of a lapsed certificate count for its renewal (D12).
    - ``annual_fee``: owed for each year that begins in the new term, once whatever is renewed, and paid with it;
      another certification that renews the rest brings no fee.
    - No reminders named: ``reminders.DAYS``.
    - The last day itself is still valid; a new certification never makes an end earlier (E06).
    """

    policy: str
    term_months: int | None
    levels: Mapping[str, Level] = field(default_factory=dict)
    tracks: Mapping[str, str] = field(default_factory=dict)
    never_ending: frozenset[str] = frozenset()
    opens_after_award: int | None = None
    opens_before_end: int | None = None
    reminder_days: tuple[int, ...] | None = None
    reminder_days_after: tuple[int, ...] | None = None
    reminder_months: int | None = None
    benefit_days: int = 0
    suspension_months: int | None = None
    anchor: str = "course-end"
    early_starts: str = "old-end"
    late_starts: str = "old-end"
    late: str = ""
    aligns: str = "each-own"
    course_renews: bool = False
    lower_renew_along: bool = True
    fee: Money | None = None
    fee_member: Money | None = None
    fee_nonmember: Money | None = None
    annual_fee: Money | None = None
    fee_each: bool = False
    units: int = 0
    units_by_scheme: Mapping[str, int] = field(default_factory=dict)
    units_shared: bool = False
    window_before_end: int | None = None
    window_before_renewal: int | None = None
    after_end_counts: bool = True
    step_minutes: int = 1
    full_first_hour: bool = False
    day_most: int | None = None
    category_caps: Mapping[str, int] = field(default_factory=dict)
    category_minimums: Mapping[str, int] = field(default_factory=dict)
    category_groups: Mapping[str, str] = field(default_factory=dict)
    course_hours_count: bool = True
    reusable: bool = False
    carried_most: int = 0
    carried_months: int | None = None
    activities: Mapping[str, int] = field(default_factory=dict)
    activities_by_scheme: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    several: Mapping[str, "Several"] = field(default_factory=dict)
    fee_together: Money | None = None
    only_after_award: bool = False
    each_year: int = 0
    percents: Mapping[str, int] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()
    reinstatement: str = "pay-and-units"
    evidence_needed: bool = False
    units_reported: bool = True
    exam_needed: bool = False
    never_levels: frozenset[str] = frozenset()

    def lasts_for_ever(self, scheme: str) -> bool:
        """``microcredential:AI`` is a scheme of the level ``microcredential``."""
        return scheme in self.never_ending or scheme.partition(":")[0] in self.never_levels

    def level_of(self, scheme: str) -> tuple[str, Level] | None:
        return next(((key, level) for key, level in self.levels.items() if scheme in level.schemes), None)

    def track_of(self, scheme: str) -> str:
        """A scheme without a track stands for itself."""
        return self.tracks.get(scheme, scheme)

    def grace_days_of(self, scheme: str) -> int | None:
        """Days after the end during which the certificate can still be renewed, where its level says so."""
        found = self.level_of(scheme)
        return found[1].grace_days if found else None


def conditions(
    policy: str,
    values: Mapping[str, Any],
    *,
    tracks: Mapping[str, str] | None = None,
    never_ending: frozenset[str] = frozenset(),
) -> Conditions:
    """From the stored plain values of a policy; ``tracks`` and ``never_ending`` are the catalogue's, by scheme."""
    own_tracks = {scheme: track for track, schemes in values.get("tracks", {}).items() for scheme in schemes}
    return Conditions(
        policy=policy,
        term_months=values.get("term_months"),
        levels={key: level_from(row) for key, row in values.get("levels", {}).items()},
        tracks={**(tracks or {}), **own_tracks},
        never_ending=never_ending,
        opens_after_award=values.get("opens_days_after_award"),
        opens_before_end=values.get("opens_days_before_expiry"),
        reminder_days=_days(values.get("reminder_days_before")),
        reminder_days_after=_days(values.get("reminder_days_after")),
        reminder_months=values.get("reminder_months_before"),
        benefit_days=values.get("member_benefit_grace_days", 0),
        suspension_months=values.get("suspension_months"),
        anchor=values.get("term_anchor", "course-end"),
        early_starts=values.get("early_term_starts", "old-end"),
        late_starts=values.get("late_term_starts", "old-end"),
        late=values.get("late_renewal", ""),
        aligns=values.get("different_ends", "each-own"),
        course_renews=values.get("new_certification_renews_others", False),
        lower_renew_along=values.get("lower_renew_along", True),
        fee=_money(values.get("fee")),
        fee_member=_money(values.get("fee_member")),
        fee_nonmember=_money(values.get("fee_nonmember")),
        annual_fee=_money(values.get("annual_fee")),
        fee_each=values.get("fee_per_certification", False),
        units=values.get("units", 0),
        units_by_scheme=values.get("units_by_scheme", {}),
        units_shared=values.get("units_shared", False),
        window_before_end=values.get("unit_window_months_before_expiry"),
        window_before_renewal=values.get("unit_window_months_before_renewal"),
        after_end_counts=values.get("units_after_end_count", True),
        step_minutes=max(1, round(values.get("unit_step", 0) * HOUR)),
        full_first_hour=values.get("first_hour_must_be_full", False),
        day_most=values.get("max_units_per_day"),
        category_caps=_named(values.get("category_caps", {})),
        category_minimums=_named(values.get("category_minimums", {})),
        course_hours_count=values.get("course_hours_count", True),
        reusable=values.get("units_reusable", False),
        carried_most=values.get("units_carried_max", 0),
        carried_months=values.get("units_carried_earned_in_last_months"),
        category_groups=_grouped(values.get("category_groups", {})),
        activities=values.get("activities", {}),
        activities_by_scheme=values.get("activities_by_scheme", {}),
        several={level: _several(row) for level, row in values.get("several_of_level", {}).items()},
        fee_together=_money(values.get("fee_together")),
        only_after_award=values.get("units_only_after_award", False),
        each_year=values.get("units_each_year", 0),
        percents=_named(values.get("category_percents", {})),
        excluded=frozenset(category(name) for name in values.get("categories_excluded", ())),
        reinstatement=values.get("reinstatement", "pay-and-units"),
        evidence_needed=values.get("evidence_needed", False),
        units_reported=values.get("units_reported", True),
        exam_needed=values.get("exam_to_renew", False),
        never_levels=frozenset(values.get("never_expiring_levels", ())),
    )


def conditions_of(pack: Pack) -> dict[str, Conditions]:
    """Every policy of a pack by its key, with the catalogue's tracks."""
    tracks = {scheme.code: scheme.track for scheme in pack.schemes}
    for_ever = frozenset(scheme.code for scheme in pack.schemes if scheme.never_expires)
    return {one.key: conditions(one.key, one.parameters, tracks=tracks, never_ending=for_ever) for one in pack.policies}


def _named(numbers: Mapping[str, int]) -> dict[str, int]:
    return {category(name): number for name, number in numbers.items()}


def _grouped(groups: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {category(name): category(group) for group, names in groups.items() for name in names}


def _several(row: Mapping[str, Any]) -> Several:
    first = row.get("ending_from")
    return Several(
        Money(row["fee"]["minor"], row["fee"]["currency"]), row["units"], date.fromisoformat(first) if first else None
    )


def _days(values: Sequence[int] | None) -> tuple[int, ...] | None:
    return None if values is None else tuple(values)


def _money(value: Mapping[str, Any] | None) -> Money | None:
    return Money(value["minor"], value["currency"]) if value else None
