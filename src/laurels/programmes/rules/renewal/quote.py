"""``quote``: what renewing takes on a day, what it brings, and which line of the policy says so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from laurels.kernel.money import Money
from laurels.kernel.periods import add_months
from laurels.kernel.refusal import Refusal
from laurels.programmes.rules.parameters import Level
from laurels.programmes.rules.renewal.answer import Counted, Quote, Reason
from laurels.programmes.rules.renewal.asked import NOTHING, Asked, Holding, Newly
from laurels.programmes.rules.renewal.conditions import HOUR, Conditions, Several
from laurels.programmes.rules.renewal.counting import (
    carried,
    counted,
    done,
    minutes_counted,
    missing_by_category,
    missing_by_year,
    stands_alone,
    windows_of,
)
from laurels.programmes.rules.renewal.reminders import is_reminder_due
from laurels.programmes.rules.renewal.standing import (
    FOR_LIFE,
    GRACE,
    LAPSED,
    OVER,
    REVOKED,
    SUSPENDED,
    Standing,
    standing,
)

AFTER_END = {GRACE, LAPSED, SUSPENDED}
ANCHORS = {
    "course-end": _lazy("The new term counts from the last day of the course, %(day)s."),
    "exam": _lazy("The new term counts from the day of the exam, %(day)s."),
}
# How what has ended comes back without units (cspo.md 7: pay, credits, exam, retake).
WITHOUT_UNITS = {
    "pay": _lazy("%(schemes)s has ended and comes back with the fee alone: no units are needed for it."),
    "exam": _lazy("%(schemes)s has ended and comes back by an exam: no units are needed for it."),
}


type Top = tuple[str, tuple[Holding, tuple[str, Level]]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a quote says whatever was earned; many people hold the same with the same ends."""

    language: str | None
    chosen: tuple[Holding, ...]
    windows: tuple[tuple[date, date], ...]
    codes: tuple[str, ...]
    along: tuple[str, ...]
    standing: Standing
    fee: Money | None
    minutes_required: int
    new_ends: Mapping[str, date]
    opens_on: date | None
    closes_on: date | None
    is_reminder_due: bool
    activities: Mapping[str, int]
    reasons: tuple[Reason, ...]
    refusals: tuple[Refusal, ...]


def quote(asked: Asked, rules: Conditions) -> Quote:
    """Never raises: what is in the way stands in ``refusals``, the weightiest first."""
    if _has_frame(asked, rules):
        # Sentences are part of it, so the language they are in as well.
        frame = _frame(rules, asked.on, tuple(asked.holdings), asked.chosen, asked.is_member, get_language())
        return _priced(asked, frame, rules, counted(asked, frame.chosen, rules))
    standings = {one.scheme: standing(one, rules, asked.on) for one in asked.holdings}
    ending = [one for one in asked.holdings if one.ends_on is not None]
    if asked.newly is not None:
        return _by_course(Quote(rules.policy, asked.on, _first(ending, standings)), asked, ending, rules)
    words = _("It is valid for life: there is nothing to renew.")
    base = Quote(rules.policy, asked.on, _first(ending, standings))
    return base._replace(fee=_free(rules), is_for_life=True, reasons=(Reason(words, "term_months"),))


def pricing(rules: Conditions) -> Callable[[Asked], Quote]:
    """``quote`` without its lines (``counted``), in the language of this moment: for a pass over everybody."""
    language, is_simple = get_language(), stands_alone(rules)

    def price(asked: Asked) -> Quote:
        if is_simple and _has_frame(asked, rules):
            frame = _frame(rules, asked.on, tuple(asked.holdings), asked.chosen, asked.is_member, language)
            return _answer(asked, frame, rules, minutes_counted(asked, frame.windows, rules))
        return quote(asked, rules)._replace(counted=())

    return price


def _has_frame(asked: Asked, rules: Conditions) -> bool:
    """Not where nothing ends, or where another certification renews."""
    return asked.newly is None and rules.term_months is not None and any(one.ends_on for one in asked.holdings)


