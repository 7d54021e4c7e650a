import pytest

from laurels.kernel.refusal import Refused
from laurels.people.actions import introduce, rename


def test_a_person_says_who_they_are(world):
    ada = introduce(
        world.ada, name=" Ada  King ", language="fr", zone="Europe/Paris", by=world.ada.actor, now=world.noon
    )
    ada.refresh_from_db()

    assert (ada.name, ada.language, ada.zone) == ("Ada King", "fr", "Europe/Paris")


def test_nobody_renames_others(world):
    with pytest.raises(Refused, match="Only the person themselves"):
        rename(world.ada, "Eve", by=world.mallory.actor, now=world.noon)


def test_a_name_is_not_empty_and_a_zone_exists(world):
    with pytest.raises(Refused, match="what we may call you"):
        rename(world.ada, "  ", by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="time zone"):
        introduce(world.ada, name="Ada", language="en", zone="Mars/Base", by=world.ada.actor, now=world.noon)
