from laurels.journal.models import Entry
from laurels.people.actions import meet, meet_all
from laurels.people.models import Address, Person


def facts_of(person):
    return [(entry.seq, entry.fact, entry.by) for entry in Entry.objects.about(person.topic)]


def test_a_list_brings_known_people_and_strangers(world):
    ada = world.ada

    met = meet_all(
        {"ADA@people.example": "A. L.", "new@people.example": " New  Person "}, by=world.sam.actor, now=world.noon
    )

    assert met["ada@people.example"] == ada
    assert met["new@people.example"].name == "New Person"
    assert Address.objects.get(email="new@people.example").verified_at is None
    assert facts_of(met["new@people.example"]) == [(1, "people.PersonMet", f"person:{world.sam.pk}")]


def test_meeting_a_list_leaves_what_meeting_one_by_one_leaves(world):
    one = meet("one@people.example", "One", by=world.sam.actor, now=world.noon)
    two = meet_all({"two@people.example": "Two"}, by=world.sam.actor, now=world.noon)["two@people.example"]

    assert facts_of(one) == facts_of(two)
    assert [a.is_primary for a in one.addresses.all()] == [a.is_primary for a in two.addresses.all()]


def test_meeting_twice_gives_the_same_people(world):
    names = {f"p{n}@people.example": f"Person {n}" for n in range(5)}

    first = meet_all(names, by=world.sam.actor, now=world.morning)

    assert meet_all(names, by=world.sam.actor, now=world.noon) == first
    assert Person.objects.filter(name__startswith="Person").count() == 5


def test_a_list_costs_few_statements(world, django_assert_max_num_queries):
    by = world.sam.actor

    with django_assert_max_num_queries(10):
        meet_all({f"p{n}@people.example": f"Person {n}" for n in range(500)}, by=by, now=world.noon)
