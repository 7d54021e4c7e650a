"""Everybody at a body, in two statements and constant memory: what renewing would take of each."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from laurels.credentials.models import Certification, Membership, Revocation, Suspension, Term
from laurels.education.models import LedgerEntry
from laurels.kernel.periods import day_in
from laurels.people.models import Organisation
from laurels.programmes.rules.renewal import Asked, Conditions, Earned, Holding, Quote, quote
from laurels.renewals import rules
from laurels.renewals.models import Use

PORTION = 5_000
EVERYBODY = (0, (1 << 63) - 1)

TERM = (
    "certification__person",
    "certification__scheme__code",
    "valid_from",
    "valid_until",
    "begun_at",
    "ordinal",
    "is_out",
)
ENTRY = ("person", "public_id", "on", "minutes", "category", "is_used", "is_bare")


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
    with keys from the first to the second, both included.
    """
    entries = groupby(
        _entries(body, with_proof=with_proof).filter(_within(span, "person")).iterator(PORTION), key=itemgetter(0)
    )
    belonging = _following(
        Membership.objects.filter(_within(span, "person"), body=body).order_by("person").values_list("person")
    )
    current: tuple[int, Iterator[Any]] | None = next(entries, None)
    for person, terms in groupby(
        _terms(body).filter(_within(span, "certification__person")).iterator(PORTION), key=itemgetter(0)
    ):
        holdings = [_holding(row, body.zone) for row in terms]
        while current and current[0] < person:
            current = next(entries, None)
        earned = [_earned(row) for row in current[1]] if current and current[0] == person else []
        yield Member(person, Asked(on=on, holdings=holdings, earned=earned, is_member=belonging(person)))


def holders(body: Organisation, after: int = 0) -> QuerySet[Certification, int]:
    """Keys of the people who hold or held something at the body, in their order, from ``after`` on."""
    people = Certification.objects.filter(scheme__body=body, person__gt=after).order_by("person")
    return people.values_list("person", flat=True).distinct()


def quotes(
    body: Organisation, conditions: Conditions, on: date, *, span: tuple[int, int] = EVERYBODY
) -> Iterator[tuple[int, Quote]]:
    """(person, quote) for everybody who holds something there that is not suspended.

    Several processes can share the work: ``span`` as for ``members``.
    """
    for one in members(body, on, with_proof=conditions.evidence_needed, span=span):
        yield one.person_id, quote(one.asked, conditions)


def _within(span: tuple[int, int], person: str) -> Q:
    first, final = span
    return Q() if span == EVERYBODY else Q(**{f"{person}__gte": first, f"{person}__lte": final})


def _terms(body: Organisation) -> QuerySet[Term, Any]:
    of_it = {"certification": OuterRef("certification")}
    later = Term.objects.filter(**of_it, ordinal__gt=OuterRef("ordinal"))
    newest = Term.objects.filter(
        ~Exists(later), ~Exists(Suspension.objects.filter(**of_it, lifted_at=None)), certification__scheme__body=body
    )
    newest = newest.annotate(is_out=Exists(Revocation.objects.filter(**of_it)))
    # The newest certification first, as on the holder's own page.
    return newest.order_by("certification__person", "-certification").values_list(*TERM)


def _entries(body: Organisation, *, with_proof: bool) -> QuerySet[LedgerEntry, Any]:
    holders = Certification.objects.filter(scheme__body=body, person=OuterRef("person"))
    standing = LedgerEntry.objects.standing().filter(Exists(holders))
    standing = standing.annotate(is_used=Exists(Use.objects.filter(entry=OuterRef("pk"))))
    # Looking for proof takes longer than all the rest, and most rules do not ask for it.
    standing = standing.with_bareness() if with_proof else standing.annotate(is_bare=Value(value=False))
    return standing.order_by("person", "on", "pk").values_list(*ENTRY)


def _following(people: QuerySet[Membership, Any]) -> Any:
    """Whether a person is among ``people``, asked in the order of their keys."""
    rows, latest = people.iterator(PORTION), 0

    def is_among(person: int) -> bool:
        nonlocal latest
        while latest < person:
            latest = next(rows, (1 << 63,))[0]
        return latest == person

    return is_among


def _holding(row: tuple[Any, ...], zone: str) -> Holding:
    _person, code, valid_from, valid_until, begun_at, ordinal, is_out = row
    began = min(day_in(zone, begun_at), valid_from)
    return Holding(code, valid_until, began, is_revoked=is_out, is_renewed=ordinal > 1)


def _earned(row: tuple[Any, ...]) -> Earned:
    _person, key, on, minutes, category, is_used, is_bare = row
    return Earned(key, on, minutes, category, is_used, not is_bare)


def ending_terms(body: Organisation, today: date, days: Collection[int], after: int, count: int) -> list[Term]:
    """Newest terms that may need one of the reminders now, in the order of their keys after ``after``."""
    ending = _ending(body, today, days).filter(pk__gt=after)
    return list(ending.order_by("pk").prefetch_related("reminders")[:count])


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
