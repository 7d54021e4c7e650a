from datetime import UTC, datetime

import pytest

from laurels.credentials.models import Credential
from laurels.kernel.refusal import Refused
from laurels.people.models import Person
from laurels.web.seeding import sow

NOW = datetime(2026, 4, 17, 9, 0, tzinfo=UTC)


def nothing():
    pass


def test_people_and_certifications_grow_in_the_numbers_asked_for(db, settings):
    settings.MODE = "rehearsal"
    sow(5, 2, now=NOW, step=nothing)

    assert Person.objects.count() == 5
    assert Credential.objects.exclude(document="").count() == 2


def test_a_live_system_is_not_sown(db, settings):
    settings.MODE = "production"
    with pytest.raises(Refused, match="only fills a demo or rehearsal"):
        sow(1, 0, now=NOW, step=nothing)


def test_a_database_of_real_people_is_not_sown(world, settings):
    settings.MODE = "rehearsal"
    world.person("Real Somebody", "somebody@company.test")
    with pytest.raises(Refused, match="holds real people"):
        sow(1, 0, now=NOW, step=nothing)

    assert Person.objects.count() == 1


def test_more_certifications_than_people_are_refused(db, settings):
    settings.MODE = "rehearsal"
    with pytest.raises(Refused, match="raise --people"):
        sow(1, 2, now=NOW, step=nothing)
