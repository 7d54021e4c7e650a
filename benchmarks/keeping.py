"""Keeping a certification: quotes as the rules give them, and the page of a ledger with ten thousand lines."""

from datetime import date, timedelta

from django.test import Client

from benchmarks import scenery
from benchmarks.figures import Row, cpu
from laurels.education.models import LedgerEntry
from laurels.people.models import Person
from laurels.programmes.models import Policy
from laurels.programmes.rules.renewal import Asked, Earned, Holding, quote
from laurels.renewals.queries import rules_of

TWENTY = 20
LINES = 10_000
WEEK = timedelta(weeks=1)


def measure(scale: float) -> list[Row]:
    scheme = scenery.scheme()
    rules = rules_of(Policy.objects.get(body=scheme.body, key="SA-2024"))
    first = date(2025, 6, 2)
    earned = [Earned(f"{nth:02}", first + nth * WEEK, 60, "learning") for nth in range(TWENTY)]
    asked = Asked(date(2026, 10, 1), [Holding("CSPO", date(2026, 11, 20), date(2024, 11, 20))], earned)
    count = max(500, int(10_000 * scale))
    each = cpu(lambda: [quote(asked, rules) for _ in range(count)]) / count
    reading = cpu(lambda: [sum(one.minutes for one in earned) for _ in range(count)]) / count
    ledger, empty = _pages(max(10, int(50 * scale)))
    return [
        Row(
            "quote, 20 entries (rules alone)",
            f"{each * 1e6:.0f} µs, {each * 1e6:.0f} CPU-s a million",
            f"adding up the minutes {reading * 1e6:.1f} µs",
            f"×{each / reading:.0f}",
            "≤ 60 s a million, with the reading",
        ),
        Row(
            f"ledger page, {LINES:,} lines",
            f"{ledger * 1000:.1f} CPU-ms",
            f"an empty ledger {empty * 1000:.1f} CPU-ms",
            f"×{ledger / empty:.1f}",
            "≤ 60 ms",
        ),
    ]


def _pages(requests: int) -> tuple[float, float]:
    full, fresh = (Person.objects.create(name=name, created_at=scenery.NOW) for name in ("Full", "Fresh"))
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            person=full,
            title=f"Hour {nth}",
            on=date(2020, 1, 1) + timedelta(days=nth // 5),
            minutes=60,
            category="learning",
            grade="self",
            recorded_at=scenery.NOW,
        )
        for nth in range(LINES)
    )
    return _page(full, requests), _page(fresh, requests)


def _page(person: Person, requests: int) -> float:
    client = Client()
    client.force_login(person)
    assert client.get("/ledger").status_code == 200
    return cpu(lambda: [client.get("/ledger") for _ in range(requests)]) / requests
