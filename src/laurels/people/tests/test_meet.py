from laurels.people.actions import meet
from laurels.people.models import Person


def test_meeting_twice_gives_the_same_person(world):
    first = meet("Zoe@People.example", "  Zoe   Zebra ", by=world.sam.actor, now=world.morning)
    again = meet("zoe@people.example", "Somebody Else", by=world.mallory.actor, now=world.noon)

    assert again == first
    assert Person.objects.get(pk=first.pk).name == "Zoe Zebra"
    assert first.email == "zoe@people.example"
    assert not first.addresses.verified().exists()


def test_meeting_somebody_known_changes_nothing_of_theirs(world):
    assert meet(world.ada.email, "Not Ada", by=world.sam.actor, now=world.noon) == world.ada
    assert Person.objects.get(pk=world.ada.pk).name == "Ada Lovelace"
