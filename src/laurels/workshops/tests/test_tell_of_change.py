"""A change is told to everybody who had a seat, old → new; a cancellation leaves every calendar."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from laurels.journal.worker import drain
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.workshops.actions import announce, book, cancel, cancel_seat, change, tell_joining
from laurels.workshops.models import Edition, JoiningInstructions, Workshop
from laurels.workshops.tests.test_moves import drafted, values_of


@pytest.fixture
def announced(world):
    workshop = announce(drafted(world), by=world.sam.actor, now=world.morning)
    drain(is_strict=True)
    return workshop


def changed_letters():
    return list(Letter.objects.filter(key="workshop-changed").order_by("pk"))


def alter(world, workshop, **changes):
    return change(workshop, **values_of(workshop, **changes), by=world.sam.actor, now=world.noon)


def test_everybody_with_a_seat_hears_what_changed_with_new_days(world, announced):
    book(announced, world.ada, by=world.ada.actor, now=world.morning)
    given_back = book(announced, world.grace, by=world.grace.actor, now=world.morning)
    cancel_seat(given_back, by=world.grace.actor, now=world.morning)
    moved = {"starts_on": date(2026, 5, 4), "ends_on": date(2026, 5, 5), "zone": "Europe/Lisbon"}
    alter(world, announced, **moved, mode="in-person", place="Rua 1, Lisboa")
    drain(is_strict=True)

    (letter,) = changed_letters()
    assert letter.to == "ada@people.example"
    for line in (
        "Dates: 15–16 April 2026 → 4–5 May 2026",
        "Hours: 09:00–10:30 Europe/Berlin → 09:00–10:30 Europe/Lisbon",
        "Where: Online → Rua 1, Lisboa",
    ):
        assert line in letter.text
    assert "Trainers:" not in letter.text
    (file,) = letter.attachments.all()
    assert file.media_type == "text/calendar; charset=utf-8; method=PUBLISH"
    days = Calendar.from_ical(bytes(file.content)).walk("VEVENT")
    assert [(day["sequence"], day.decoded("dtstart").date()) for day in days] == [
        (1, date(2026, 5, 4)),
        (1, date(2026, 5, 5)),
    ]


def test_what_nobody_comes_by_is_told_to_nobody(world, announced):
    book(announced, world.ada, by=world.ada.actor, now=world.morning)
    alter(world, announced, capacity=20, other_remarks="Two weeks.")
    drain(is_strict=True)

    assert changed_letters() == []


def test_two_changes_at_once_are_one_letter_and_a_change_back_is_none(world, announced):
    book(announced, world.ada, by=world.ada.actor, now=world.morning)
    workshop = alter(world, announced, mode="in-person", place="Here 1")
    workshop = alter(world, workshop, mode="in-person", place="There 2")
    drain(is_strict=True)
    assert len(changed_letters()) == 1

    workshop = alter(world, workshop, place="There 3")
    alter(world, workshop, place="There 2")
    drain(is_strict=True)
    assert len(changed_letters()) == 1


def test_whoever_books_after_the_change_has_heard_it_already(world, announced):
    alter(world, announced, mode="in-person", place="Here 1")
    book(announced, world.ada, by=world.ada.actor, now=world.noon + timedelta(seconds=1))
    drain(is_strict=True)

    assert changed_letters() == []
    assert [one.place for one in Edition.objects.order_by("number")] == ["", "Here 1"]


def test_the_words_are_in_the_readers_language(world, announced):
    world.ada.language = "de"
    world.ada.save()
    book(announced, world.ada, by=world.ada.actor, now=world.morning)
    alter(world, announced, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 5))
    drain(is_strict=True)

    assert "4–5 Mai 2026" in changed_letters()[0].text.replace(". ", " ")


def test_a_cancelled_workshop_leaves_the_calendar_day_by_day(world, announced):
    book(announced, world.ada, by=world.ada.actor, now=world.morning)
    cancel(announced, "Ill.", by=world.sam.actor, now=world.noon)
    drain(is_strict=True)

    files = list(Letter.objects.get(key="workshop-cancelled-place").attachments.order_by("pk"))
    assert [file.media_type for file in files] == ["text/calendar; charset=utf-8; method=CANCEL"] * 2
    read = [Calendar.from_ical(bytes(file.content)) for file in files]
    assert [str(one["method"]) for one in read] == ["CANCEL"] * 2
    assert [[str(event["uid"]) for event in one.walk("VEVENT")] for one in read] == [
        [f"{announced.public_id}-1@localhost"],
        [f"{announced.public_id}-2@localhost"],
    ]


def test_joining_instructions_are_kept_changed_and_taken_away(world, announced):
    tell_joining(announced, "The **blue** door.", by=world.tess.actor, now=world.noon)
    tell_joining(announced, "The green door.", by=world.sam.actor, now=world.noon)
    assert JoiningInstructions.objects.get().text == "The green door."

    assert tell_joining(announced, "  ", by=world.sam.actor, now=world.noon) is None
    assert not JoiningInstructions.objects.exists()


@pytest.mark.parametrize(("who", "code"), [("ada", "not-running-it"), ("mallory", "not-running-it")])
def test_joining_instructions_come_from_those_who_run_it(world, announced, who, code):
    with pytest.raises(Refused) as refused:
        tell_joining(announced, "Follow me.", by=getattr(world, who).actor, now=world.noon)
    assert refused.value.refusal.code == code


def test_nothing_is_told_of_the_way_into_a_cancelled_workshop(world):
    with pytest.raises(Refused, match="Nobody joins"):
        tell_joining(world.workshop_with(state=Workshop.State.CANCELLED), "In.", by=world.sam.actor, now=world.noon)
