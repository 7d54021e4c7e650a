"""What a body's programmes say today, and the read models of their pages."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal, Refused
from laurels.mail.rules import LetterTemplate, builtin
from laurels.people.models import Organisation
from laurels.programmes.models import (
    Block,
    CertificateLayout,
    Conduct,
    Course,
    Curriculum,
    LetterText,
    Licence,
    Objective,
    Policy,
    Scheme,
)
from laurels.programmes.rules.prerequisites import prerequisites
from laurels.programmes.rules.words import LevelInWords, RuleInWords, levels_in_words, policy_in_words, silent_in_words


def letter_template(body: Organisation, key: str, language: str) -> LetterTemplate:
    """The pack's newest words in the language, else in English, else the ones built into the mail stage."""
    newest = LetterText.objects.newest
    row = newest(body, key, language) or newest(body, key, "en")
    return LetterTemplate(row.subject, row.text) if row else builtin(key, language)


def policy_in_force(body: Organisation, day: date) -> Policy:
    """The one policy that binds on ``day``. Raises Refused where the body has no rules for that day."""
    policy = Policy.objects.filter(body=body).in_force(day).first()
    if policy is None:
        words = _("%(body)s has no rules in force on %(day)s. Load a pack with a policy for that day.")
        raise Refused(Refusal("no-policy", words % {"body": body, "day": day}))
    return policy


def binding_on(body: Organisation, day: date) -> Policy | None:
    """The same, None where there is none; no query where the body's policies were loaded with ``that_may_bind``."""
    if "policies" not in getattr(body, "_prefetched_objects_cache", {}):
        return Policy.objects.filter(body=body).in_force(day).first()
    binding = [one for one in body.policies.all() if one.binds_on(day)]
    return max(binding, key=lambda one: one.in_force_from, default=None)


def preparation_minutes(body: Organisation, day: date) -> int:
    """What hosting a gathering counts for preparing it, by the policy of that day; 0 where it says nothing."""
    policy = Policy.objects.filter(body=body).in_force(day).first()
    return int(policy.parameters.get("host_preparation_minutes") or 0) if policy else 0


def latest_curriculum(course: Course) -> Curriculum:
    return course.curricula.newest_first()[0]


def latest_licence(body: Organisation) -> Licence:
    return body.licences.newest_first()[0]


def latest_conduct(today: date) -> Conduct | None:
    """The code of conduct in force here; None where no pack brought one."""
    return Conduct.objects.newest(today)


def latest_layout(scheme: Scheme) -> CertificateLayout:
    return scheme.layouts.newest_first()[0]


@dataclass(frozen=True, slots=True)
class SchemePage:
    """``rules`` are the sentences that a holder lives by; ``level`` the scheme's row in the table of levels."""

    scheme: Scheme
    courses: list[Course]
    policy: Policy | None
    validity: str
    rules: list[RuleInWords]
    level: LevelInWords | None
    track: list[Scheme]
    other_bodies: list[Scheme]

    @property
    def before(self) -> list[str]:
        return prerequisites(self.scheme.prerequisites).in_words


# The rules a holder lives by, of all the rules there are.
KEEPING = {
    "late_renewal",
    "early_term_starts",
    "late_term_starts",
    "member_benefit_grace_days",
    "unit_window_months_before_expiry",
    "unit_window_months_before_renewal",
    "units_reusable",
    "max_units_per_day",
    "new_certification_renews_others",
}