@lru_cache(maxsize=20_000)
def _frame(
    rules: Conditions,
    on: date,
    holdings: tuple[Holding, ...],
    wanted: frozenset[str] | None,
    is_member: bool | None,
    language: str | None,
) -> Frame:
    standings = {one.scheme: standing(one, rules, on) for one in holdings}
    ending = [one for one in holdings if one.ends_on is not None]
    chosen = _chosen(wanted, on, ending, standings)
    along = _along(chosen, ending, rules)
    required, fee, reasons = _price(chosen, rules, is_member=is_member)
    required, reasons = _reinstated(required, reasons, chosen, standings, rules)
    activities = _activities(chosen, rules)
    return Frame(
        language,
        tuple(chosen),
        tuple(dict.fromkeys(windows_of(chosen, rules, on)[0])),
        tuple(sorted(one.scheme for one in chosen)),
        tuple(sorted(one.scheme for one in along)),
        _first(chosen, standings),
        fee,
        required * HOUR,
        _new_ends(on, chosen, along, rules),
        min((day for one in chosen if (day := standings[one.scheme].opens_on)), default=None),
        min((day for one in chosen if (day := standings[one.scheme].closes_on)), default=None),
        any(is_reminder_due(rules, one.ends_on, on) for one in chosen),
        activities,
        (*reasons, *_besides(activities, rules)),
        tuple(_closed(on, chosen, standings, rules)),
    )


def _priced(asked: Asked, frame: Frame, rules: Conditions, counts: tuple[Counted, ...]) -> Quote:
    total = sum([one.minutes for one in counts])
    lacking = max(missing_by_category(counts, rules), missing_by_year(counts, frame.chosen, rules))
    over = carried(counts, frame.chosen, rules, total - frame.minutes_required)
    return _answer(asked, frame, rules, total, lacking=lacking, over=over, counts=counts)


def _answer(
    asked: Asked,
    frame: Frame,
    rules: Conditions,
    total: int,
    *,
    lacking: int = 0,
    over: int = 0,
    counts: tuple[Counted, ...] = (),
) -> Quote:
    """``lacking`` minutes are missing whatever the ``total``; ``over`` are carried on."""
    required = frame.minutes_required
    missing = max(required - total, lacking, 0)
    # Built in one go: copying a quote costs as much as working out its price, and a night works out a million.
    return Quote(
        rules.policy,
        asked.on,
        frame.standing,
        frame.fee,
        required,
        min(total, required),
        missing,
        over,
        max(0, required - over),
        counts,
        frame.codes,
        frame.along,
        frame.new_ends,
        frame.opens_on,
        frame.closes_on,
        frame.is_reminder_due,
        activities=frame.activities,
        activities_done=(finished := _done(asked, frame, counts)),
        reasons=frame.reasons,
        refusals=(*frame.refusals, *_objections(asked, frame, rules, missing, finished, counts)),
    )


def _done(asked: Asked, frame: Frame, counts: Sequence[Counted]) -> Mapping[str, int]:
    """How many of what is asked for besides units there are; nothing where that is not known."""
    if not frame.activities or asked.activities is None:
        return NOTHING
    return {name: asked.activities.get(name, 0) + done(name, counts) for name in frame.activities}


def _is_exam_passed(asked: Asked, counts: Sequence[Counted]) -> bool | None:
    return True if done("exam", counts) else asked.is_exam_passed


def _by_course(base: Quote, asked: Asked, ending: Sequence[Holding], rules: Conditions) -> Quote:
    """Earning another certification renews the rest: no units, no fee, the new one's end for all."""
    newly = asked.newly or Newly("", asked.on)
    scheme, day = newly.scheme, newly.term_begins(rules.anchor)
    base = base._replace(fee=_free(rules))
    if not rules.course_renews or rules.term_months is None or rules.lasts_for_ever(scheme):
        words = _("Earning %(scheme)s renews nothing else under these rules.") % {"scheme": scheme}
        return base._replace(refusals=(Refusal("no-course-route", words),))
    end = add_months(day, rules.term_months)
    others = [one for one in ending if one.scheme != scheme and not one.is_revoked]
    words = _("Earning %(scheme)s renews what else you hold, without units and without a fee.") % {"scheme": scheme}
    return base._replace(
        chosen=tuple(sorted(one.scheme for one in others)),
        new_ends={one.scheme: max(end, one.ends_on or end) for one in others},
        reasons=(Reason(words, "new_certification_renews_others"), *_anchored(newly, day, rules)),
    )


