"""Many clicks in the same moment: one renewal, one order, and no unit used twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from laurels.credentials.models import Certification
from laurels.kernel.refusal import Refused
from laurels.payments.actions import mark_paid
from laurels.payments.models import Order
from laurels.renewals.actions import begin, complete
from laurels.renewals.models import Renewal, Use
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
