"""What is held for twenty minutes and not paid is free again; what turns out to be paid is not."""

from datetime import timedelta

from laurels.journal.worker import drain
from laurels.mail.models import Letter
from laurels.payments.actions import end_overdue_holds, open_card_session
from laurels.payments.models import Order, Receipt, Refund
from laurels.payments.tasks import CARDS
from laurels.workshops.actions import release_overdue
from laurels.workshops.models import Place, Seat, Workshop
from laurels.workshops.rules import Attendee, Basket


def later(shop, minutes):
    return shop.now + timedelta(minutes=minutes)


def end(shop, minutes):
    found = end_overdue_holds(by=CARDS, now=later(shop, minutes))
    drain(is_strict=True)
    return found


def test_not_paid_in_time_the_places_are_free_and_the_page_is_closed(shop):
    order = shop.order()
    session = shop.opened(order)
    assert (end(shop, 19), shop.workshop.seats_left()) == (0, 1)
    assert (end(shop, 21), shop.workshop.seats_left()) == (1, 2)
    assert Order.objects.get(pk=order.pk).cancelled_at
    assert shop.stripe.checkout.sessions.retrieve(session.session_id).status == "expired"
    assert (end(shop, 22), set(shop.bring())) == (0, {200})


def test_nobody_ever_went_to_the_page(shop):
    shop.order()
    assert (end(shop, 21), shop.workshop.seats_left(), Place.objects.get().state) == (1, 2, "released")


def test_at_the_end_it_turns_out_to_be_paid(shop):
    order = shop.order()
    shop.till.turn(drop=99)
    shop.paid(order)
    assert end(shop, 21) == 1
    assert (Order.objects.get(pk=order.pk).is_paid, Seat.objects.count(), Receipt.objects.count()) == (True, 1, 1)


def test_while_the_service_is_down_the_seat_stays_held_for_an_hour_at_most(shop):
    order = shop.order()
    shop.opened(order)
    shop.till.turn(down=999)
    until = order.held_until
    assert end(shop, 21) == 1
    order.refresh_from_db()
    assert (order.cancelled_at, order.held_until > until, Place.objects.get().held_until) == (
        None,
        True,
        order.held_until,
    )
    assert end(shop, 60) == 1
    assert shop.workshop.seats_left() == 1
    assert end(shop, 81) == 1
    assert (shop.workshop.seats_left(), Order.objects.get(pk=order.pk).cancelled_at is None) == (2, False)


def test_down_at_the_end_and_paid_it_is_a_seat_once_it_is_back(shop):
    order = shop.order()
    shop.till.turn(drop=99)
    shop.paid(order)
    shop.till.turn(down=999)
    end(shop, 21)
    shop.till.turn(down=0)
    end(shop, 27)
    assert (Order.objects.get(pk=order.pk).is_paid, Seat.objects.count()) == (True, 1)


def test_the_services_own_end_of_a_page_ends_the_hold(shop):
    order = shop.order()
    session = shop.opened(order)
    shop.stripe.checkout.sessions.expire(session.session_id)
    shop.bring()
    assert (shop.workshop.seats_left(), Order.objects.get(pk=order.pk).cancelled_at is None) == (2, False)


def test_a_page_for_a_due_invoice_ends_and_the_order_stays(shop):
    order = shop.order(way="transfer")
    session = shop.opened(order)
    shop.stripe.checkout.sessions.expire(session.session_id)
    shop.bring()
    assert Order.objects.get(pk=order.pk).cancelled_at is None
    assert shop.opened(order) != session


def paid_after_the_place_was_released(shop, *, is_taken):
    order = shop.order()
    shop.till.turn(hold=True)
    intent = shop.paid(order)
    workshop = Workshop.objects.get(pk=shop.workshop.pk)
    release_overdue(workshop, by=CARDS, now=later(shop, 21))
    if is_taken:
        shop.order(way="transfer", basket=Basket((Attendee("Grace", "grace@people.example"),), unnamed=1))
    shop.till.turn(hold=False)
    shop.bring()
    return order, intent


def test_paid_after_the_place_was_released_the_seat_is_theirs_again(shop):
    order, _intent = paid_after_the_place_was_released(shop, is_taken=False)
    assert (Seat.objects.get().order, Refund.objects.count()) == (order, 0)


def test_paid_after_the_place_was_taken_the_money_goes_back_by_itself(shop):
    order, intent = paid_after_the_place_was_released(shop, is_taken=True)
    refund = Refund.objects.get()
    assert (Seat.objects.filter(order=order).count(), refund.minor, refund.state) == (0, 10_000, "done")
    [letter] = Letter.objects.filter(key="money-back")
    assert (letter.to, "given to somebody else" in letter.text, "EUR\u00a0100.00" in letter.subject) == (
        "ada@people.example",
        True,
        True,
    )
    assert [one.amount for one in shop.stripe.refunds.list({"payment_intent": intent}).data] == [10_000]
    shop.bring()
    assert shop.books(order) == {"card": -175}


def test_paid_though_it_was_given_up_the_money_goes_back_by_itself(shop):
    """The service was down for more than an hour, and the buyer had paid in time."""
    order = shop.order()
    shop.till.turn(hold=True)
    shop.paid(order)
    shop.till.turn(down=999)
    end(shop, 81)
    shop.till.turn(down=0, hold=False)
    shop.bring()
    refund = Refund.objects.get()
    assert "time for paying was over" in Letter.objects.get(key="money-back").text
    assert (refund.reason, refund.state, Seat.objects.count()) == ("cancelled", "done", 0)
    assert shop.books() == {"card": -175}


def test_a_page_that_ran_out_can_be_opened_again_while_the_invoice_is_due(shop):
    order = shop.order(way="transfer")
    first = shop.opened(order)
    again = open_card_session(order, by=shop.world.ada.actor, now=later(shop, 40))
    assert (again.pk != first.pk, again.problem) == (True, "")
