"""Read models of a ledger: what counts, the page with its sums."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import TruncMonth

from laurels.education.models import LedgerEntry
from laurels.kernel.periods import add_months
from laurels.people.models import Organisation, Person
from laurels.programmes.models import Policy

PAGE = 50
QUARTERS = 8
PROGRAMME_BEGAN = date(2018, 1, 1)


@dataclass(frozen=True, slots=True)
class CategorySum:
    """``minutes`` of a category, and what part of all they are, in whole percent."""

    label: str
    minutes: int
    percent: int


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
    """``ready`` of ``count`` standing entries need nothing more for an audit. ``next_after`` begins the next page."""

    lines: list[LedgerEntry]
    minutes: int
    sums: list[CategorySum]
    quarters: list[Quarter]
    ready: int
    count: int
    next_after: int | None

    @property
    def ready_percent(self) -> int:
        return 100 * self.ready // self.count if self.count else 0


def countable(person: Person) -> list[LedgerEntry]:
    """Entries that were not taken back, by day."""
    return list(LedgerEntry.objects.of(person).standing().by_day())


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


def ledger_page(person: Person, today: date, *, after: int | None = None) -> LedgerPage:
    lines = LedgerEntry.objects.of(person).select_related("taken_back", "takes_back").with_proof().newest_first()
    shown = list((lines.filter(pk__lt=after) if after else lines)[: PAGE + 1])
    months = _minutes_by_month(person)
    total = sum(minutes for _category, _month, minutes in months)
    sums = [
        CategorySum(str(one.label), minutes, round(100 * minutes / total))
        for one in LedgerEntry.Category
        if (minutes := sum(minutes for category, _month, minutes in months if category == one.value))
    ]
    standing = LedgerEntry.objects.of(person).standing()
    # Two counts in one statement: the bare ones stand beside all of them.
    counts = standing.aggregate(all=Count("pk"), bare=Count("pk", filter=Q(pk__in=standing.bare())))
    next_after = shown[PAGE - 1].pk if len(shown) > PAGE else None
    return LedgerPage(
        shown[:PAGE], total, sums, _quarters(months, today), counts["all"] - counts["bare"], counts["all"], next_after
    )


def _minutes_by_month(person: Person) -> list[tuple[str, date, int]]:
    """(category, first of the month, minutes), reversals taken off."""
    by_month = LedgerEntry.objects.of(person).order_by().annotate(month=TruncMonth("on"))
    return list(by_month.values_list("category", "month").annotate(minutes=Sum("minutes")))


def _quarters(months: list[tuple[str, date, int]], today: date) -> list[Quarter]:
    """The newest eight, the oldest first; empty ones are among them, none at all where all are."""
    newest = date(today.year, today.month - (today.month - 1) % 3, 1)
    firsts = [add_months(newest, -3 * back) for back in reversed(range(QUARTERS))]
    sums = dict.fromkeys(firsts, 0)
    for _category, month, minutes in months:
        if month >= firsts[0]:
            # Whoever lives east of us may have entered a day of the quarter to come.
            sums[max(first for first in firsts if first <= month)] += minutes
    most = max(sums.values())
    return [Quarter(first, minutes, max(0, 100 * minutes // most)) for first, minutes in sums.items()] if most else []