def scheme_page(slug: str, body: str, now: datetime) -> SchemePage:
    """The scheme at an address; ``body`` is an organisation's slug where two bodies share a code, else empty."""
    found = list(Scheme.objects.at(slug).select_related("body"))
    scheme = next((each for each in found if body in {"", each.body.slug}), None)
    scheme = scheme or get_object_or_404(Scheme, pk=None)
    policy = Policy.objects.filter(body=scheme.body).in_force(day_in(scheme.body.zone, now)).first()
    lines = policy_in_words(policy) if policy else []
    levels = levels_in_words(policy) if policy else []
    return SchemePage(
        scheme,
        list(scheme.courses.order_by("title")),
        policy,
        str(_validity(scheme, lines)),
        [line for line in lines if line.name in KEEPING],
        next((level for level in levels if scheme.code in level.codes), None),
        list(Scheme.objects.of_track(scheme.body, scheme.track)),
        [each for each in found if each != scheme],
    )


def _validity(scheme: Scheme, lines: list[RuleInWords]) -> Any:
    if scheme.never_expires:
        return _("For ever: this one never expires.")
    words = [line.sentence for line in lines if line.name == "term_months"]
    return words[0] if words else _("No rules are in force today. Ask the body.")


@dataclass(frozen=True, slots=True)
class TimetableRow:
    block: Block
    ends: str
    objectives: str


@dataclass(frozen=True, slots=True)
class TimetableDay:
    number: int
    length: str
    rows: list[TimetableRow]


@dataclass(frozen=True, slots=True)
class CoursePage:
    course: Course
    curriculum: Curriculum
    categories: list[tuple[str, list[Objective]]]
    objective_count: int
    days: list[TimetableDay]
    length: str

    @property
    def before(self) -> list[str]:
        return prerequisites(self.course.scheme.prerequisites).in_words


def course_page(slug: str) -> CoursePage:
    course = get_object_or_404(Course.objects.select_related("scheme__body"), slug=slug)
    curriculum = latest_curriculum(course)
    objectives, blocks = list(curriculum.objectives.in_order()), list(curriculum.blocks.in_order())
    return CoursePage(
        course,
        curriculum,
        [(title, list(rows)) for title, rows in groupby(objectives, key=attrgetter("category"))],
        len(objectives),
        [_day(day, list(rows)) for day, rows in groupby(blocks, key=attrgetter("day"))],
        _length(blocks),
    )


def _day(number: int, blocks: list[Block]) -> TimetableDay:
    return TimetableDay(number, _length(blocks), [_timetable_row(block) for block in blocks])


def _timetable_row(block: Block) -> TimetableRow:
    ends = datetime.combine(date.min, block.starts) + timedelta(minutes=block.minutes)
    return TimetableRow(block, f"{ends:%H:%M}", ", ".join(block.objectives))


def _length(blocks: list[Block]) -> str:
    """The blocks without breaks, as hours and minutes."""
    hours, minutes = divmod(sum(block.minutes for block in blocks if not block.is_break), 60)
    words = _("%(hours)s h %(minutes)s min") if minutes else _("%(hours)s hours")
    return str(words) % {"hours": hours, "minutes": minutes}


@dataclass(frozen=True, slots=True)
class PolicyPage:
    policy: Policy
    rules: list[RuleInWords]
    levels: list[LevelInWords]
    sources: list[dict[str, str]]
    others: list[Policy]
    newer: Policy | None
    silent: list[RuleInWords]


def policy_page(key: str, body: str, version: str) -> PolicyPage:
    """A rule set in its newest version, or in the one asked for."""
    found = Policy.objects.at(key).select_related("body")
    found = found.filter(body__slug=body) if body else found
    newest = found.first() or get_object_or_404(Policy, pk=None)
    policy = newest
    if version:
        policy = get_object_or_404(found, body=newest.body, version=int(version) if version.isdecimal() else None)
    rules, levels = policy_in_words(policy), levels_in_words(policy)
    cited = {source["key"]: source for line in [*rules, *(level.rule for level in levels)] for source in line.sources}
    others = Policy.objects.filter(body=policy.body).newest().exclude(key=key)
    return PolicyPage(
        policy,
        rules,
        levels,
        [cited[key] for key in sorted(cited)],
        list(others),
        newest if newest != policy else None,
        silent_in_words(policy),
    )
