"""What can be renewed where, at what price and why: everything the page shows, and what the verbs decide on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from laurels.credentials.models import Certification, Membership
from laurels.credentials.queries import standing
from laurels.credentials.rules import Standing as Shown
from laurels.credentials.rules import State
from laurels.education.models import LedgerEntry
from laurels.education.queries import countable
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.mail.queries import LetterLine, delivery_log
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Policy, Scheme
from laurels.programmes.queries import policy_in_force
from laurels.programmes.rules.renewal import (
    Asked,
    Conditions,
    Counted,
    Earned,
    Holding,
    Newly,
    Quote,
    conditions,
    quote,
)
from laurels.renewals.models import Renewal, Use, UseQuerySet


@dataclass(frozen=True, slots=True)
class Choice:
    """A certification that may be renewed: how it stands, and what becomes of it by this offer."""

    certification: Certification
    standing: Shown
    ends_on: date | None
    is_chosen: bool
    is_along: bool
    new_end: date | None


@dataclass(frozen=True, slots=True)
class CountedLine:
    """An entry of the ledger beside what the rules make of it."""

    entry: LedgerEntry
    minutes: int
    why: str
    rule: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a body's rules ask of somebody on a day. ``open`` is a renewal that waits to be paid."""

    body: Organisation
    policy: Policy
    quote: Quote
    choices: list[Choice]
    lines: list[CountedLine]
    open: Renewal | None
    completed: list[Renewal]
    letters: list[LetterLine]
    earnable: list[Scheme]

    @property
    def is_paused(self) -> bool:
        """Whether all they hold here is suspended: nothing is for life, and nothing can be renewed before that ends."""
        return bool(self.choices) and all(one.standing.state is State.SUSPENDED for one in self.choices)

    @property
    def percent(self) -> int:
        needed = self.quote.minutes_required
        return 100 if not needed else min(100, 100 * self.quote.minutes_counted // needed)


def offers(
    person: Person, chosen: Collection[str] | None, *, on: date | None = None, earning: str = "", now: datetime
) -> list[Offer]:
    """One for each body at which the person holds something.

    What if: ``on`` another day than today, or on the day when they earn the scheme of the code ``earning``.
    """
    held = list(Certification.objects.filter(person=person).with_standing().with_rules().newest_first())
    bodies = {one.scheme.body_id: one.scheme.body for one in held}
    found = []
    for body in bodies.values():
        mine = [one for one in held if one.scheme.body_id == body.pk]
        try:
            found.append(_offer(person, body, mine, chosen, on or day_in(body.zone, now), earning))
        except Refused:
            # A body without rules for that day has nothing to offer.
            continue
    return found


def offer(person: Person, body: Organisation, chosen: Collection[str] | None, *, now: datetime) -> Offer:
    """The same for one body today. Raises Refused where it has no rules."""
    held = Certification.objects.filter(person=person, scheme__body=body).with_standing().with_rules().newest_first()
    return _offer(person, body, list(held), chosen, day_in(body.zone, now))


def rules_of(policy: Policy) -> Conditions:
    """The policy's, with the tracks of the body's catalogue."""
    schemes = list(Scheme.objects.filter(body=policy.body_id).values_list("code", "track", "never_expires"))
    return conditions(
        policy.key,
        policy.parameters,
        tracks={code: track for code, track, _never in schemes},
        never_ending=frozenset(code for code, _track, never in schemes if never),
    )


def _offer(
    person: Person,
    body: Organisation,
    held: list[Certification],
    chosen: Collection[str] | None,
    on: date,
    earning: str = "",
) -> Offer:
    policy = policy_in_force(body, on)
    rules = rules_of(policy)
    earnable = list(Scheme.objects.filter(body=body).exclude(certifications__in=held).order_by("track", "pk"))
    entries = countable(person)
    newly = Newly(earning, on) if earning in {one.code for one in earnable} else None
    found = quote(_asked(person, body, held, entries, Use.objects.all(), rules, on, chosen, newly), rules)
    renewals = list(
        Renewal.objects.filter(person=person, body=body).select_related("order__payment", "group").order_by("-pk")
    )
    by_key = {one.public_id: one for one in entries}
    return Offer(
        body,
        policy,
        found,
        [_choice(one, found, on) for one in held],
        [_line(by_key[one.entry.key], one) for one in found.counted],
        next((one for one in renewals if one.completed_at is None and one.given_up_at is None), None),
        [one for one in renewals if one.completed_at is not None],
        delivery_log(_reminders(held)),
        earnable,
    )


def quote_again(renewal: Renewal) -> Quote:
    """What its policy says of its day now that it is paid: entries may have been taken back, or added, since.

    The units that it took itself are free for it.
    """
    person, body, rules = renewal.person, renewal.body, rules_of(renewal.policy)
    held = list(
        Certification.objects.filter(person=person, scheme__body=body).with_standing().with_rules().newest_first()
    )
    chosen = [one.certification.scheme.code for one in renewal.renewed.select_related("certification__scheme")]
    others = Use.objects.exclude(renewal=renewal)
    return quote(_asked(person, body, held, countable(person), others, rules, renewal.on, chosen, None), rules)


def _asked(
    person: Person,
    body: Organisation,
    held: list[Certification],
    entries: list[LedgerEntry],
    uses: UseQuerySet,
    rules: Conditions,
    on: date,
    chosen: Collection[str] | None,
    newly: Newly | None,
) -> Asked:
    used = uses.of_lines(person)
    return Asked(
        on=on,
        holdings=[holding(one, on) for one in held if standing(one, on).state is not State.SUSPENDED],
        earned=[_earned(one, not used.isdisjoint({one.pk, one.stands_for_id}), rules) for one in entries],
        chosen=None if chosen is None else frozenset(chosen),
        is_member=Membership.objects.filter(person=person, body=body).exists(),
        newly=newly,
        # What nobody has recorded is not there: a policy that asks for it is kept.
        is_exam_passed=False,
        activities={},
    )


def _reminders(held: list[Certification]) -> QuerySet[Letter]:
    """What was written about the ends of these, also again to another address."""
    topics = [one.topic for one in held]
    return Letter.objects.filter(key="renewal-reminder", topic__in=topics).order_by("-pk")


def holding(certification: Certification, on: date) -> Holding:
    latest = max(certification.terms.all(), key=lambda term: term.ordinal)
    is_out = standing(certification, on).state is State.REVOKED
    began = day_in(certification.scheme.body.zone, latest.begun_at)
    return Holding(
        certification.scheme.code,
        latest.valid_until,
        min(began, latest.valid_from),
        is_revoked=is_out,
        is_renewed=latest.ordinal > 1,
    )


def _line(entry: LedgerEntry, one: Counted) -> CountedLine:
    return CountedLine(entry, one.minutes, str(one.why.words) if one.why else "", one.why.rule if one.why else "")


def _earned(entry: LedgerEntry, is_used: bool, rules: Conditions) -> Earned:
    has_proof = not (rules.evidence_needed and entry.is_bare)  # type: ignore[attr-defined]
    return Earned(entry.public_id, entry.on, entry.minutes, entry.category, is_used, has_proof)


def _choice(certification: Certification, found: Quote, on: date) -> Choice:
    code = certification.scheme.code
    latest = max(certification.terms.all(), key=lambda term: term.ordinal)
    return Choice(
        certification,
        standing(certification, on),
        latest.valid_until,
        code in found.chosen,
        code in found.along,
        found.new_ends.get(code),
    )
