"""Read models of a ledger: what counts, the page with its sums."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Min, Subquery, Sum, TextField
from django.db.models.functions import Cast, Coalesce, Substr

from laurels.education.models import LedgerEntry
from laurels.education.queries.binding import bindings
from laurels.education.rules.binding import Binding
from laurels.education.rules.categories import categories
from laurels.kernel.periods import add_months
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Policy
from laurels.programmes.rules.categories import category_in_words

PAGE = 25
QUARTERS = 8
PROGRAMME_BEGAN = date(2018, 1, 1)


@dataclass(frozen=True, slots=True)
class CategorySum:
    """``minutes`` of a category, and what part of all they are, in whole percent."""

    label: str
    minutes: int
    percent: int


class Month(NamedTuple):
    """A category in a month: minutes and standing entries, reversals taken off; how many are bare of all months."""

    category: str
    first: date
    minutes: int
    standing: int
    bare: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months and their minutes; ``percent`` of the fullest one shown."""

    first: date
    minutes: int
    percent: int

    @property
    def number(self) -> int:
        return (self.first.month + 2) // 3


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """``ready`` of ``count`` standing entries need nothing more for an audit. ``next_after`` begins the next page.

    ``fixed`` are the keys of lines that their owner cannot change any more, ``asks`` the rules that want evidence,
    ``bound`` all rules that bind its owner, ``categories`` the labels of those in which they report.
    """

    lines: list[LedgerEntry]
    minutes: int
    sums: list[CategorySum]
    quarters: list[Quarter]
    ready: int
    count: int
    next_after: int | None
    fixed: frozenset[int]
    asks: Binding | None
    bound: list[Binding]
    categories: dict[str, str]

    @property
    def ready_percent(self) -> int:
        return 100 * self.ready // self.count if self.count else 0


def countable(person: Person) -> list[LedgerEntry]:
    """Entries that were not taken back, by day, each with ``is_bare``."""
    return list(LedgerEntry.objects.of(person).standing().with_bareness().by_day())


def open_again(person: Person) -> list[LedgerEntry]:
    """Lines that were taken back and for which no other stands, the oldest first."""
    # In two steps, each by person: as one statement PostgreSQL may read everybody's ledger for it.
    lines = list(LedgerEntry.objects.of(person).taken_back().select_related("stands_for").order_by("pk"))
    first = {one.first_said for one in lines}
    again = LedgerEntry.objects.of(person).standing().filter(stands_for__in=first) if first else ()
    stood = {one.stands_for_id for one in again}
    return [one for one in lines if one.first_said.pk not in stood]


def first_day() -> date:
    """The first day of the oldest rules that bind here; nothing older can count."""
    first: date | None = Policy.objects.filter(is_reference=False).aggregate(first=Min("in_force_from"))["first"]
    return min(first, PROGRAMME_BEGAN) if first else PROGRAMME_BEGAN


def addresses(person: Person) -> set[str]:
    """Every address of the person, proven or not: none of them is somebody else's."""
    return set(person.addresses.values_list("email", flat=True))


def body_of(person: Person) -> Organisation | None:
    """The body in whose words letters about a ledger are written: the one that certified them, else the oldest."""
    bodies = Organisation.objects.bodies().order_by("pk")
    return bodies.filter(schemes__certifications__person=person).first() or bodies.first()


def ledger_page(person: Person, now: datetime, *, after: int | None = None) -> LedgerPage:
    """Five queries."""
    lines = LedgerEntry.objects.of(person).select_related("taken_back", "takes_back").with_proof().with_corrections()
    lines = lines.newest_first()
    shown = list((lines.filter(pk__lt=after) if after else lines)[: PAGE + 1])
    months = _months(person)
    total = sum(one.minutes for one in months)
    count, bound = sum(one.standing for one in months), bindings(person, now)
    labels = categories(bound)
    return LedgerPage(
        shown[:PAGE],
        total,
        _sums(months, labels),
        _quarters(months, now.date()),
        ready=count - (months[0].bare if months else 0),
        count=count,
        next_after=shown[PAGE - 1].pk if len(shown) > PAGE else None,
        fixed=frozenset(line.pk for line in shown if any(one.is_fixed(line) for one in bound)),
        asks=next((one for one in bound if one.evidence_needed), None),
        bound=bound,
        categories=labels,
    )


def _sums(months: list[Month], labels: dict[str, str]) -> list[CategorySum]:
    """In the order of the labels; what was reported under other rules comes after them."""
    by_category = dict.fromkeys([*labels, *sorted({one.category for one in months})], 0)
    for one in months:
        by_category[one.category] += one.minutes
    total = sum(by_category.values())
    return [
        CategorySum(labels.get(key) or category_in_words(key), minutes, round(100 * minutes / total))
        for key, minutes in by_category.items()
        if minutes
    ]


def _months(person: Person) -> list[Month]:
    # Both databases write a day as 2026-03-02. TruncMonth calls Python for every line on SQLite.
    month = Substr(Cast("on", TextField()), 1, 7)
    lines = LedgerEntry.objects.of(person).order_by().annotate(month=month)
    # A reversal and the line it takes back stand no more: two lines less for each.
    standing = Count("pk") - 2 * Count("takes_back")
    # How many are bare, of all months, comes along in the same statement: a page has eight.
    bare = LedgerEntry.objects.of(person).standing().bare().order_by().values("person").annotate(n=Count("pk"))
    sums = lines.values_list("category", "month").annotate(
        minutes=Sum("minutes"), standing=standing, bare=Coalesce(Subquery(bare.values("n")), 0)
    )
    return [Month(category, date.fromisoformat(f"{month}-01"), *rest) for category, month, *rest in sums]


def _quarters(months: list[Month], today: date) -> list[Quarter]:
    """The newest eight, the oldest first; empty ones are among them, none at all where all are."""
    newest = date(today.year, today.month - (today.month - 1) % 3, 1)
    firsts = [add_months(newest, -3 * back) for back in reversed(range(QUARTERS))]
    sums = dict.fromkeys(firsts, 0)
    for one in months:
        if one.first >= firsts[0]:
            # Whoever lives east of us may have entered a day of the quarter to come.
            sums[max(first for first in firsts if first <= one.first)] += one.minutes
    most = max(sums.values())
    return [Quarter(first, minutes, max(0, 100 * minutes // most)) for first, minutes in sums.items()] if most else []
