"""After booking: the quote before the click and the deed are one; money goes back to whoever paid."""

from datetime import date

import pytest
from icalendar import Calendar

from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments.actions import mark_paid, set_billing
from laurels.payments.models import Invoice, Order, Refund
from laurels.workshops.actions import (
    cancel_seat,
    check_out,
    move_seat,
    substitute,
    tell_of_move,
    tell_of_seat,
    tell_of_substitution,
)
from laurels.workshops.models import Expectation, Sale, Seat, Workshop
from laurels.workshops.queries.terms import move_quote, refund_quote
from laurels.workshops.rules import Attendee, Basket, Step, Terms

ADA, GRACE = Attendee("Ada Lovelace", "ada@people.example"), Attendee("Grace Hopper", "grace@people.example")
LINUS = Attendee("Linus", "linus@people.example")


def euros(minor):
    return Money(minor, "EUR")


@pytest.fixture
def workshop(world):
    return world.workshop_with(price_minor=100_000)


def later(world, **changes):
    return world.workshop_with(starts_on=date(2026, 5, 20), ends_on=date(2026, 5, 21), **changes)


def buy(world, workshop, *people, is_paid=True):
    """Ada buys; by default her transfer has come."""
    bought = check_out(workshop, world.ada, Basket(people or (ADA,)), by=world.ada.actor, now=world.morning)
    if is_paid:
        mark_paid(bought.order, by=world.sam.actor, now=world.morning)
    return bought.seats


def test_what_is_quoted_is_what_comes_back(world, workshop):
    (seat,) = buy(world, workshop)
    when = world.morning.replace(month=4, day=6)
    quote = refund_quote(seat, workshop, now=when)

    cancel_seat(seat, expected=quote.back.minor, by=world.ada.actor, now=when)
    cancel_seat(seat, expected=quote.back.minor, by=world.ada.actor, now=when)

    assert (quote.back, quote.kept, quote.until, quote.then) == (
        euros(50_000), euros(50_000), date(2026, 4, 8), euros(0)
    )  # fmt: skip
    assert Refund.objects.get().amount == quote.back


def test_whoever_looked_before_midnight_is_asked_again(world, workshop):
    (seat,) = buy(world, workshop)
    evening, next_day = (world.morning.replace(month=4, day=day) for day in (1, 2))
    shown = refund_quote(seat, workshop, now=evening).back.minor

    with pytest.raises(Refused, match="changed since you looked"):
        cancel_seat(seat, expected=shown, by=world.ada.actor, now=next_day)
    assert (Refund.objects.count(), workshop.seats.filled().count()) == (0, 1)


def test_money_is_for_the_buyer_to_decide(world, workshop):
    _ada, grace = buy(world, workshop, ADA, GRACE)
    with pytest.raises(Refused, match="it is for Ada Lovelace"):
        cancel_seat(grace, by=grace.person.actor, now=world.noon)
    with pytest.raises(Refused, match="Only whoever has the seat"):
        cancel_seat(grace, by=world.mallory.actor, now=world.noon)
    cancel_seat(grace, by=world.ada.actor, now=world.noon)
    assert (Refund.objects.get().amount, Refund.objects.get().order.buyer) == (euros(100_000), world.ada)


def test_what_cost_nothing_anybody_gives_up_themselves(world):
    _ada, grace = buy(world, world.workshop, ADA, GRACE, is_paid=False)
    assert cancel_seat(grace, by=grace.person.actor, now=world.noon).state == Seat.State.CANCELLED


def test_staff_may_give_everything_back_and_say_why(world, workshop):
    (seat,) = buy(world, workshop)
    late = world.morning.replace(month=4, day=14)
    with pytest.raises(Refused, match="Only the provider's staff"):
        cancel_seat(seat, gives_all_back=True, reason="Please", by=world.ada.actor, now=late)
    with pytest.raises(Refused, match="Say why"):
        cancel_seat(seat, gives_all_back=True, by=world.sam.actor, now=late)
    cancel_seat(seat, gives_all_back=True, reason="Broke a leg", by=world.sam.actor, now=late)
    assert (Refund.objects.get().amount, Refund.objects.get().reason) == (euros(100_000), "Broke a leg")


