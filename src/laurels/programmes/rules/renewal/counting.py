"""Which entries count towards a renewal, and why each other one does not."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from laurels.kernel.periods import add_months
from laurels.programmes.rules.categories import category
from laurels.programmes.rules.renewal.answer import Counted, Reason
from laurels.programmes.rules.renewal.asked import Asked, Earned, Holding
from laurels.programmes.rules.renewal.conditions import HOUR, Conditions

COURSE = {"sa_certification_course", "certification_course"}
BY_DAY = attrgetter("on")
# Why an entry says nothing at all, not even that it was done.
NOT_DONE = {"future", "used", "window", "evidence"}
ALWAYS = ((date.min, date.max),)


def counted(asked: Asked, holdings: Sequence[Holding], rules: Conditions) -> tuple[Counted, ...]:
    """Every entry in the order of its day, those of one day as they stand; caps are used up in that order."""
    entries = sorted(asked.earned, key=BY_DAY) if len(asked.earned) > 1 else asked.earned
    windows, span = windows_of(holdings, rules, asked.on)
    counts = _each(entries, asked.on, windows, rules)
    if span:
        counts = list(_within_carried(counts, span, rules))
    return tuple(counts if rules.day_most is None and not rules.category_caps else _within_caps(counts, rules))


def minutes_counted(asked: Asked, windows: Sequence[tuple[date, date]], rules: Conditions) -> int:
    """The minutes of ``counted`` together, where ``stands_alone``."""
    on, earned = asked.on, asked.earned
    if len(windows) != 1:
        lying = [one for one in earned if any(first <= one.on <= final for first, final in windows)]
        return sum([_worth(one, on, rules) for one in lying])
    first, final = windows[0]
    return sum([_worth(one, on, rules) for one in earned if first <= one.on <= final])


@lru_cache(maxsize=65_536)
def _worth(entry: Earned, on: date, rules: Conditions) -> int:
    """What it counts where it lies in a window. Ledgers of many people hold much the same hours on the same days."""
    return _counted(entry, on, ALWAYS, rules).minutes


@lru_cache(maxsize=1_000)
def stands_alone(rules: Conditions) -> bool:
    """Whether no entry's worth depends on another's, and nothing is asked but their sum."""
    together = rules.day_most, rules.category_caps, rules.category_minimums, rules.each_year, rules.carried_most
    besides = rules.activities, rules.activities_by_scheme, rules.exam_needed, rules.reinstatement == "exam"
    return not any((*together, *besides))


def windows_of(
    holdings: Sequence[Holding], rules: Conditions, on: date
) -> tuple[list[tuple[date, date]], tuple[date, date] | None]:
    """Where entries may lie, both days included, and between which days lies what is carried in."""
    windows = [window(one, rules, on) for one in holdings]
    if span := carried_in(holdings, rules, on):
        windows.append((span[0] + timedelta(days=1), span[1] - timedelta(days=1)))
    return windows, span


def carried_in(holdings: Sequence[Holding], rules: Conditions, on: date) -> tuple[date, date] | None:
    """Between which days, neither included, entries of a term before may lie that are carried into this one."""
    firsts = [window(one, rules, on)[0] for one in holdings if one.is_renewed] if rules.carried_most else []
    if not firsts:
        return None
    return add_months(min(firsts), -(rules.carried_months or rules.term_months or 0)), min(firsts)


def _each(
    entries: Sequence[Earned], on: date, windows: Sequence[tuple[date, date]], rules: Conditions
) -> list[Counted]:
    # What counts in full as far as one can see quickly is taken at once; every other entry is looked at closely. What
    # does not depend on the entry is worked out before: this runs over every entry of a million ledgers.
    special = {*rules.percents, *rules.excluded, *(() if rules.course_hours_count else COURSE)}
    first, final = windows[0] if len(windows) == 1 else (date.max, date.min)
    final, least, step = min(final, on), HOUR if rules.full_first_hour else 0, rules.step_minutes
    is_reusable, is_bare_enough = rules.reusable, not rules.evidence_needed
    counts = []
    for entry in entries:
        _key, day, minutes, name, is_used, has_proof = entry
        is_whole = (
            first <= day <= final
            and (not is_used or is_reusable)
            and (has_proof or is_bare_enough)
            and minutes >= least
            and (step == 1 or minutes % step == 0)
            and category(name) not in special
        )
        counts.append(Counted(entry, minutes) if is_whole else _counted(entry, on, windows, rules))
    return counts


def done(name: str, counts: Sequence[Counted]) -> int:
    """What a policy asks for besides units: how many entries of a category of this name lie where they count, or the
    hours of them where the name says hours."""
    wanted = category(name)
    found = [one.entry for one in counts if category(one.entry.category) == wanted and one.code not in NOT_DONE]
    return sum(one.minutes for one in found) // HOUR if wanted.endswith("_hours") else len(found)


def window(holding: Holding, rules: Conditions, on: date) -> tuple[date, date]:
    """First and last day on which an entry may lie, both included. Where no window is given it is the term itself."""
    ends = holding.ends_on or on
    if rules.window_before_end is not None:
        first = add_months(ends, -rules.window_before_end)
    elif rules.window_before_renewal is not None:
        first = add_months(on, -rules.window_before_renewal)
    else:
        first = add_months(ends, -(rules.term_months or 0))
    if rules.only_after_award and holding.awarded_on is not None:
        first = max(first, holding.awarded_on)
    return first, on if rules.after_end_counts else min(on, ends)


def carried(counts: Sequence[Counted], holdings: Sequence[Holding], rules: Conditions, surplus: int) -> int:
    """Minutes over what was needed that go into the next term: at most so many, and only young enough ones."""
    if not rules.carried_most or surplus <= 0:
        return 0
    ends = max((one.ends_on for one in holdings if one.ends_on), default=date.max)
    since = add_months(ends, -rules.carried_months) if rules.carried_months else date.min
    young = sum(one.minutes for one in counts if one.entry.on > since)
    return min(rules.carried_most * HOUR, surplus, young)


def missing_by_year(counts: Sequence[Counted], holdings: Sequence[Holding], rules: Conditions) -> int:
    """Minutes that are missing in years of the term of which a policy wants at least so many each."""
    ends = min((one.ends_on for one in holdings if one.ends_on), default=None)
    if not rules.each_year or ends is None:
        return 0
    found = 0
    for year in range((rules.term_months or 0) // 12):
        first, after = add_months(ends, -12 * (year + 1)), add_months(ends, -12 * year)
        mine = sum(one.minutes for one in counts if first < one.entry.on <= after)
        found += max(0, rules.each_year * HOUR - mine)
    return found


def _counted(entry: Earned, on: date, windows: Sequence[tuple[date, date]], rules: Conditions) -> Counted:
    for code, words, rule in _objections(entry, on, windows, rules):
        return Counted(entry, 0, code, Reason(words, rule))
    percent = rules.percents.get(category(entry.category), 100)
    worth = entry.minutes * percent // 100
    minutes = worth - worth % rules.step_minutes
    if percent != 100:
        words = _("This category counts %(n)s percent of its time.") % {"n": percent}
        return Counted(entry, minutes, "percent", Reason(words, "category_percents"))
    if minutes < worth:
        words = _("Counted in steps of %(n)s minutes.") % {"n": rules.step_minutes}
        return Counted(entry, minutes, "step", Reason(words, "unit_step"))
    return Counted(entry, minutes)


def _objections(
    entry: Earned, on: date, windows: Sequence[tuple[date, date]], rules: Conditions
) -> Iterator[tuple[str, str, str]]:
    if entry.on > on:
        yield "future", _("This day has not come yet."), ""
    if entry.is_used and not rules.reusable:
        yield "used", _("An earlier renewal has used it; a unit counts once."), "units_reusable"
    if not rules.course_hours_count and category(entry.category) in COURSE:
        words = _("Hours of a certification course are no units. The course itself renews what you hold.")
        yield "course", words, "course_hours_count"
    if category(entry.category) in rules.excluded:
        yield "excluded", _("This category is no unit under these rules."), "categories_excluded"
    if not any(first <= entry.on <= final for first, final in windows):
        first = min((first for first, _final in windows), default=on)
        words = _("Outside the time that counts, which begins on %(day)s.") % {"day": date_format(first, "j F Y")}
        yield "window", words, _window_rule(rules)
    if rules.evidence_needed and not entry.has_proof:
        yield "evidence", _("Nothing to show for it yet. A photo, a link or a sentence is enough."), "evidence_needed"
    if rules.full_first_hour and entry.minutes < HOUR:
        yield "first-hour", _("Less than a full hour."), "first_hour_must_be_full"


def _window_rule(rules: Conditions) -> str:
    if rules.window_before_end is not None:
        return "unit_window_months_before_expiry"
    return "unit_window_months_before_renewal" if rules.window_before_renewal is not None else "term_months"


def _within_carried(counts: Sequence[Counted], span: tuple[date, date], rules: Conditions) -> Iterator[Counted]:
    (since, first), left = span, rules.carried_most * HOUR
    for one in counts:
        if since < one.entry.on < first:
            if one.minutes > left:
                words = _("At most %(n)s units of the term before are carried over.") % {"n": rules.carried_most}
                one = Counted(one.entry, left, "carried", Reason(words, "units_carried_max"))
            left -= one.minutes
        yield one


def _within_caps(counts: Sequence[Counted], rules: Conditions) -> Iterator[Counted]:
    by_day: dict[date, int] = defaultdict(int)
    by_category: dict[str, int] = defaultdict(int)
    for one in counts:
        capped = _capped(one, rules, by_day, by_category)
        by_day[one.entry.on] += capped.minutes
        for name in _names(one.entry, rules):
            by_category[name] += capped.minutes
        yield capped


def _capped(one: Counted, rules: Conditions, by_day: dict[date, int], by_category: dict[str, int]) -> Counted:
    if rules.day_most is not None and one.minutes > (left := rules.day_most * HOUR - by_day[one.entry.on]):
        words = _("At most %(n)s units a day.") % {"n": rules.day_most}
        one = Counted(one.entry, max(0, left), "day", Reason(words, "max_units_per_day"))
    for name in _names(one.entry, rules):
        most = rules.category_caps.get(name)
        if most is not None and one.minutes > (left := most * HOUR - by_category[name]):
            words = _("At most %(n)s units of this category.") % {"n": most}
            one = Counted(one.entry, max(0, left), "category", Reason(words, "category_caps"))
    return one


def missing_by_category(counts: Sequence[Counted], rules: Conditions) -> int:
    """Minutes that are missing in categories of which a policy wants at least so many.

    Hours of a group's own name may be any of its categories: only what they cannot make up is missing there.
    """
    if not rules.category_minimums:
        return 0
    by_name: dict[str, int] = defaultdict(int)
    for one in counts:
        by_name[category(one.entry.category)] += one.minutes
    lacks, inside = defaultdict[str, int](int), defaultdict[str, int](int)
    for name, least in rules.category_minimums.items():
        members = [one for one, group in rules.category_groups.items() if group == name]
        lack = max(0, least * HOUR - by_name[name] - sum(by_name[one] for one in members))
        if group := rules.category_groups.get(name):
            inside[group] += lack
        else:
            lacks[name] = lack
    # An hour that makes up for a category makes up for its group as well.
    return sum(max(lacks[name], inside[name] - by_name[name]) for name in {*lacks, *inside})


def _names(entry: Earned, rules: Conditions) -> tuple[str, ...]:
    """The category of an entry, and the group it belongs to."""
    name = category(entry.category)
    group = rules.category_groups.get(name)
    return (name, group) if group else (name,)
