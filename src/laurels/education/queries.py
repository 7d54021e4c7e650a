"""Read models of a ledger: what counts, the page with its sums."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Sum

from laurels.education.models import LedgerEntry
from laurels.people.models import Person
from laurels.programmes.models import Policy

PAGE = 50
PROGRAMME_BEGAN = date(2018, 1, 1)


@dataclass(frozen=True, slots=True)
class CategorySum:
    """``minutes`` of a category, and what part of all they are, in whole percent."""

    label: str
    minutes: int
    percent: int


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """``ready`` of ``count`` standing entries need nothing more for an audit. ``next_after`` begins the next page."""

    lines: list[LedgerEntry]
    minutes: int
    sums: list[CategorySum]
    ready: int
    count: int
    next_after: int | None


def countable(person: Person) -> list[LedgerEntry]:
    """Entries that were not taken back, by day."""
    return list(LedgerEntry.objects.of(person).standing().by_day())


def first_day() -> date:
    """The first day of the oldest rules that bind here; nothing older can count."""
    first: date | None = Policy.objects.filter(is_reference=False).aggregate(first=Min("in_force_from"))["first"]
    return min(first, PROGRAMME_BEGAN) if first else PROGRAMME_BEGAN


def ledger_page(person: Person, *, after: int | None = None) -> LedgerPage:
    lines = LedgerEntry.objects.of(person).select_related("taken_back", "takes_back").newest_first()
    shown = list((lines.filter(pk__lt=after) if after else lines)[: PAGE + 1])
    by_category = dict(
        LedgerEntry.objects.of(person).order_by("category").values_list("category").annotate(minutes=Sum("minutes"))
    )
    total = sum(by_category.values())
    sums = [
        CategorySum(str(one.label), minutes, round(100 * minutes / total))
        for one in LedgerEntry.Category
        if (minutes := by_category.get(one.value, 0))
    ]
    standing = LedgerEntry.objects.of(person).standing()
    count = standing.count()
    unready = standing.filter(grade=LedgerEntry.Grade.SELF, evidence_url="", evidence_text="").count()
    after = shown[PAGE - 1].pk if len(shown) > PAGE else None
    return LedgerPage(shown[:PAGE], total, sums, count - unready, count, after)
