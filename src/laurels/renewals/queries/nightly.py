"""Everybody at a body, in three statements and constant memory: what renewing would take of each.

The database hands over one row a person, all lines of a ledger in one text: making six million rows into objects takes
longer than all the rules. Many people hold the same, and many lines are the same but for their owner, so each text is
read once.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Least, TruncDate

from laurels.credentials.models import Certification, Membership, Revocation, Suspension, Term
from laurels.education.models import LedgerEntry
from laurels.people.models import Organisation
from laurels.programmes.rules.renewal import NOTHING, Asked, Conditions, Earned, Holding, Quote, pricing
from laurels.renewals import rules
from laurels.renewals.models import Use
from laurels.renewals.queries.texts import BETWEEN_FIELDS, BETWEEN_LINES, DayNumber, Line, is_yes, texts_of

PORTION = 5_000
LAST = 1 << 63
EVERYBODY = (0, LAST - 1)


@dataclass(frozen=True, slots=True)
class Member:
    """What the rules need to know of one person."""

    person_id: int
    asked: Asked


def members(
    body: Organisation, on: date, *, with_proof: bool = False, span: tuple[int, int] = EVERYBODY
) -> Iterator[Member]:
    """Holders of the body's certifications in the order of their keys, each with what they hold and have earned.

    ``with_proof``: also whether there is something to show for each entry, for rules that ask. ``span``: only people
    with keys from the first to the second, both included. Entries have no keys of their own here.
    """
    ledgers = _following(_entries(body, span, with_proof=with_proof), "")
    memberships = Membership.objects.filter(_within(span, "person"), body=body).order_by("person")
    belonging = _following(memberships.values_list("person", "body"), 0)
    for person, held in _terms(body, span).iterator(PORTION):
        earned = [_earned(line) for line in ledgers(person).split(BETWEEN_LINES) if line]
        yield Member(person, _asked(on, held, earned, is_member=bool(belonging(person))))


def _asked(on: date, held: str, earned: list[Earned], *, is_member: bool) -> Asked:
    return Asked(on, _holdings(held), earned, is_member=is_member, is_exam_passed=False, activities=NOTHING)


def holders(body: Organisation, after: int = 0) -> QuerySet[Certification, int]:
    """Keys of the people who hold or held something at the body, in their order, from ``after`` on."""
    people = Certification.objects.filter(scheme__body=body, person__gt=after).order_by("person")
    return people.values_list("person", flat=True).distinct()


def quotes(
    body: Organisation, conditions: Conditions, on: date, *, span: tuple[int, int] = EVERYBODY
) -> Iterator[tuple[int, Quote]]:
    """(person, quote without its lines) for everybody who holds something there that is not suspended.

    Several processes can share the work: ``span`` as for ``members``.
    """
    price = pricing(conditions)
    for one in members(body, on, with_proof=conditions.evidence_needed, span=span):
        yield one.person_id, price(one.asked)


def _within(span: tuple[int, int], person: str) -> Q:
    first, final = span
    return Q() if span == EVERYBODY else Q(**{f"{person}__gte": first, f"{person}__lte": final})


def _terms(body: Organisation, span: tuple[int, int]) -> QuerySet[Term, tuple[int, str]]:
    """A person's newest terms, the newest certification first as on their own page; ``_holdings`` reads them."""
    of_it = {"certification": OuterRef("certification")}
    later = Term.objects.filter(**of_it, ordinal__gt=OuterRef("ordinal"))
    newest = Term.objects.filter(
        ~Exists(later),
        ~Exists(Suspension.objects.filter(**of_it, lifted_at=None)),
        _within(span, "certification__person"),
        certification__scheme__body=body,
    )
    began = Least(TruncDate("begun_at", tzinfo=ZoneInfo(body.zone)), "valid_from")
    is_out = Exists(Revocation.objects.filter(**of_it))
    line = Line("certification__scheme__code", DayNumber(began), is_out, "ordinal", DayNumber("valid_until"))
    return texts_of(newest, "certification__person", line, ("-certification",))


