"""Invented people and certifications in numbers, through the same actions as real ones."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from laurels.credentials.actions import award
from laurels.journal.worker import drain
from laurels.kernel.actor import Actor
from laurels.kernel.ids import public_id
from laurels.kernel.periods import day_in
from laurels.kernel.refusal import Refusal, require
from laurels.people.actions import meet
from laurels.people.models import Address, Person
from laurels.programmes.actions import load_pack
from laurels.programmes.models import Scheme

SEEDER = Actor.of_system("seed")
DRAIN_EVERY = 200


def why_not_sow(people: int, certifications: int) -> Refusal | None:
    """Seeds never fall into a production database."""
    if settings.MODE not in {"demo", "rehearsal"}:
        return Refusal("production", _("`laurels seed` only fills a demo or rehearsal database (LAURELS_MODE)."))
    # .example is reserved (RFC 2606): an address outside it is somebody's, whatever the mode says.
    if Address.objects.exclude(email__endswith=".example").exists():
        return Refusal("in-use", _("This database holds real people. Give an empty one with DATABASE_URL."))
    if certifications > people:
        return Refusal("too-many", _("There are more certifications than people to hold them; raise --people."))
    return None


def sow(people: int, certifications: int, *, now: datetime, step: Callable[[], None]) -> None:
    """Add ``people`` and certify the first ``certifications`` of them, their terms spread over two years."""
    require(why_not_sow(people, certifications))
    load_pack(settings.PACKS / "cspo", by=SEEDER, now=now)
    scheme = Scheme.objects.select_related("body").get(body__slug="commonground", code="CSPO")
    for number, person in enumerate(_crowd(people, now, step)):
        if number < certifications:
            on = day_in(scheme.body.zone, now) - timedelta(days=number % 700)
            award(person, scheme, name=person.name, on=on, by=SEEDER, now=now)
            step()
        if number % DRAIN_EVERY == 0:
            drain()
    drain()


def _crowd(people: int, now: datetime, step: Callable[[], None]) -> Iterator[Person]:
    batch = public_id()[:6]
    for number in range(people):
        yield meet(f"seed-{batch}-{number}@people.example", f"Seed {batch} {number}", by=SEEDER, now=now)
        step()
