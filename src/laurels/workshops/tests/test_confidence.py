"""How sure people feel, before and after class: their own picture, and the class's from three people on."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from laurels.journal.models import Entry
from laurels.kernel.refusal import Refused
from laurels.programmes.models import Objective
from laurels.workshops import facts, queries, rules
from laurels.workshops.actions import book, say_confidence
from laurels.workshops.models import Confidence, Workshop

FIRST_DAY, FINAL_DAY = datetime(2026, 4, 15, 12, tzinfo=UTC), datetime(2026, 4, 16, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_march(world, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: world.morning)


@pytest.fixture
def seats(world):
    """Ada's, Grace's and Bo's; the course has three lines in two groups."""
    for code, category in (("2.2", "Goals"), ("3.1", "Users")):
        Objective.objects.create(
            curriculum=world.curriculum, code=code, category=category, text=f"Line {code}", bloom="apply"
        )
    return [
        book(world.workshop, person, by=person.actor, now=world.morning)
        for person in (world.ada, world.grace, world.bo)
    ]


def say(seat, moment="before", *, by=None, now, whole=None, single=None):
    return say_confidence(seat, moment, whole=whole or {}, single=single or {}, by=(by or seat.person).actor, now=now)


def moved(workshop, state):
    Workshop.objects.filter(pk=workshop.pk).update(state=state)
    workshop.refresh_from_db()


def test_a_number_for_a_group_holds_for_its_lines_and_a_lines_own_goes_first(world, seats):
    rows = say(seats[0], whole={"Goals": 2}, single={"2.2": 5}, now=world.morning)

    assert [(row.code, row.value, row.is_own) for row in rows] == [("2.1", 2, False), ("2.2", 5, True)]


def test_said_again_it_changes_in_place_and_the_same_changes_nothing(world, seats):
    say(seats[0], whole={"Goals": 2}, now=world.morning)
    say(seats[0], whole={"Goals": 2}, now=world.noon)
    assert {row.said_at for row in Confidence.objects.all()} == {world.morning}

    say(seats[0], whole={"Goals": 3, "Users": 1}, now=world.noon)

    assert sorted(Confidence.objects.values_list("code", "value")) == [("2.1", 3), ("2.2", 3), ("3.1", 1)]
    assert Entry.objects.of(facts.ConfidenceSaid).count() == 2


@pytest.mark.parametrize(
    ("state", "now", "moment"),
    [
        ("announced", datetime(2026, 3, 2, 9, tzinfo=UTC), "before"),
        ("confirmed", FIRST_DAY, "before"),
        ("confirmed", FINAL_DAY, None),
        ("running", FIRST_DAY, None),
        ("running", FINAL_DAY, "after"),
        ("held", FINAL_DAY, "after"),
        ("closed", FINAL_DAY, None),
        ("cancelled", FIRST_DAY, None),
    ],
)
def test_before_until_it_begins_and_after_from_the_final_day(world, state, now, moment):
    assert rules.moment_of(world.workshop_with(state=state), now) == moment


def test_the_other_moment_and_other_people_are_refused(world, seats):
    with pytest.raises(Refused, match="Before class you can answer"):
        say(seats[0], "after", whole={"Goals": 2}, now=world.morning)
    with pytest.raises(Refused, match="Before class you can answer"):
        say(seats[0], "", whole={"Goals": 2}, now=world.morning)
    with pytest.raises(Refused, match="Only whoever has the seat"):
        say(seats[0], by=world.tess, whole={"Goals": 2}, now=world.morning)
    moved(world.workshop, "closed")
    with pytest.raises(Refused, match="class is over"):
        say(seats[0], "after", whole={"Goals": 2}, now=world.after_class)


@pytest.mark.parametrize(
    ("whole", "single", "words"),
    [
        ({}, {}, "one group at least"),
        ({"Nowhere": 3}, {"9.9": 3}, "one group at least"),
        ({"Goals": 6}, {}, "from 1 to 5"),
        ({}, {"2.1": 0}, "from 1 to 5"),
    ],
)
def test_what_is_no_answer_is_refused(world, seats, whole, single, words):
    with pytest.raises(Refused, match=words):
        say(seats[0], whole=whole, single=single, now=world.morning)


