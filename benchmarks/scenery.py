"""The body, the provider and the workshop that benchmarks play on."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from laurels.kernel.actor import Actor
from laurels.kernel.money import Money
from laurels.people import actions as people
from laurels.people.models import Organisation, Role
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Course, Scheme
from laurels.workshops import actions as workshops
from laurels.workshops.models import Workshop

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BENCH = Actor.of_system("bench")


def scheme() -> Scheme:
    """The CSPO scheme, its pack loaded on first use."""
    load_pack(settings.PACKS / "cspo", by=BENCH, now=NOW)
    return Scheme.objects.get(body__slug="commonground", code="CSPO")


def _school() -> Organisation:
    return people.found("bench", "Bench School", is_body=False, is_provider=True, zone="UTC", by=BENCH, now=NOW)


def workshop(capacity: int) -> Workshop:
    """An announced free workshop with a trainer."""
    scheme()
    provider = Organisation.objects.filter(slug="bench").first() or _school()
    trainer = people.meet("trainer@bench.example", "Tess Trainer", by=BENCH, now=NOW)
    people.grant(trainer, provider, Role.Kind.TRAINER, by=BENCH, now=NOW)
    day = (NOW + timedelta(days=30)).date()
    drafted = workshops.draft(
        provider,
        Course.objects.get(slug="cspo"),
        mode=Workshop.Mode.ONLINE,
        place="",
        zone="UTC",
        language="en",
        starts_on=day,
        ends_on=day + timedelta(days=1),
        capacity=capacity,
        price=Money(0, "EUR"),
        trainers=[trainer],
        by=BENCH,
        now=NOW,
    )
    return workshops.announce(drafted, by=BENCH, now=NOW)