def test_another_date_at_the_same_price_costs_nothing(world, workshop):
    (seat,) = buy(world, workshop)
    target = later(world, price_minor=100_000)
    moved = move_seat(seat, target, expected=0, by=world.ada.actor, now=world.noon)
    assert move_seat(seat, target, expected=0, by=world.ada.actor, now=world.noon) == moved

    seat.refresh_from_db()
    assert (seat.state, moved.order, moved.worth_minor) == ("transferred", seat.order, 100_000)
    assert (workshop.seats_left(), target.seats_left(), Order.objects.count()) == (12, 11, 1)
    with pytest.raises(Refused, match="given up already"):
        cancel_seat(seat, by=world.ada.actor, now=world.noon)


def test_a_cheaper_date_gives_the_difference_back(world, workshop):
    (seat,) = buy(world, workshop)
    moved = move_seat(seat, later(world, price_minor=80_000), by=world.ada.actor, now=world.noon)
    assert (Refund.objects.get().amount, moved.worth_minor) == (euros(20_000), 80_000)
    cancel_seat(moved, by=world.ada.actor, now=world.noon)
    assert sum(refund.minor for refund in Refund.objects.all()) == 100_000


def test_a_dearer_one_and_its_fee_make_a_small_order_with_tax(world, workshop):
    set_billing(world.harbour, tax_basis_points=1900, is_tax_included=False, by=world.sam.actor, now=world.morning)
    Sale.objects.create(workshop=workshop, terms=Terms((Step(14, 100),), 7, 5_000).as_data())
    (seat,) = buy(world, workshop)
    target = later(world, price_minor=110_000)
    quote = move_quote(seat, workshop, target, now=world.noon)

    with pytest.raises(Refused, match="changed since you looked"):
        move_seat(seat, target, expected=0, by=world.ada.actor, now=world.noon)
    moved = move_seat(seat, target, expected=quote.net, by=world.ada.actor, now=world.noon)

    extra = Order.objects.exclude(pk=seat.order_id).get()
    assert (quote.due, extra.amount, quote.worth) == (euros(17_850), euros(17_850), euros(130_900))
    assert [line.minor for line in extra.lines.order_by("position")] == [10_000, 5_000]
    mark_paid(extra, by=world.sam.actor, now=world.noon)
    assert refund_quote(moved, target, now=world.noon).back == euros(130_900)
    cancel_seat(moved, by=world.ada.actor, now=world.noon)
    extra.refresh_from_db()
    assert (extra.refunded_minor, sum(one.minor for one in Refund.objects.all())) == (11_900, 130_900)


def test_a_coupon_is_kept_on_the_other_date(world, workshop):
    (seat,) = buy(world, workshop)
    Seat.objects.filter(pk=seat.pk).update(worth_minor=40_000)
    seat.refresh_from_db()
    assert move_quote(seat, workshop, later(world, price_minor=100_000), now=world.noon).is_free


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"capacity": 1}, "not enough free seats"),
        ({"currency": "CHF"}, "another currency"),
        ({"state": Workshop.State.CANCELLED}, "cancelled"),
        ({"state": Workshop.State.DRAFT}, "not announced"),
    ],
)
def test_where_it_cannot_go_is_said(world, workshop, changes, words):
    (seat,) = buy(world, workshop)
    target = later(world, price_minor=100_000, **changes)
    if "capacity" in changes:
        check_out(target, world.grace, Basket((GRACE,)), by=world.grace.actor, now=world.morning)
    with pytest.raises(Refused, match=words):
        move_seat(seat, target, by=world.ada.actor, now=world.noon)
    seat.refresh_from_db()
    assert seat.state == Seat.State.TAKEN