def _anchored(newly: Newly, day: date, rules: Conditions) -> tuple[Reason, ...]:
    """Said where the term counts from another day than the award's."""
    if day == newly.awarded_on:
        return ()
    words = ANCHORS[rules.anchor] % {"day": _day(day)}
    return (Reason(words, "term_anchor"),)


def _chosen(
    wanted: frozenset[str] | None, on: date, ending: Sequence[Holding], standings: dict[str, Standing]
) -> list[Holding]:
    """What the holder chose; else all that can be renewed today; else all, to say why not."""
    if wanted is not None:
        return [one for one in ending if one.scheme in wanted]
    able = [one for one in ending if standings[one.scheme].is_open(on)]
    return able or [one for one in ending if standings[one.scheme].state != REVOKED] or list(ending)


def _along(chosen: Sequence[Holding], ending: Sequence[Holding], rules: Conditions) -> list[Holding]:
    """Lower ones of a chosen track, held and not chosen: they cost nothing and renew along."""
    if not rules.lower_renew_along:
        return []
    tops = _tops(chosen, rules)
    found = []
    for one in ending:
        level, top = rules.level_of(one.scheme), tops.get(rules.track_of(one.scheme))
        if one not in chosen and level and top and not one.is_revoked and _rank(level[1]) < _rank(top[1][1]):
            found.append(one)
    return found


def _tops(chosen: Sequence[Holding], rules: Conditions) -> dict[str, tuple[Holding, tuple[str, Level]]]:
    """Track → the highest of the chosen in it."""
    tops: dict[str, tuple[Holding, tuple[str, Level]]] = {}
    for one in chosen:
        level, track = rules.level_of(one.scheme), rules.track_of(one.scheme)
        if level and (track not in tops or _rank(level[1]) > _rank(tops[track][1][1])):
            tops[track] = (one, level)
    return tops


def _rank(level: Level) -> tuple[int, int]:
    return level.fee.minor, level.units_primary


def _first(chosen: Sequence[Holding], standings: dict[str, Standing]) -> Standing:
    first = min(chosen, key=lambda one: one.ends_on or date.max, default=None)
    return standings[first.scheme] if first else Standing(FOR_LIFE, has_benefits=True)


def _price(
    chosen: Sequence[Holding], rules: Conditions, *, is_member: bool | None
) -> tuple[int, Money | None, list[Reason]]:
    """Units and fee, what is owed each year among it."""
    if rules.levels:
        return _with_years(*_for_members(*_price_by_level(chosen, rules, is_member), rules, is_member), rules)
    return _with_years(*_plain_price(chosen, rules, is_member=is_member), rules)


def _reinstated(
    units: int, reasons: list[Reason], chosen: Sequence[Holding], standings: dict[str, Standing], rules: Conditions
) -> tuple[int, list[Reason]]:
    """What has ended takes no units where the policy brings it back otherwise; what has not ended takes its own."""
    ended = [one for one in chosen if standings[one.scheme].state in AFTER_END]
    if not ended or rules.reinstatement not in WITHOUT_UNITS:
        return units, reasons
    left = [one for one in chosen if one not in ended]
    words = WITHOUT_UNITS[rules.reinstatement] % {"schemes": ", ".join(sorted(one.scheme for one in ended))}
    return _price(left, rules, is_member=None)[0] if left else 0, [*reasons, Reason(words, "reinstatement")]


def _besides(activities: Mapping[str, int], rules: Conditions) -> Iterator[Reason]:
    """What is asked for beside fee and units."""
    if rules.exam_needed:
        yield Reason(_("An exam comes before renewing."), "exam_to_renew")
    for name, least in activities.items():
        line = "activities" if rules.activities.get(name) == least else "activities_by_scheme"
        yield Reason(_("%(what)s: at least %(n)s.") % {"what": name.replace("_", " "), "n": least}, line)


