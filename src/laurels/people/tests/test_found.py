import pytest

from laurels.kernel.actor import Actor
from laurels.kernel.refusal import Refused
from laurels.people.actions import found
from laurels.people.models import Organisation

SETUP = Actor.of_system("demo")


def test_an_organisation_is_founded_once(world):
    given = {"is_body": False, "is_provider": True, "zone": "Europe/Berlin", "by": SETUP, "now": world.morning}

    first = found("quay", "Quay School", **given)

    assert found("quay", "Another Name", **given) == first
    assert Organisation.objects.get().name == "Quay School"


def test_people_do_not_found_organisations(world):
    with pytest.raises(Refused, match="those who run this site"):
        found("quay", "Quay", is_body=True, is_provider=False, zone="UTC", by=world.olive.actor, now=world.morning)
