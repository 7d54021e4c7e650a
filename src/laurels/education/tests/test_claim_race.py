"""Many type one code at once: nobody too many. On SQLite one writes after the other; PostgreSQL can show a race."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from laurels.education.actions import claim, make_code
from laurels.education.models import Claim, ClaimCode, LedgerEntry
from laurels.kernel.refusal import Refused
from tests.world.cast import World

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
PEOPLE = 12


@pytest.fixture
def world(transactional_db):
    return World()


def given(world):
    code = make_code(
        world.harbour,
        "Product camp",
        on=world.today,
        minutes=120,
        category="events",
        most=3,
        final_day=world.today + timedelta(days=7),
        by=world.sam.actor,
        now=world.noon,
    )
    people = [world.person(f"P{number} Person") for number in range(PEOPLE)]

    def typed(person):
        try:
            return claim(person, code.code, by=person.actor, now=world.noon)
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        return [one for one in pool.map(typed, people) if one]


def test_a_code_for_three_gives_three(world):
    assert len(given(world)) == Claim.objects.count() == LedgerEntry.objects.count() == 3


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite has one writer: nothing to show")
def test_positive_control_without_the_lock_it_gives_more(world, monkeypatch):
    monkeypatch.setattr(ClaimCode.objects.all().__class__, "lock", lambda self, pk: self.get(pk=pk))
    assert len(given(world)) > 3