def _entries(body: Organisation, span: tuple[int, int], *, with_proof: bool) -> QuerySet[LedgerEntry, tuple[int, str]]:
    """A person's ledger in the order of its days; ``_earned`` reads its lines."""
    holders = Certification.objects.filter(scheme__body=body).values("person")
    standing = LedgerEntry.objects.standing().filter(_within(span, "person"), person__in=holders)
    # Looking for proof takes longer than all the rest, and most rules do not ask for it.
    standing = standing.with_bareness() if with_proof else standing.annotate(is_bare=Value(value=False))
    # Nearly no line stands for another, and only of those is it looked up whether one before them was used.
    before = Exists(Use.objects.within(OuterRef("stands_for")))
    is_used = Case(
        When(use__isnull=False, then=Value(value=True)), When(stands_for=None, then=Value(value=False)), default=before
    )
    line = Line(DayNumber("on"), "minutes", "category", is_used, "is_bare")
    return texts_of(standing, "person", line, ("on", "pk"))


def _following[T](rows: QuerySet[Any, tuple[int, T]], nothing: T) -> Callable[[int], T]:
    """What ``rows`` have for a person, asked in the order of their keys; ``nothing`` where there is none."""
    following = rows.iterator(PORTION)
    latest, what = next(following, (LAST, nothing))

    def of(person: int) -> T:
        nonlocal latest, what
        while latest < person:
            latest, what = next(following, (LAST, nothing))
        return what if latest == person else nothing

    return of


@lru_cache(maxsize=20_000)
def _holdings(lines: str) -> tuple[Holding, ...]:
    return tuple(_holding(*line.split(BETWEEN_FIELDS)) for line in lines.split(BETWEEN_LINES))


def _holding(code: str, began: str, is_out: str, ordinal: str, ends: str = "") -> Holding:
    ends_on = date.fromordinal(int(ends)) if ends else None
    return Holding(code, ends_on, date.fromordinal(int(began)), is_yes(is_out), is_renewed=int(ordinal) > 1)


@lru_cache(maxsize=65_536)
def _earned(line: str) -> Earned:
    on, minutes, category, is_used, is_bare = line.split(BETWEEN_FIELDS)
    return Earned("", date.fromordinal(int(on)), int(minutes), category, is_yes(is_used), not is_yes(is_bare))


def ending_terms(
    body: Organisation, today: date, days: Collection[int], after: int, final: int, count: int
) -> list[Term]:
    """Newest terms that may need one of the reminders now, in the order of their keys after ``after`` to ``final``."""
    ending = _ending(body, today, days).filter(pk__gt=after, pk__lte=final)
    return list(ending.order_by("pk").prefetch_related("reminders")[:count])


def ending_of(person_id: int, body: Organisation, today: date, days: Collection[int]) -> list[Term]:
    """Those of one holder, as they stand now."""
    mine = _ending(body, today, days).filter(certification__person=person_id).prefetch_related("reminders")
    return list(mine.select_related("certification__person", "certification__scheme__body").order_by("pk"))


def ending_edges(body: Organisation, today: date, days: Collection[int], parts: int) -> list[tuple[int, int]]:
    """Between which keys ``parts`` of ``ending_terms`` lie that are as long as one another; the last has no end."""
    keys, total = _ending(body, today, days).order_by("pk").values_list("pk"), ending_count(body, today, days)
    edges = [0, *(keys[total * nth // parts][0] for nth in range(1, parts)), EVERYBODY[1]]
    return list(pairwise(edges))


def ending_count(body: Organisation, today: date, days: Collection[int]) -> int:
    """How many ``ending_terms`` there are in all."""
    return _ending(body, today, days).count()


def _ending(body: Organisation, today: date, days: Collection[int]) -> QuerySet[Term]:
    first = today + timedelta(days=min(days) - rules.CATCH_UP)
    later = Term.objects.filter(certification=OuterRef("certification"), ordinal__gt=OuterRef("ordinal"))
    return Term.objects.filter(
        ~Exists(later),
        ~Exists(Suspension.objects.filter(certification=OuterRef("certification"), lifted_at=None)),
        certification__scheme__body=body,
        certification__revocation=None,
        valid_until__range=(first, today + timedelta(days=max(days))),
    )
