"""“5 of 6 booked – confirmed on 3 March at the latest”: the words, and who is asked when."""

from datetime import date, timedelta

import pytest

from laurels.mail.models import Letter
from laurels.participation.tests.conftest import browser_of
from laurels.workshops.actions import ask_all_to_decide, book, confirm
from laurels.workshops.models import Sale, Workshop
from laurels.workshops.rules import running

ON = date(2026, 4, 3)


@pytest.fixture
def promised(world):
    """Two of three have booked, and the third of April is promised."""
    Sale.objects.create(workshop=world.workshop, minimum=3, decide_on=ON)
    for person in (world.ada, world.grace):
        book(world.workshop, person, by=person.actor, now=world.morning)
    return Workshop.objects.select_related("sale").get(pk=world.workshop.pk)


@pytest.mark.parametrize(
    ("booked", "today", "words"),
    [
        (2, date(2026, 3, 30), "2 of 3 booked – confirmed on 3 April 2026 at the latest"),
        (3, ON, "3 booked, 3 are enough – confirmed on 3 April 2026 at the latest"),
        (2, date(2026, 4, 4), "2 of 3 booked – the provider is about to decide"),
    ],
)
def test_what_everybody_reads(promised, booked, today, words):
    how = running(promised, booked, today=today)
    assert (how.words, how.has_enough) == (words, booked >= 3)
    assert (how.is_due, how.is_soon) == (today >= ON, today >= ON - timedelta(days=3))


def test_nothing_promised_is_nothing_said(world):
    assert running(world.workshop, 2, today=world.today).words == ""


def test_confirmed_is_said_in_the_same_place(world, promised):
    confirm(promised, by=world.sam.actor, now=world.noon)
    promised.refresh_from_db()
    assert running(promised, 2, today=world.today).words == "Will be held"


def test_staff_are_asked_three_days_before_and_on_the_day(world, promised):
    _ = world.sam, world.mallory

    def asked(day):
        return ask_all_to_decide(by=world.sam.actor, now=world.morning.replace(month=day.month, day=day.day))

    days = [ON + timedelta(days=n) for n in (-4, -3, -2, 0, 0, 1)]
    assert [asked(day) for day in days] == [0, 1, 0, 1, 0, 0]
    letters = Letter.objects.filter(key="workshop-decide")
    assert {letter.to for letter in letters} == {"sam@people.example"}
    assert "2 of 3 booked" in letters[0].text


def test_who_has_decided_is_not_asked(world, promised):
    confirm(promised, by=world.sam.actor, now=world.noon)
    assert ask_all_to_decide(by=world.sam.actor, now=world.morning.replace(month=4, day=3)) == 0


def test_the_words_stand_on_every_page(world, promised, client):
    future = date(2098, 4, 15)
    Workshop.objects.update(starts_on=future, ends_on=future + timedelta(days=1))
    Sale.objects.update(decide_on=future - timedelta(days=12))
    words = "2 of 3 booked – confirmed on 3 April 2098 at the latest"
    own = promised.seats.get(person=world.ada)

    assert words in client.get("/workshops").content.decode()
    assert words in client.get(f"/workshops/{promised.public_id}").content.decode()
    assert words in browser_of(world.ada).get(f"/seats/{own.public_id}").content.decode()
    assert words in browser_of(world.sam).get("/desk/workshops").content.decode()
    assert words in browser_of(world.sam).get(f"/desk/workshops/{promised.public_id}").content.decode()


def test_due_ones_are_decided_in_one_click(world, promised):
    Sale.objects.update(decide_on=world.today)
    browser = browser_of(world.sam)
    one_click = f"/desk/workshops/{promised.public_id}/confirmation"
    pages = [who.get("/desk/workshops").content.decode() for who in (browser, browser_of(world.tess))]
    assert [one_click in page for page in pages] == [True, False]
    browser.post(one_click)
    assert Workshop.objects.get().state == Workshop.State.CONFIRMED
