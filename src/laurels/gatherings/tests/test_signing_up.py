"""Places, waiting, letting somebody else in; twenty at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from laurels.gatherings import actions
from laurels.gatherings.models import Gathering, SignUp
from laurels.gatherings.tests.conftest import EVENING, TERMS
from laurels.kernel.actor import ANONYMOUS
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter

SMALL = TERMS.__class__(**(TERMS.fields | {"capacity": 2}))


def states(gathering):
    return dict(gathering.signups.order_by("pk").values_list("name", "state"))


def test_the_first_who_waits_has_the_place_that_becomes_free(world, announced, drained):
    gathering = announced(SMALL)
    now = world.noon
    ada = actions.sign_up(gathering, world.ada, shows_name=True, by=world.ada.actor, now=now)
    actions.sign_up_guest(gathering, "Noor", "Noor@people.example ", by=ANONYMOUS, now=now)
    actions.sign_up(gathering, world.grace, by=world.grace.actor, now=now)
    actions.sign_up(gathering, world.tess, by=world.tess.actor, now=now)
    assert states(gathering) == {
        "Ada Lovelace": "going",
        "Noor": "going",
        "Grace Hopper": "waiting",
        "Tess Trainer": "waiting",
    }

    actions.sign_off(ada, by=world.ada.actor, now=now)
    actions.sign_off(ada, by=world.ada.actor, now=now)
    drained()

    assert states(gathering)["Grace Hopper"] == "going"
    assert states(gathering)["Tess Trainer"] == "waiting"
    keys = Letter.objects.filter(to="grace@people.example").order_by("pk").values_list("key", flat=True)
    assert list(keys)[-1] == "gathering-place"


def test_asking_twice_is_one_place_and_strangers_sign_nobody_off(world, announced):
    gathering = announced()
    one = actions.sign_up(gathering, world.ada, by=world.ada.actor, now=world.noon)
    assert actions.sign_up(gathering, world.ada, by=world.ada.actor, now=world.noon) == one
    with pytest.raises(Refused, match="Only whoever signed up"):
        actions.sign_off(one, by=world.mallory.actor, now=world.noon)
    with pytest.raises(Refused, match="This is over"):
        actions.sign_up(gathering, world.grace, by=world.grace.actor, now=gathering.ends_at)


def test_one_address_is_not_flooded_with_letters(announced, world):
    for nth in range(6):
        gathering = announced(TERMS.__class__(**(TERMS.fields | {"title": f"No {nth}"})))
        if nth < 5:
            actions.sign_up_guest(gathering, "Noor", "noor@people.example", by=ANONYMOUS, now=world.noon)
    with pytest.raises(Refused, match="several times just now"):
        actions.sign_up_guest(gathering, "Noor", "noor@people.example", by=ANONYMOUS, now=world.noon)


def test_everybody_who_goes_is_reminded_once(world, announced, drained):
    gathering = announced()
    actions.sign_up(gathering, world.ada, by=world.ada.actor, now=world.noon)
    day_before = EVENING.replace(day=11, hour=19)

    assert actions.remind(by=world.bo.actor, now=day_before.replace(hour=17)) == 0
    assert actions.remind(by=world.bo.actor, now=day_before) == 1
    assert actions.remind(by=world.bo.actor, now=day_before) == 0
    drained()
    assert Letter.objects.filter(key="gathering-reminder").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_for_two_places(world, announced):
    gathering = announced(SMALL)
    people = [world.person(f"P{nth} Person") for nth in range(20)]
    actors, now, gate = [one.actor for one in people], world.noon, Barrier(20)

    def one(nth):
        try:
            gate.wait()
            return actions.sign_up(gathering, people[nth], by=actors[nth], now=now).state
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as crowd:
        found = list(crowd.map(one, range(20)))

    assert (found.count("going"), found.count("waiting")) == (2, 18)
    assert SignUp.objects.count() == 20
    assert Gathering.objects.count() == 1
