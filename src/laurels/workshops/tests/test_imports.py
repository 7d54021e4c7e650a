import pytest

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.people.models import Address, Person
from laurels.workshops import facts
from laurels.workshops.actions import book, cancel_seat, confirm_import, discard_import, read_import
from laurels.workshops.models import AttendeeImport, Seat

LIST = """Name;E-Mail;Firma
Grace Hopper;GRACE@people.example;Navy
"Lovelace, Ada";ada@people.example;Engines
New Person;new@people.example;
New Again;new@people.example;
Nobody;nobody@@people.example;
"""


def listed(world, text=LIST, *, by=None, workshop=None):
    return read_import(
        workshop or world.workshop, "list.csv", text.encode(), by=by or world.sam.actor, now=world.morning
    )


def people(count):
    return "Name,Email\n" + "".join(f"Person {n},p{n}@people.example\n" for n in range(count))


def test_reading_a_list_writes_nobody_down(world):
    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    before = Person.objects.count()

    found = listed(world)

    assert [(line["number"], bool(line["refusal"])) for line in found.lines] == [
        (2, False), (3, True), (4, False), (5, True), (6, True),
    ]  # fmt: skip
    assert found.lines[1]["refusal"] == "This person has a seat already."
    assert (Seat.objects.count(), Entry.objects.of(facts.AttendeesImported).count()) == (1, 0)
    assert Person.objects.count() == before + 1  # Sam, who read it


def test_confirming_gives_everybody_good_a_seat(world):
    ada = world.ada

    seats = confirm_import(listed(world), by=world.sam.actor, now=world.noon)

    assert [(seat.name, seat.company, seat.order) for seat in seats] == [
        ("Grace Hopper", "Navy", None),
        ("Ada Lovelace", "Engines", None),
        ("New Person", "", None),
    ]
    assert seats[1].person == ada
    assert Address.objects.get(email="new@people.example").person == seats[2].person
    entries = list(Entry.objects.about(world.workshop.topic).values_list("seq", "fact", "payload"))
    taken = [
        (n, "workshops.SeatTaken", {"workshop_id": world.workshop.pk, "seat_id": seat.pk})
        for n, seat in enumerate(seats, start=1)
    ]
    counted = {"workshop_id": world.workshop.pk, "import_id": AttendeeImport.objects.get().pk, "count": 3}
    assert entries == [*taken, (4, "workshops.AttendeesImported", counted)]


def test_confirming_again_gives_the_same_seats(world):
    found = listed(world)
    first = confirm_import(found, by=world.sam.actor, now=world.noon)

    assert confirm_import(found, by=world.sam.actor, now=world.after_class) == first
    assert Seat.objects.count() == 3


def test_confirming_again_does_not_bring_back_who_has_left(world):
    found = listed(world)
    first = confirm_import(found, by=world.sam.actor, now=world.noon)
    cancel_seat(first[0], by=world.sam.actor, now=world.noon)

    assert confirm_import(found, by=world.sam.actor, now=world.noon) == first[1:]


def test_two_addresses_of_one_person_are_one_seat(world):
    Address.objects.create(person=world.ada, email="countess@people.example")

    seats = confirm_import(
        listed(world, "Ada Lovelace,ada@people.example\nAda King,countess@people.example"),
        by=world.sam.actor,
        now=world.noon,
    )

    assert [seat.person for seat in seats] == [world.ada]


def test_a_list_that_is_too_long_is_refused_as_a_whole(world):
    workshop = world.workshop_with(capacity=3)
    book(workshop, world.ada, by=world.ada.actor, now=world.morning)

    with pytest.raises(Refused, match="4 people more than there are free seats"):
        confirm_import(listed(world, people(6), workshop=workshop), by=world.sam.actor, now=world.noon)

    assert (Seat.objects.count(), Person.objects.filter(name__startswith="Person").count()) == (1, 0)


def test_discarding_forgets_a_list_but_never_a_confirmed_one(world):
    found, kept = listed(world), listed(world)
    confirm_import(kept, by=world.sam.actor, now=world.noon)

    for one in (found, found, kept):
        discard_import(one, by=world.sam.actor, now=world.noon)

    assert list(AttendeeImport.objects.all()) == [kept]


def test_staff_and_the_workshops_trainers_bring_lists_and_nobody_else(world):
    found = listed(world, by=world.tess.actor)
    for somebody in (world.ada, world.mallory, world.bo):
        for deed in (lambda by: listed(world, by=by), lambda by: confirm_import(found, by=by, now=world.noon)):
            with pytest.raises(Refused, match="Only this workshop's trainers"):
                deed(somebody.actor)
        with pytest.raises(Refused):
            discard_import(found, by=somebody.actor, now=world.noon)
    assert Seat.objects.count() == 0


@pytest.mark.parametrize("state", ["draft", "closed", "cancelled"])
def test_a_list_needs_a_workshop_that_takes_people(world, state):
    with pytest.raises(Refused):
        listed(world, workshop=world.workshop_with(state=state))


def test_a_list_costs_statements_by_the_thousand_not_by_the_line(world, django_assert_max_num_queries):
    workshop = world.workshop_with(capacity=2000)
    found = listed(world, people(900), workshop=workshop)
    by = world.sam.actor

    letters = 900  # each seat queues its letter
    with django_assert_max_num_queries(letters + 40):
        confirm_import(found, by=by, now=world.noon)


def test_ten_thousand_lines_are_seated_at_once(world):
    workshop = world.workshop_with(capacity=10_000)
    by = world.sam.actor
    seats = confirm_import(listed(world, people(10_000), workshop=workshop), by=by, now=world.noon)

    assert len(seats) == 10_000
