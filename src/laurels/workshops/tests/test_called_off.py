"""A workshop is called off: one letter, one choice, and the money where it was chosen to go."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from laurels.journal.worker import drain
from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.mail.models import Letter
from laurels.payments.actions import mark_paid
from laurels.payments.models import Order, Refund
from laurels.web.soundness import PARTS
from laurels.workshops.actions import (
    announce,
    book,
    cancel,
    cancel_seat,
    check_out,
    choose,
    confirm,
    give_seats,
    join_queue,
    move_seat,
    take_offer,
    tell_of_choice,
    tell_of_offer,
    tell_of_workshop_cancelled,
    tend_choices,
    tend_queues,
)
from laurels.workshops.models import Choice, ChoiceLink, Coupon, Offer, Place, QueuePlace, Sale, Seat
from laurels.workshops.queries import choice_page, choices_of, position_of
from laurels.workshops.rules import Attendee, Basket, Step, Terms

ADA, GRACE = Attendee("Ada Lovelace", "ada@people.example"), Attendee("Grace Hopper", "grace@people.example")


@pytest.fixture
def workshop(world):
    return world.workshop_with(price_minor=100_000)


@pytest.fixture
def choice(world, workshop):
    """Ada paid for herself, Grace and one more, and Sam has called it off."""
    bought = check_out(workshop, world.ada, Basket((ADA, GRACE), unnamed=1), by=world.ada.actor, now=world.morning)
    mark_paid(bought.order, by=world.sam.actor, now=world.morning)
    cancel(workshop, "The trainer is ill.", by=world.sam.actor, now=world.noon)
    return Choice.objects.get()


def later(world, **changes):
    return world.workshop_with(starts_on=date(2026, 5, 20), ends_on=date(2026, 5, 21), **changes)


def back():
    return sum(refund.minor for refund in Refund.objects.all())


def link_for(world):
    """The path in the newest letter that asks to choose."""
    return "/choices/" + world._in_letter("ada@people.example", r"/choices/([\w-]+)")


def test_one_letter_for_the_buyer_and_a_plain_one_for_the_others(world, workshop, choice):
    letters = tell_of_workshop_cancelled(workshop.pk, by=world.sam.actor, now=world.noon)

    assert [(letter.key, letter.to) for letter in letters] == [
        ("workshop-cancelled-choose", "ada@people.example"),
        ("workshop-cancelled", "grace@people.example"),
    ]
    assert ("EUR\u00a03\u2009000.00" in letters[0].text, "16 March 2026" in letters[0].text) == (True, True)
    assert [letter.attachments.count() for letter in letters] == [2, 2]
    assert (back(), workshop.seats.filled().count()) == (0, 0)


def test_nothing_paid_is_nothing_owed(world, workshop):
    seat = book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    cancel(workshop, "Too few.", by=world.sam.actor, now=world.noon)
    seat.order.refresh_from_db()
    assert (seat.order.cancelled_at, back(), Choice.objects.get().has_to_pay) == (world.noon, 0, True)


def test_the_link_shows_often_and_chooses_once(world, workshop, choice):
    tell_of_workshop_cancelled(workshop.pk, by=world.sam.actor, now=world.noon)
    browser, path = Client(), link_for(world)

    assert [browser.get(path).status_code for _look in range(3)] == [200, 200, 200]
    assert Choice.objects.get().answer == ""
    assert browser.post(path, {"answer": "refund"}).status_code == 303
    assert browser.post(path, {"answer": "refund"}).status_code == 303
    assert browser.post(path, {"answer": "stay"}).status_code == 409
    assert (back(), Choice.objects.get().answer) == (300_000, "refund")
    assert browser.get("/choices/guessed").status_code == 404
    assert browser.get(f"/choices/{choice.public_id}").status_code == 404
    assert path.split("/")[-1] not in str(list(ChoiceLink.objects.values()))


def test_another_date_at_no_extra_cost(world, workshop, choice):
    target = later(world, price_minor=130_000)

    choose(choice, "move", target=target, by=world.ada.actor, now=world.noon)
    choose(choice, "move", target=target, by=world.ada.actor, now=world.noon)

    assert (target.seats_left(), back(), Order.objects.count()) == (9, 0, 1)
    assert sorted(target.seats.filled().values_list("name", "worth_minor")) == [
        ("Ada Lovelace", 100_000),
        ("Grace Hopper", 100_000),
    ]
    assert Place.objects.open().get().workshop == target
    with pytest.raises(Refused, match="chosen already"):
        choose(choice, "refund", by=world.ada.actor, now=world.noon)


def test_a_cheaper_date_gives_back_what_it_saves(world, choice):
    choose(choice, "move", target=later(world, price_minor=80_000), by=world.ada.actor, now=world.noon)
    assert back() == 60_000


def test_no_room_for_all_of_them_is_said(world, choice):
    target = later(world, capacity=2)
    assert choice_page(choice, now=world.noon).others == []
    with pytest.raises(Refused, match="not enough free seats"):
        choose(choice, "move", target=target, by=world.ada.actor, now=world.noon)
    assert (Choice.objects.get().answer, target.seats_left()) == ("", 2)


def test_waiting_keeps_the_money_and_the_choice(world, choice):
    choose(choice, "stay", by=world.ada.actor, now=world.noon)
    assert tend_choices(by=world.sam.actor, now=world.noon + timedelta(days=40)) == 0
    assert back() == 0
    choose(choice, "refund", by=world.ada.actor, now=world.noon + timedelta(days=50))
    assert back() == 300_000


def test_somebody_else_does_not_choose(world, choice):
    with pytest.raises(Refused, match="Only whoever booked"):
        choose(choice, "refund", by=world.mallory.actor, now=world.noon)
    with pytest.raises(Refused, match="Only whoever booked"):
        choose(choice, "refund", by=Seat.objects.get(name="Grace Hopper").person.actor, now=world.noon)
    assert choose(choice, "refund", by=world.sam.actor, now=world.noon).answer == "refund"


def test_a_reminder_after_a_week_and_the_money_after_two(world, workshop, choice):
    def after(days):
        return tend_choices(by=world.sam.actor, now=world.noon + timedelta(days=days))

    assert [after(6), after(7), after(8), after(13)] == [0, 1, 0, 0]
    assert back() == 0
    assert [after(14), after(15)] == [1, 0]
    assert back() == 300_000
    told = tell_of_choice(Choice.objects.get(), by=world.sam.actor, now=world.noon)
    assert (told.to, "Everything you paid goes back" in told.text) == ("ada@people.example", True)


def test_the_desk_counts_the_answers(world, workshop, choice):
    before = choices_of(workshop)
    choose(choice, "stay", by=world.sam.actor, now=world.noon)
    now = choices_of(workshop)
    assert (before.answered, len(before.rows), now.answered, now.counts) == (0, 1, 1, [("Waits for the next date", 1)])


def test_what_was_paid_to_come_here_goes_back_with_its_fee(world, workshop):
    first = world.workshop_with(price_minor=80_000)
    Sale.objects.create(workshop=first, terms=Terms((Step(14, 100),), 7, 5_000).as_data())
    seat = book(first, world.ada, by=world.ada.actor, now=world.morning)
    mark_paid(seat.order, by=world.sam.actor, now=world.morning)
    move_seat(seat, workshop, by=world.ada.actor, now=world.morning)
    extra = Order.objects.exclude(pk=seat.order_id).get()
    mark_paid(extra, by=world.sam.actor, now=world.morning)

    cancel(workshop, "Too few.", by=world.sam.actor, now=world.noon)
    choose(Choice.objects.get(), "refund", by=world.ada.actor, now=world.noon)

    assert (extra.amount_minor, back()) == (25_000, 105_000)


def test_an_unpaid_difference_is_forgiven(world, workshop):
    seat = book(world.workshop_with(price_minor=80_000), world.ada, by=world.ada.actor, now=world.morning)
    mark_paid(seat.order, by=world.sam.actor, now=world.morning)
    move_seat(seat, workshop, by=world.ada.actor, now=world.morning)
    cancel(workshop, "Too few.", by=world.sam.actor, now=world.noon)
    extra = Order.objects.exclude(pk=seat.order_id).get()
    assert extra.cancelled_at == world.noon
    choose(Choice.objects.get(), "refund", by=world.ada.actor, now=world.noon)
    assert back() == 80_000


def test_seats_that_are_told_of_late_give_nothing_back_twice(world, workshop, choice):
    choose(choice, "refund", by=world.ada.actor, now=world.noon)
    give_seats(choice.order, by=world.sam.actor, now=world.noon)
    assert (back(), Seat.objects.filled().count()) == (300_000, 0)


def test_the_secret_is_long(world, workshop, choice):
    tell_of_workshop_cancelled(workshop.pk, by=world.sam.actor, now=world.noon)
    assert re.fullmatch(r"/choices/[\w-]{32}", link_for(world))


def test_refund_is_exact_money(world, choice):
    choose(choice, "refund", by=world.ada.actor, now=world.noon)
    assert {refund.amount for refund in Refund.objects.all()} == {Money(100_000, "EUR")}


def waits(world, choice):
    return choose(choice, "stay", by=world.ada.actor, now=world.noon)


def test_whoever_waits_with_their_money_stands_first_for_the_next_date(world, workshop, choice):
    linus = world.person("Linus")
    full = later(world, price_minor=100_000, capacity=1)
    book(full, world.ada, by=world.sam.actor, now=world.noon)
    join_queue(world.harbour, full.course, linus, by=linus.actor, now=world.noon)

    waits(world, choice)
    waits(world, choice)

    places = QueuePlace.objects.live().in_turn()
    assert [(place.person, place.seats, place.goes_first) for place in places] == [
        (world.ada, 3, True),
        (linus, 1, False),
    ]
    assert [position_of(place) for place in places] == [1, 2]


def test_a_new_date_is_offered_to_them_first_and_taken_for_nothing(world, workshop, choice):
    linus = world.person("Linus")
    join_queue(world.harbour, workshop.course, linus, by=linus.actor, now=world.noon)
    waits(world, choice)
    coming = later(world, price_minor=100_000, capacity=3, state="draft")
    announce(coming, by=world.sam.actor, now=world.noon)
    tend_queues(by=world.sam.actor, now=world.noon)
    offer = Offer.objects.get()
    before = Order.objects.count()

    bought = take_offer(offer, Basket(), by=world.ada.actor, now=world.noon)
    again = take_offer(Offer.objects.get(), Basket(), by=world.ada.actor, now=world.noon)

    assert (offer.queue_place.person, offer.seats, Order.objects.count(), back()) == (world.ada, 3, before, 0)
    assert ([seat.name for seat in bought.seats], len(bought.places)) == (["Ada Lovelace", "Grace Hopper"], 1)
    assert ([seat.pk for seat in again.seats], coming.count_filled()) == ([seat.pk for seat in bought.seats], 3)
    assert (Choice.objects.get().answer, Offer.objects.get().state) == ("move", "taken")
    assert [place.person for place in QueuePlace.objects.live()] == [linus]
    assert [fault for part in PARTS.values() for fault in part(world.harbour)] == []


def test_whoever_wants_the_money_after_all_leaves_the_queue_and_the_next_is_asked(world, workshop, choice):
    linus = world.person("Linus")
    coming = later(world, price_minor=100_000, capacity=3)
    waits(world, choice)
    join_queue(world.harbour, workshop.course, linus, by=linus.actor, now=world.noon)
    assert Offer.objects.open().get().queue_place.person == world.ada

    choose(choice, "refund", by=world.ada.actor, now=world.noon)

    assert (back(), coming.places.held().count()) == (300_000, 1)
    assert Offer.objects.open().get().queue_place.person == linus


def test_whoever_does_not_answer_in_time_waits_behind_and_still_pays_nothing(world, workshop, choice):
    later(world, price_minor=100_000, capacity=3)
    waits(world, choice)
    tend_queues(by=world.sam.actor, now=world.noon + timedelta(days=2))
    place = QueuePlace.objects.get()
    assert (place.state, place.goes_first, place.choice) == ("waiting", False, choice)


def test_their_offer_is_taken_by_the_link_in_its_letter(world, client, workshop, choice, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: world.noon)
    coming = later(world, price_minor=100_000, capacity=3)
    waits(world, choice)
    tell_of_offer(Offer.objects.get(), by=world.sam.actor, now=world.noon)
    path = "/offers/" + world._in_letter("ada@people.example", r"/offers/([\w-]+)")
    assert "You have paid already" in client.get(path).content.decode()
    assert client.post(path, {"answer": "take"}).status_code == 303
    assert (coming.seats.filled().count(), Order.objects.count()) == (2, 1)


def cancelled_for(world, workshop):
    cancel(workshop, "Too few.", by=world.sam.actor, now=world.noon)
    return tell_of_workshop_cancelled(workshop.pk, by=world.sam.actor, now=world.noon)


@pytest.fixture
def free(world):
    """Ada has a seat that costs nothing, in a workshop that is called off."""
    workshop = world.workshop_with(price_minor=0)
    book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    [letter] = cancelled_for(world, workshop)
    assert (letter.key, "You owe nothing" in letter.text, letter.attachments.count()) == (
        "workshop-cancelled-place", True, 2)  # fmt: skip
    return Choice.objects.get()


def test_who_had_a_free_seat_takes_another_date_by_the_letters_link(world, free):
    target = later(world, price_minor=0)
    path, browser = link_for(world), Client()
    assert "about your place alone" in browser.get(path).content.decode()
    with pytest.raises(Refused, match="Only whoever booked"):
        choose(free, "move", target=target, by=world.mallory.actor, now=world.noon)
    for _twice in range(2):
        choose(free, "move", target=target, has_link=True, by=world.sam.actor, now=world.noon)
    assert (list(target.seats.filled().values_list("name", "order")), free.order) == ([("Ada Lovelace", None)], None)


def test_who_had_a_free_seat_waits_first_and_is_moved_when_the_offer_is_taken(world, free):
    target = later(world, price_minor=50_000, capacity=1)
    book(target, world.grace, by=world.grace.actor, now=world.noon)
    join_queue(world.harbour, world.course, world.mallory, by=world.mallory.actor, now=world.morning)
    choose(free, "stay", by=world.ada.actor, now=world.noon)
    assert position_of(QueuePlace.objects.get(person=world.ada)) == 1
    cancel_seat(target.seats.get(), by=world.grace.actor, now=world.noon)
    offer = Offer.objects.open().get()
    taken = take_offer(offer, Basket(), by=world.ada.actor, now=world.noon)
    assert (offer.person, [seat.name for seat in taken.seats], taken.order) == (world.ada, ["Ada Lovelace"], None)
    assert Choice.objects.get().answer == "move"


def test_who_does_not_come_frees_the_code_and_is_counted_so(world):
    workshop = world.workshop_with(price_minor=10_000)
    code = Coupon.objects.create(provider=world.harbour, code="FREE", percent=100, made_at=world.morning, most_uses=1)
    check_out(workshop, world.ada, Basket((ADA,), coupon="FREE"), by=world.ada.actor, now=world.morning)
    cancelled_for(world, workshop)
    assert code.uses.counting().count() == 1
    choose(Choice.objects.get(), "refund", by=world.ada.actor, now=world.noon)
    assert (code.uses.counting().count(), back(), choices_of(workshop).counts) == (0, 0, [("Does not come", 1)])


def test_an_unpaid_invoice_is_cancelled_and_another_date_is_a_new_order_for_the_same_people(world):
    workshop, target = world.workshop_with(price_minor=10_000), later(world, price_minor=12_000)
    basket = Basket((ADA, GRACE), unnamed=1, bill_to={"company": "Engines", "country": "DE"})
    order = check_out(workshop, world.ada, basket, by=world.ada.actor, now=world.morning).order
    letters = cancelled_for(world, workshop)
    assert [(one.key, one.to) for one in letters] == [
        ("workshop-cancelled-place", "ada@people.example"),
        ("workshop-cancelled", "grace@people.example"),
    ]
    choice = Choice.objects.get()
    order.refresh_from_db()
    assert (choice.has_to_pay, order.owed.minor, order.cancelled_at is not None) == (True, 0, True)
    assert [str(cost) for cost in choice_page(choice, now=world.noon).costs.values()] == ["EUR\u00a0360.00"]
    for _twice in range(2):
        choose(choice, "move", target=target, has_link=True, by=world.ada.actor, now=world.noon)
    new = Order.objects.exclude(pk=order.pk).get()
    assert (new.amount_minor, new.bill_to["company"], new.buyer, target.count_filled()) == (
        36_000, "Engines", world.ada, 3)  # fmt: skip


def test_who_had_not_paid_waits_first_and_pays_for_the_offer(world):
    workshop = world.workshop_with(price_minor=10_000)
    book(workshop, world.ada, by=world.ada.actor, now=world.morning)
    cancelled_for(world, workshop)
    target = later(world, price_minor=12_000, capacity=1)
    book(target, world.grace, by=world.grace.actor, now=world.noon)
    choose(Choice.objects.get(), "stay", by=world.ada.actor, now=world.noon)
    cancel_seat(target.seats.get(), by=world.grace.actor, now=world.noon)
    bought = take_offer(Offer.objects.open().get(), Basket((ADA,)), by=world.ada.actor, now=world.noon)
    choice = Choice.objects.get()
    assert (bought.order.amount_minor, choice.answer, choice.moved_to) == (12_000, "move", target)


def test_nobody_who_paid_nothing_is_reminded_of_money(world, free):
    def after(days):
        return tend_choices(by=world.sam.actor, now=world.noon + timedelta(days=days))

    assert [after(7), after(14), after(15)] == [0, 1, 0]
    told = tell_of_choice(Choice.objects.get(), by=world.sam.actor, now=world.noon)
    assert (told.key, "owe nothing" in told.text) == ("choice-noted", True)


def test_everybody_hears_once_that_it_will_be_held(world):
    workshop = world.workshop_with(price_minor=10_000)
    check_out(workshop, world.ada, Basket((GRACE,), unnamed=1), by=world.ada.actor, now=world.morning)
    linus = world.person("Linus", "linus@people.example")
    book(workshop, linus, by=linus.actor, now=world.morning)
    for _twice in range(2):
        confirm(workshop, by=world.sam.actor, now=world.noon)
    drain(is_strict=True)
    letters = Letter.objects.filter(key="workshop-confirmed")
    assert sorted(letters.values_list("to", flat=True)) == [
        "ada@people.example", "grace@people.example", "linus@people.example"]  # fmt: skip
    texts = {letter.to: letter.text for letter in letters}
    assert ("/bookings/" in texts["ada@people.example"], "/seats/" in texts["grace@people.example"]) == (True, True)
    assert "will be held" in letters.first().subject