def test_too_late_to_move_or_of_another_provider(world, workshop):
    (seat,) = buy(world, workshop)
    with pytest.raises(Refused, match="could be had until 2026-04-08"):
        move_seat(seat, later(world), by=world.ada.actor, now=world.morning.replace(month=4, day=9))
    with pytest.raises(Refused, match="same course and provider"):
        move_seat(seat, later(world, provider=world.maple), by=world.ada.actor, now=world.noon)


def test_an_order_being_paid_by_card_is_left_alone(world, workshop):
    buy(world, workshop, is_paid=False)
    Order.objects.update(held_until=world.noon)
    with pytest.raises(Refused, match="just being paid by card"):
        cancel_seat(Seat.objects.get(), by=world.ada.actor, now=world.noon)


def test_one_letter_takes_the_old_date_out_and_puts_the_new_one_in(world, workshop):
    (seat,) = buy(world, workshop)
    moved = move_seat(seat, later(world, price_minor=100_000), by=world.ada.actor, now=world.noon)
    seat.refresh_from_db()

    letter = tell_of_move(seat, moved, by=world.sam.actor, now=world.noon)

    files = [Calendar.from_ical(bytes(one.content)) for one in letter.attachments.order_by("pk")]
    assert [str(one["method"]) for one in files] == ["CANCEL", "CANCEL", "PUBLISH"]
    assert [one.walk("VEVENT")[0]["sequence"] for one in files] == [1, 1, 0]
    assert ("15–16 April 2026" in letter.text, "20–21 May 2026" in letter.subject) == (True, True)
    assert tell_of_seat(moved, by=world.sam.actor, now=world.noon) is None


def test_a_colleague_comes_for_nothing_until_class_begins(world, workshop):
    (seat,) = buy(world, workshop)

    given = substitute(seat, LINUS, by=world.ada.actor, now=world.noon)
    assert substitute(seat, LINUS, by=world.ada.actor, now=world.noon) == given

    seat.refresh_from_db()
    assert (seat.state, given.name, given.order, given.worth_minor) == ("substituted", "Linus", seat.order, 100_000)
    assert (workshop.seats_left(), Refund.objects.count()) == (11, 0)
    told = tell_of_substitution(seat, given, by=world.sam.actor, now=world.noon)
    assert (told.to, "Linus comes to" in told.subject) == ("ada@people.example", True)
    assert tell_of_seat(given, by=world.sam.actor, now=world.noon).to == "linus@people.example"
    with pytest.raises(Refused, match="given up already"):
        substitute(seat, GRACE, by=world.ada.actor, now=world.noon)
    Workshop.objects.update(state=Workshop.State.RUNNING)
    with pytest.raises(Refused, match="has begun"):
        substitute(given, GRACE, by=world.ada.actor, now=world.noon)


def test_whoever_sits_there_already_is_no_substitute(world, workshop):
    seat, _grace = buy(world, workshop, ADA, GRACE)
    with pytest.raises(Refused, match="has a seat in this workshop already"):
        substitute(seat, GRACE, by=world.ada.actor, now=world.noon)
    with pytest.raises(Refused, match="not an e-mail address"):
        substitute(seat, Attendee("X", "nonsense"), by=world.ada.actor, now=world.noon)


def test_the_books_know_every_step(world, workshop):
    (seat,) = buy(world, workshop)
    moved = move_seat(seat, later(world, price_minor=70_000), by=world.ada.actor, now=world.noon)
    cancel_seat(moved, by=world.ada.actor, now=world.noon)
    notes = Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE).in_order()
    assert [note.content["gross"] for note in notes] == [30_000, 70_000]


def test_what_they_told_before_class_comes_along(world, workshop):
    (seat,) = buy(world, workshop)
    Expectation.objects.create(seat=seat, hopes="Courage", knowledge="new", role="owner", told_at=world.morning)
    moved = move_seat(seat, later(world, price_minor=100_000), by=world.ada.actor, now=world.noon)
    assert Expectation.objects.get().seat == moved