def _with_years(
    units: int, fee: Money | None, reasons: list[Reason], rules: Conditions
) -> tuple[int, Money | None, list[Reason]]:
    if rules.annual_fee is None:
        return units, fee, reasons
    years = -(-(rules.term_months or 0) // 12)
    sum_ = Money(rules.annual_fee.minor * years, rules.annual_fee.currency)
    words = ngettext("The yearly fee for %(n)s year is %(fee)s.", "The yearly fee for %(n)s years is %(fee)s.", years)
    said = Reason(words % {"n": years, "fee": sum_}, "annual_fee")
    return units, fee + sum_ if fee else sum_, [*reasons, said]


def _plain_price(
    chosen: Sequence[Holding], rules: Conditions, *, is_member: bool | None
) -> tuple[int, Money | None, list[Reason]]:
    """Of rules without levels: one fee and one number of units, or one for each."""
    each = [rules.units_by_scheme.get(one.scheme, rules.units) for one in chosen]
    units = max(each, default=0) if rules.units_shared else sum(each) if rules.fee_each else max(each, default=0)
    fee, line = _plain_fee(rules, is_member=is_member)
    if len(chosen) > 1 and rules.fee_together:
        fee, line = rules.fee_together, "fee_together"
    elif fee and rules.fee_each:
        fee = Money(fee.minor * len(chosen), fee.currency)
    words = ngettext("%(n)s unit is needed.", "%(n)s units are needed.", units) % {"n": units}
    reasons = [Reason(words, "units_by_scheme" if rules.units_by_scheme else "units")]
    if not rules.units_reported:
        reasons.append(Reason(_("You keep your own record of units; nobody asks for it here."), "units_reported"))
    return units, fee, reasons + ([Reason(_("The fee is %(fee)s.") % {"fee": fee}, line)] if fee else [])


def _for_members(
    units: int, fee: Money | None, reasons: list[Reason], rules: Conditions, is_member: bool | None
) -> tuple[int, Money | None, list[Reason]]:
    """A price for members, or for others, that the policy names beside its levels takes the place of theirs."""
    named, line = _plain_fee(rules, is_member=is_member) if rules.fee is None else (None, "")
    if fee is None or named is None:
        return units, fee, reasons
    words = _("As a member you pay %(fee)s instead.") if is_member else _("Not being a member you pay %(fee)s instead.")
    return units, named, [*reasons, Reason(words % {"fee": named}, line)]


def _price_by_level(
    chosen: Sequence[Holding], rules: Conditions, is_member: bool | None
) -> tuple[int, Money | None, list[Reason]]:
    """The highest pays and gives its units; each other track adds its own add-on."""
    tops = sorted(_tops(chosen, rules).items(), key=lambda pair: (*_rank(pair[1][1][1]), pair[0]), reverse=True)
    if not tops:
        return 0, None, []
    (_track, (highest, (key, level))), *others = tops
    if (several := rules.several.get(key)) and (together := _together(key, several, tops)):
        words = _("%(schemes)s together: %(units)s units and %(fee)s.")
        values = {"schemes": ", ".join(sorted(together)), "units": several.units, "fee": several.fee}
        reasons, units, fee = [Reason(words % values, "several_of_level")], several.units, several.fee
        return _added([pair for pair in tops if pair[1][0].scheme not in together], units, fee, reasons)
    words = _("%(scheme)s is the highest level chosen: %(units)s units and %(fee)s.")
    fee = level.fee_for(is_member=is_member)
    values = {"scheme": highest.scheme, "units": level.units_primary, "fee": fee}
    reasons, units = [Reason(words % values, f"levels.{key}")], level.units_primary
    return _added(others, units, fee, reasons)


def _together(key: str, several: Several, tops: Sequence[Top]) -> list[str]:
    """Those of the level, one of each track, for which a price together is named; none where there is but one."""
    found = [
        one.scheme
        for _track, (one, (name, _level)) in tops
        if name == key and (several.ending_from is None or (one.ends_on and one.ends_on >= several.ending_from))
    ]
    return found if len(found) > 1 else []


def _added(
    others: Sequence[Top], units: int, fee: Money, reasons: list[Reason]
) -> tuple[int, Money | None, list[Reason]]:
    for _other, (one, (add_key, add_on)) in others:
        units += add_on.units_add_on
        words = _("%(scheme)s is another track: %(units)s more units and no fee.")
        reasons.append(Reason(words % {"scheme": one.scheme, "units": add_on.units_add_on}, f"levels.{add_key}"))
    return units, fee, reasons


def _plain_fee(rules: Conditions, *, is_member: bool | None) -> tuple[Money | None, str]:
    if rules.fee is not None:
        return rules.fee, "fee"
    if is_member is None:
        return None, ""
    return (rules.fee_member, "fee_member") if is_member else (rules.fee_nonmember, "fee_nonmember")


def _free(rules: Conditions) -> Money:
    paid = rules.fee or rules.annual_fee or next((level.fee for level in rules.levels.values()), None)
    return Money(0, paid.currency if paid else "USD")


def _closed(
    on: date, chosen: Sequence[Holding], standings: dict[str, Standing], rules: Conditions
) -> Iterator[Refusal]:
    """What is in the way whatever was earned and paid."""
    if not chosen:
        yield Refusal("nothing-chosen", _("Choose what you want to renew."))
    for one in chosen:
        where = standings[one.scheme]
        if where.state == REVOKED:
            yield Refusal("revoked", _("%(scheme)s was revoked.") % {"scheme": one.scheme})
        elif where.state in AFTER_END and rules.reinstatement == "course":
            yield Refusal("course-needed", _("After its end it has to be earned anew."))
        elif where.state == OVER:
            words = _("%(scheme)s could be renewed until %(day)s. Now it has to be earned anew.")
            yield Refusal("too-late", words % {"scheme": one.scheme, "day": _day(where.closes_on)})
        elif where.opens_on is not None and on < where.opens_on:
            words = _("%(scheme)s can be renewed from %(day)s on.")
            yield Refusal("window-not-open", words % {"scheme": one.scheme, "day": _day(where.opens_on)})
        if rules.levels and rules.level_of(one.scheme) is None:
            words = _("These rules do not speak of %(scheme)s.")
            yield Refusal("not-in-policy", words % {"scheme": one.scheme})


def _objections(
    asked: Asked,
    frame: Frame,
    rules: Conditions,
    missing: int,
    finished: Mapping[str, int],
    counts: Sequence[Counted],
) -> list[Refusal]:
    found = []
    back_by_exam = rules.reinstatement == "exam" and frame.standing.state in AFTER_END
    if (rules.exam_needed or back_by_exam) and _is_exam_passed(asked, counts) is False:
        words = (
            _("After its end it comes back by an exam.") if back_by_exam else _("These rules ask for an exam first.")
        )
        found.append(Refusal("exam-needed", words))
    if missing and rules.units_reported:
        found.append(_missing(missing, frame.language))
    for name, number in finished.items():
        if number < (least := frame.activities[name]):
            words = _("%(what)s: %(n)s of %(least)s.")
            values = {"what": name.replace("_", " "), "n": number, "least": least}
            found.append(Refusal("activities-missing", words % values))
    if asked.is_paid is False:
        found.append(Refusal("unpaid", _("The fee is not paid yet.")))
    return found


@lru_cache(maxsize=1_000)
def _missing(minutes: int, _language: str | None) -> Refusal:
    return Refusal("units-missing", _("Units still missing: %(n)s.") % {"n": units_in_words(minutes)})


def _activities(chosen: Sequence[Holding], rules: Conditions) -> Mapping[str, int]:
    """What else is asked for in a term: of everybody, and of holders of what is chosen."""
    if not rules.activities_by_scheme:
        return rules.activities
    found = dict(rules.activities)
    for one in chosen:
        for name, least in rules.activities_by_scheme.get(one.scheme, {}).items():
            found[name] = max(least, found.get(name, 0))
    return found


def units_in_words(minutes: int) -> str:
    """``0.25``, ``20``: minutes as units, without needless zeros."""
    whole, rest = divmod(minutes, HOUR)
    return f"{minutes / HOUR:.2f}".rstrip("0") if rest else str(whole)


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _new_ends(on: date, chosen: Sequence[Holding], along: Sequence[Holding], rules: Conditions) -> dict[str, date]:
    ends = {one.scheme: _new_end(one, on, rules) for one in chosen}
    if rules.aligns == "latest" and ends:
        ends = dict.fromkeys(ends, max(ends.values()))
    tops = {track: one for track, (one, _level) in _tops(chosen, rules).items()} if along else {}
    for one in along:
        with_ = tops[rules.track_of(one.scheme)].scheme
        ends[one.scheme] = max(ends[with_], one.ends_on or ends[with_])
    return ends


def _new_end(holding: Holding, on: date, rules: Conditions) -> date:
    old = holding.ends_on or on
    starts = rules.early_starts if on <= old else rules.late_starts
    return add_months(old if starts == "old-end" else on, rules.term_months or 0)