def test_the_database_itself_keeps_to_the_scale(world, seats):
    with pytest.raises(IntegrityError), transaction.atomic():
        Confidence.objects.create(seat=seats[0], moment="before", code="2.1", value=6, said_at=world.morning)


def test_a_class_has_a_picture_from_three_people_on(world, seats):
    for seat, value in zip(seats[:2], (1, 3), strict=True):
        say(seat, whole={"Goals": value}, single={"3.1": 5}, now=world.morning)
    assert queries.class_confidence(world.workshop).picture is None

    say(seats[2], whole={"Goals": 2}, now=world.morning)

    seen = queries.class_confidence(world.workshop)
    assert (seen.before, seen.after, seen.seats) == (3, 0, 3)
    [goals] = seen.picture.groups
    assert (goals.mean.title, goals.mean.before, goals.mean.after) == ("Goals", 2.0, None)


def test_a_line_that_two_people_answered_alone_does_not_show_through_its_group(world, seats):
    for seat in seats:
        say(seat, single={"2.1": 2}, now=world.morning)
    for seat in seats[:2]:
        say(seat, single={"2.1": 2, "2.2": 5}, now=world.morning)

    [goals] = queries.class_confidence(world.workshop).picture.groups

    assert goals.mean.before == 2.0
    assert [line.before for line in goals.lines] == [2.0, None]


def test_ones_own_picture_shows_both_moments(world, seats):
    say(seats[0], whole={"Goals": 1}, now=world.morning)
    moved(world.workshop, "held")
    say(seats[0], "after", whole={"Goals": 4}, single={"2.2": 5}, now=world.after_class)

    page = queries.confidence_page(seats[0], by=world.ada.actor, now=world.after_class)

    [goals] = page.picture.groups
    assert (goals.mean.before, goals.mean.after) == (1.0, 4.5)
    [row] = page.picture.plot.rows
    assert (row.before_x, row.after_x) == (12.0, 306.0)


def test_the_page_takes_numbers_and_shows_the_picture(world, seats, client):
    client.force_login(world.ada)
    path = f"/workshops/{world.workshop.public_id}/confidence"
    assert "Your picture" not in client.get(path).content.decode()

    assert client.post(path, {"moment": "before", "group-0": "7"}).status_code == 422
    assert client.post(path, {"moment": "before"}).status_code == 409
    assert client.post(path, {"moment": "before", "group-0": "2", "line-0-1": "4"}).status_code == 303

    page = client.get(path)
    assert "Your picture" in page.content.decode()
    form = page.context["form"]
    assert (form["group-0"].value(), form["line-0-0"].value(), form["line-0-1"].value()) == (2, None, 4)


def test_the_trainer_sees_means_and_never_who(world, seats, client):
    client.force_login(world.tess)
    path = f"/desk/workshops/{world.workshop.public_id}/confidence"
    assert "Not enough answers yet" in client.get(path).content.decode()
    for seat in seats:
        say(seat, whole={"Goals": 2}, now=world.morning)

    page = client.get(path).content.decode()

    assert "of 3 people 3 have answered before class, 0 after it" in page
    assert "2.0" in page
    assert "Ada Lovelace" not in page


def test_pages_ask_as_much_for_three_as_for_one(world, seats, client):
    def asked(person, path):
        client.force_login(person)
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        return len(found)

    own, desk = (
        f"/workshops/{world.workshop.public_id}/confidence",
        f"/desk/workshops/{world.workshop.public_id}/confidence",
    )
    say(seats[0], single={"2.1": 3}, now=world.morning)
    one = asked(world.ada, own), asked(world.tess, desk)
    for seat in seats:
        say(seat, whole={"Goals": 2, "Users": 4}, now=world.morning)

    assert (asked(world.ada, own), asked(world.tess, desk)) == one
    assert max(one) <= 9
