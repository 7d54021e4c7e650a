"""Many clicks in the same moment: one renewal, one order, and no unit used twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import count
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from laurels.credentials.models import Certification, Term
from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.payments.actions import mark_paid
from laurels.payments.models import Order
from laurels.people.models import PersonQuerySet
from laurels.programmes.models import LetterText
from laurels.renewals.actions import begin, complete
from laurels.renewals.actions.reminding import remind
from laurels.renewals.models import Reminder, Renewal, Use
from laurels.renewals.tests.conftest import SOON
from tests.world.cast import World

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
CLICKS = 12


@pytest.fixture
def world(transactional_db):
    return World()


def at_once(verb):
    gate = Barrier(CLICKS)

    def one(_number):
        try:
            gate.wait()
            return verb()
        except (Refused, IntegrityError) as no:
            return no
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as crowd:
        return list(crowd.map(one, range(CLICKS)))


def test_many_clicks_owe_once_and_use_units_once(world, holder, learnt):
    holder("CSPO")
    learnt(30)
    actor = world.ada.actor
    body = world.guild

    found = at_once(lambda: begin(world.ada, body, ["CSPO"], by=actor, now=SOON))

    assert {one.pk for one in found} == {Renewal.objects.get().pk}
    assert Order.objects.count() == 1
    assert Use.objects.count() == 20


def test_many_workers_complete_once(world, holder, learnt):
    holder("CSPO")
    learnt(20)
    renewal = begin(world.ada, world.guild, ["CSPO"], by=world.ada.actor, now=SOON)
    staff = world.bo.actor
    mark_paid(renewal.order, by=staff, now=SOON)
    at_once(lambda: complete(renewal, by=staff, now=SOON))

    assert Certification.objects.get().terms.count() == 2


@pytest.fixture
def due(world, holder):
    """Ada's two terms, whose reminder is due on the same day."""
    holder("CSPO", "CSM")
    LetterText.objects.create(
        body=world.guild,
        key="renewal-reminder",
        language="en",
        version=1,
        digest="0" * 64,
        subject="{scheme}",
        text="[Renew]({link})",
    )
    return list(Term.objects.order_by("pk"))


@pytest.mark.parametrize("is_locked", [True, False], ids=["locked", "control"])
def test_many_workers_with_either_term_write_one_letter(world, due, monkeypatch, is_locked):
    day, turns = datetime(2028, 3, 17, 9, tzinfo=UTC), count()
    if not is_locked:
        monkeypatch.setattr(PersonQuerySet, "lock", lambda people, pk: people.get(pk=pk))

    found = at_once(lambda: remind(due[next(turns) % 2], 30, by=Actor.of_system("test"), now=day))

    failed = [one for one in found if isinstance(one, Exception)]
    assert sorted(Reminder.objects.values_list("term", flat=True)) == sorted(one.pk for one in due)
    assert Letter.objects.filter(key="renewal-reminder").count() == 1
    # Without the lock only the constraint stands in the way; SQLite lets one write at a time, whatever is locked.
    assert bool(failed) == (not is_locked and connection.vendor == "postgresql")
