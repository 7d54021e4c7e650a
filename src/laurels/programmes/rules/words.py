"""A policy as people read it: one sentence for each rule, with its sources."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from laurels.kernel.money import Money
from laurels.programmes.rules.parameters import PARAMETERS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from laurels.programmes.models import Policy

# Words whose language is chosen when they are shown.
type Words = str | _StrPromise


@dataclass(frozen=True, slots=True)
class RuleInWords:
    name: str
    sentence: str
    sources: tuple[dict[str, str], ...] = ()
    note: str = ""
    is_inferred: bool = False
    is_unknown: bool = False


SILENT: dict[str, Any] = {"units_reusable": False, "units": 0}


def policy_in_words(policy: "Policy") -> list[RuleInWords]:
    """Every rule but the table of levels, in the order of the vocabulary; what nobody found is said to be unknown."""
    values = policy.parameters
    lines = [_line(policy, name, SENTENCES[name](values[name])) for name in PARAMETERS if name in values]
    unknown = [name for name in PARAMETERS if name not in values and policy.sources.get(name, {}).get("is_unknown")]
    lines += [_line(policy, name, _unknown(name)) for name in unknown]
    return lines + [_line(policy, f"rules.{rule['key']}", rule["words"]) for rule in values.get("rules", [])]


def silent_in_words(policy: "Policy") -> list[RuleInWords]:
    """What answers cite although the policy may not say it, as it is taken then."""
    said = {name: SENTENCES[name](value) for name, value in SILENT.items() if not _says(policy, name)}
    if policy.parameters.get("levels") and "units" in said:
        said["units"] = str(_("A certificate that stands at no level takes no units."))
    return [RuleInWords(name, sentence) for name, sentence in said.items()]


def _says(policy: "Policy", name: str) -> bool:
    return name in policy.parameters or policy.sources.get(name, {}).get("is_unknown", False)


def _line(policy: "Policy", name: str, sentence: str) -> RuleInWords:
    source = policy.sources.get(name, {})
    return RuleInWords(
        name.removeprefix("rules."),
        sentence,
        tuple(source.get("from", [])),
        source.get("note", ""),
        source.get("is_inferred", False),
        source.get("is_unknown", False),
    )


def _unknown(name: str) -> str:
    return str(_("%(rule)s: not found in any page read.")) % {"rule": _label(name)}


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _term(months: int | None) -> str:
    if months is None:
        return str(_("A certificate is valid for ever."))
    words = ngettext("A certificate is valid for %(n)s month.", "A certificate is valid for %(n)s months.", months)
    return words % {"n": months}


def _days_before(days: list[int]) -> str:
    return str(_("Reminders go out %(days)s days before the end.")) % {"days": ", ".join(map(str, days))}


def _days_after(days: list[int]) -> str:
    return str(_("Reminders go out %(list)s days after the end.")) % {"list": ", ".join(map(str, reversed(days)))}


def _money(words: Words) -> Callable[[Any], str]:
    return lambda value: str(words) % {"amount": Money(value["minor"], value["currency"])}


def _number(words: Words) -> Callable[[Any], str]:
    return lambda value: str(words) % {"n": value}


def _either(yes: Words, no: Words) -> Callable[[Any], str]:
    return lambda value: str(yes if value else no)


def _named(words: Words, none: Words = "") -> Callable[[Any], str]:
    def sentence(counts: dict[str, int]) -> str:
        if not counts:
            return str(none)
        # A database may keep the names in any order.
        most_first = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return str(words) % {"list": ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in most_first)}

    return sentence


def _several(levels: dict[str, Any]) -> str:
    def sentence(level: str, row: dict[str, Any]) -> str:
        values = {"level": _label(level), "amount": Money(row["fee"]["minor"], row["fee"]["currency"]), **row}
        if "ending_from" not in row:
            return str(_("%(level)s, two or more together: %(amount)s and %(units)s units.")) % values
        words = _(
            "%(level)s, two or more together that end on %(ending_from)s or later: %(amount)s and %(units)s units."
        )
        return str(words) % values

    return " ".join(sentence(level, row) for level, row in levels.items())


def _by_scheme(schemes: dict[str, dict[str, int]]) -> str:
    listed = "; ".join(
        f"{scheme}: {', '.join(f'{what.replace("_", " ")} {n}' for what, n in counts.items())}"
        for scheme, counts in schemes.items()
    )
    return str(_("Required in each term, by certificate: %(list)s.")) % {"list": listed}


def _groups(groups: dict[str, list[str]]) -> str:
    listed = "; ".join(
        f"{name.replace('_', ' ')}: {', '.join(one.replace('_', ' ') for one in members)}"
        for name, members in groups.items()
    )
    return str(_("Categories that belong together: %(list)s.")) % {"list": listed}


def _categories(named: list[list[str]]) -> str:
    return str(_("Units are reported as: %(list)s.")) % {"list": ", ".join(label for _key, label in named)}


def _tracks(tracks: dict[str, list[str]]) -> str:
    words = "; ".join(f"{track}: {', '.join(codes)}" for track, codes in tracks.items())
    return str(_("Tracks: %(list)s.")) % {"list": words}


def _one_of(words: dict[str, Words]) -> Callable[[Any], str]:
    return lambda value: str(words[value])


SENTENCES: dict[str, Callable[[Any], str]] = {
    "term_months": _term,
    "never_expiring_levels": lambda levels: str(_("These never expire: %(list)s.")) % {"list": ", ".join(levels)},
    "opens_days_after_award": _number(_("Renewal opens %(n)s days after the award.")),
    "opens_days_before_expiry": _number(_("Renewal opens %(n)s days before the end.")),
    "reminder_days_before": _days_before,
    "reminder_months_before": _number(_("A reminder goes out %(n)s months before the end.")),
    "member_benefit_grace_days": _number(_("Members keep their benefits for %(n)s days after the end.")),
    "suspension_months": _number(
        _("After the end a certificate is suspended for at most %(n)s months, then it is lost.")
    ),
    "early_term_starts": _one_of(
        {
            "old-end": _("Renewed early, the new term follows the old one: no day is lost."),
            "renewal-day": _("Renewed early, the new term begins on the day of renewal."),
        }
    ),
    "late_term_starts": _one_of(
        {
            "old-end": _("Renewed late, the new term counts from the old end."),
            "renewal-day": _("Renewed late, the new term begins on the day of renewal."),
        }
    ),
    "late_renewal": _one_of(
        {
            "any-time": _("After the end a certificate is lapsed and can be renewed at any time."),
            "limited": _("After the end a certificate can be renewed for a limited time."),
            "no": _("After the end a certificate cannot be renewed."),
        }
    ),
    "exam_to_renew": _either(_("Renewing takes an exam."), _("Renewing takes no exam.")),
    "new_certification_renews_others": _either(
        _("Earning another certificate of this body renews all others, active or lapsed, to the new one's date."),
        _("Earning another certificate renews no others."),
    ),
    "fee": _money(_("Renewing costs %(amount)s.")),
    "fee_member": _money(_("Renewing costs members %(amount)s.")),
    "fee_nonmember": _money(_("Renewing costs non-members %(amount)s.")),
    "annual_fee": _money(_("The yearly fee is %(amount)s.")),
    "fee_per_certification": _either(
        _("The fee is due for each certificate."), _("One fee covers all certificates renewed together.")
    ),
    "units": _number(_("Renewing takes %(n)s units.")),
    "units_by_scheme": _named(_("Units by certificate: %(list)s.")),
    "units_shared": _either(
        _("One unit counts for several certificates."), _("One unit counts for one certificate only.")
    ),
    "units_reported": _either(_("Units are reported to the body."), _("Holders keep their own record of units.")),
    "units_reusable": _either(_("A unit may count again."), _("A unit counts once, in one renewal.")),
    "units_carried_max": _number(_("At most %(n)s surplus units are carried into the next term.")),
    "units_carried_earned_in_last_months": _number(_("Only units of the last %(n)s months are carried over.")),
    "unit_window_months_before_expiry": _number(_("Units count when earned in the %(n)s months before the end.")),
    "unit_window_months_before_renewal": _number(_("Units count when earned in the %(n)s months before renewing.")),
    "unit_step": _number(_("Units are counted in steps of %(n)s.")),
    "first_hour_must_be_full": _either(_("The first hour of an activity must be full."), _("Part of an hour counts.")),
    "max_units_per_day": _number(_("At most %(n)s units count on one day.")),
    "categories": _categories,
    "category_caps": _named(_("At most, by category: %(list)s."), _("No category has an upper limit.")),
    "category_minimums": _named(_("At least, by category: %(list)s."), _("No category is required.")),
    "course_hours_count": _either(
        _("Hours of a certification course count as units."), _("Hours of a certification course are no units.")
    ),
    "activities": _named(_("Required in each term: %(list)s."), _("No activities are required.")),
    "activities_by_scheme": _by_scheme,
    "category_groups": _groups,
    "several_of_level": _several,
    "tracks": _tracks,
    "term_anchor": _one_of(
        {
            "award": _("A first term begins on the day of the award."),
            "course-end": _("A first term begins on the last day of the course."),
            "exam": _("A first term begins on the day of the exam, or of the award where that is not known."),
        }
    ),
    "different_ends": _one_of(
        {
            "each-own": _("Certificates renewed together each keep their own day."),
            "latest": _("Certificates renewed together all end on the latest of their new days."),
        }
    ),
    "lower_renew_along": _either(
        _("A higher certificate renews the lower ones of its track along."),
        _("Each certificate of a track is renewed by itself."),
    ),
    "fee_together": _money(_("Several certificates renewed together cost %(amount)s in all.")),
    "units_after_end_count": _either(
        _("Units earned after the end count for a late renewal."),
        _("Only units earned before the end count for a late renewal."),
    ),
    "units_only_after_award": _either(
        _("Only units earned after the award count."), _("Units earned before the award may count.")
    ),
    "units_each_year": _number(_("At least %(n)s units in each year of the term.")),
    "category_percents": _named(_("Counted in percent, by category: %(list)s.")),
    "categories_excluded": lambda names: str(_("These are no units: %(list)s.")) % {"list": ", ".join(names)},
    "reinstatement": _one_of(
        {
            "pay-and-units": _("A lapsed certificate comes back with fee and units."),
            "pay": _("A lapsed certificate comes back with the fee alone."),
            "exam": _("A lapsed certificate comes back with an exam."),
            "course": _("A lapsed certificate has to be earned anew."),
        }
    ),
    "reminder_days_after": _days_after,
    "evidence_needed": _either(
        _("An entry counts only when there is something to show for it."),
        _("Evidence is asked for in audits only."),
    ),
    "entries_fixed_after_days": _number(
        _("For %(n)s days an entry can be corrected or taken back by its owner, then only by the body.")
    ),
    "audit_percent": _number(_("%(n)s in a hundred renewals are audited.")),
    "host_preparation_minutes": _number(_("Hosting a gathering counts %(n)s more minutes for preparing it.")),
    "evidence_kept_months": _number(
        _("Files shown as evidence are kept for %(n)s months after the end of the term they served, and then removed.")
    ),
}


@dataclass(frozen=True, slots=True)
class LevelInWords:
    name: str
    codes: tuple[str, ...]
    fee: str
    units_primary: int
    units_add_on: int
    grace_days: int | None
    rule: RuleInWords


def levels_in_words(policy: "Policy") -> list[LevelInWords]:
    return [
        LevelInWords(
            _label(key),
            tuple(row["schemes"]),
            _level_fee(row),
            row["units_primary"],
            row["units_add_on"],
            row.get("grace_days"),
            _line(policy, f"levels.{key}", ""),
        )
        for key, row in policy.parameters.get("levels", {}).items()
    ]


def _level_fee(row: dict[str, Any]) -> str:
    fee, lower = Money(row["fee"]["minor"], row["fee"]["currency"]), row.get("fee_member")
    if not lower:
        return str(fee)
    return str(_("%(fee)s, members %(lower)s")) % {"fee": fee, "lower": Money(lower["minor"], lower["currency"])}
