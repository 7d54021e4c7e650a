import pytest
from icalendar import Calendar

from laurels.mail.models import Letter
from laurels.payments.actions import mark_paid
from laurels.workshops.actions import (
    book,
    cancel,
    cancel_seat,
    tell_of_payment,
    tell_of_seat,
    tell_of_seat_cancelled,
    tell_of_workshop_cancelled,
)


def test_a_free_seat_is_confirmed_with_its_dates(world):
    seat = book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)

    letter = tell_of_seat(seat, by=world.sam.actor, now=world.morning)

    assert (letter.key, letter.to, letter.sender_name) == ("seat-confirmed", "ada@people.example", world.harbour.name)
    assert "15–16 April 2026" in letter.text
    assert f"/seats/{seat.public_id}" in letter.text
    (attached,) = letter.attachments.all()
    assert len(Calendar.from_ical(bytes(attached.content)).walk("VEVENT")) == 2


def test_a_seat_with_a_price_says_how_to_pay_then_thanks(world):
    seat = book(world.workshop_with(price_minor=12_345), world.ada, by=world.ada.actor, now=world.morning)

    due = tell_of_seat(seat, by=world.sam.actor, now=world.morning)
    payment = mark_paid(seat.order, by=world.sam.actor, now=world.noon)
    thanks = tell_of_payment(payment, by=world.sam.actor, now=world.noon)

    assert (due.key, thanks.key) == ("seat-due", "seat-paid")
    for words in ("EUR\u00a0123.45", "16 March 2026", seat.order.reference, f"/orders/{seat.order.public_id}"):
        assert words in due.text
    assert seat.order.reference in thanks.text


def test_a_seat_given_back_is_acknowledged_and_no_longer_confirmed(world):
    seat = cancel_seat(
        book(world.workshop, world.ada, by=world.ada.actor, now=world.morning), by=world.ada.actor, now=world.noon
    )

    assert tell_of_seat(seat, by=world.sam.actor, now=world.noon) is None
    assert tell_of_seat_cancelled(seat, by=world.sam.actor, now=world.noon).key == "seat-cancelled"


def test_when_a_workshop_falls_away_those_who_still_had_a_seat_are_told(world):
    cancel_seat(
        book(world.workshop, world.grace, by=world.grace.actor, now=world.morning),
        by=world.grace.actor,
        now=world.morning,
    )
    book(world.workshop, world.ada, by=world.ada.actor, now=world.morning)
    cancel(world.workshop, "The trainer is ill.", by=world.sam.actor, now=world.noon)

    letters = tell_of_workshop_cancelled(world.workshop.pk, by=world.sam.actor, now=world.noon)

    assert [letter.to for letter in letters] == ["ada@people.example"]
    assert "The trainer is ill." in letters[0].text


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "{link}", "**bold**"])
def test_a_name_in_a_letter_is_a_name(world, name):
    seat = book(world.workshop, world.ada, name=name, by=world.ada.actor, now=world.morning)

    tell_of_seat(seat, by=world.sam.actor, now=world.morning)

    letter = Letter.objects.latest("pk")
    assert name in letter.text
    assert "<script" not in letter.html
    assert 'href="javascript' not in letter.html
