"""Anything anybody may do about seats and money, in any order: books, orders, seats and refunds tell one story."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from laurels.kernel.money import Money
from laurels.kernel.refusal import Refused
from laurels.payments.actions import credit, mark_paid, note_refund_done, receive, set_billing
from laurels.payments.models import Account, Order, Receipt, Refund
from laurels.payments.queries import balances
from laurels.workshops.actions import (
    cancel,
    cancel_seat,
    check_out,
    choose,
    move_seat,
    name_place,
    substitute,
    tend_choices,
)
from laurels.workshops.models import Choice, Place, Sale, Seat, Workshop
from laurels.workshops.queries.terms import move_quote, refund_quote, stakes
from laurels.workshops.rules import Attendee, Basket, MoveQuote, Step, Terms
from tests.world.cast import World

PRICES = [100_000, 80_000, 123_457]
TERMS = Terms((Step(20, 100), Step(7, 33)), move_days=5, move_fee=2_500)
some = st.integers(0, 999)


class AfterBooking(RuleBasedStateMachine):
    """Three dates of three seats each, with tax on top; six people, one of whom buys."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.world, self.nth = World(), 0
        self.now = self.world.morning.replace(month=3, day=20)
        self.by = self.world.sam.actor
        set_billing(
            self.world.harbour, tax_basis_points=1900, is_tax_included=False, by=self.by, now=self.world.morning
        )
        for nth, minor in enumerate(PRICES):
            starts = date(2026, 4, 15) + timedelta(days=20 * nth)
            more = {"starts_on": starts, "ends_on": starts + timedelta(days=1), "capacity": 3}
            Sale.objects.create(workshop=self.world.workshop_with(price_minor=minor, **more), terms=TERMS.as_data())

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def one_of(self, rows, nth):
        found = list(rows.order_by("pk"))
        return found[nth % len(found)] if found else None

    def who(self, nth):
        return Attendee(f"Person {nth % 6}", f"p{nth % 6}@people.example")

    @rule(nth=some, named=st.lists(some, max_size=2), unnamed=st.integers(0, 1))
    def buy(self, nth, named, unnamed):
        workshop, people = self.one_of(Workshop.objects, nth), tuple(self.who(one) for one in named)
        with suppress(Refused):
            check_out(workshop, self.world.ada, Basket(people, unnamed), by=self.by, now=self.now)

    @rule(nth=some, who=some)
    def name(self, nth, who):
        if place := self.one_of(Place.objects, nth):
            with suppress(Refused):
                name_place(place, self.who(who), by=self.by, now=self.now)

    @rule(nth=some)
    def pay(self, nth):
        if order := self.one_of(Order.objects, nth):
            with suppress(Refused):
                mark_paid(order, by=self.by, now=self.now)

    @rule(nth=some, minor=st.integers(1, 200_000))
    def pay_some(self, nth, minor):
        self.nth += 1
        if order := self.one_of(Order.objects, nth):
            money = Money(minor, "EUR")
            ref = f"line {self.nth}"
            receive(order.seller, money, order=order, way="transfer", reference=ref, by=self.by, now=self.now)

    @rule(nth=some, everything=st.booleans())
    def give_back(self, nth, everything):
        if seat := self.one_of(Seat.objects.filled(), nth):
            quote = refund_quote(seat, seat.workshop, now=self.now)
            before = credited()
            with suppress(Refused):
                cancel_seat(seat, gives_all_back=everything, reason="Kind", by=self.by, now=self.now)
                assert everything or credited() - before == quote.back.minor

    @rule(nth=some, where=some)
    def move(self, nth, where):
        seat, target = self.one_of(Seat.objects.filled(), nth), self.one_of(Workshop.objects, where)
        if seat is None:
            return
        quote = move_quote(seat, seat.workshop, target, now=self.now)
        before = credited(), Order.objects.count()
        with suppress(Refused):
            moved = move_seat(seat, target, by=self.by, now=self.now)
            assert isinstance(quote, MoveQuote)
            assert (credited() - before[0], Order.objects.count() - before[1]) == (
                quote.back.minor,
                bool(quote.due.minor),
            )
            assert sum(stake.minor for stake in stakes(moved)) == quote.worth.minor

    @rule(nth=some, who=some)
    def substitute(self, nth, who):
        if seat := self.one_of(Seat.objects.filled(), nth):
            with suppress(Refused):
                substitute(seat, self.who(who), by=self.by, now=self.now)

    @rule(nth=some, minor=st.integers(1, 5_000))
    def credit_some(self, nth, minor):
        if order := self.one_of(Order.objects, nth):
            with suppress(Refused):
                credit(order, Money(minor, "EUR"), "Sorry", by=self.by, now=self.now)

    @rule(nth=some)
    def refund_arrives(self, nth):
        if refund := self.one_of(Refund.objects.open(), nth):
            note_refund_done(refund, by=self.by, now=self.now)

    @rule(nth=st.integers(0, 20))
    def call_off(self, nth):
        workshop = self.one_of(Workshop.objects, nth) if nth < len(PRICES) else None
        if workshop:
            with suppress(Refused):
                cancel(workshop, "Too few", by=self.by, now=self.now)

    @rule(nth=some, where=some, answer=st.sampled_from(["stay", "move", "refund"]))
    def choose(self, nth, where, answer):
        choice = self.one_of(Choice.objects, nth)
        target = self.one_of(Workshop.objects, where) if answer == "move" else None
        if choice:
            with suppress(Refused):
                choose(choice, answer, target=target, by=self.by, now=self.now)

    @rule(days=st.integers(0, 6))
    def time_passes(self, days):
        self.now += timedelta(days=days)
        tend_choices(by=self.by, now=self.now)

    @invariant()
    def never_too_many_people(self):
        for workshop in Workshop.objects.all():
            assert workshop.count_filled() <= workshop.capacity
            assert workshop.state != Workshop.State.CANCELLED or workshop.count_filled() == 0

    @invariant()
    def books_agree_with_orders(self):
        assert sum(balances(self.world.harbour).values()) == 0
        for order in Order.objects.all():
            kept = {account: minor for (account, _eur), minor in balances(order.seller, order=order).items()}
            owed = order.amount_minor - order.credited_minor - order.received_minor + order.refunded_minor
            assert kept.get(Account.RECEIVABLE, 0) == owed
            sold = -kept.get(Account.REVENUE, 0) - kept.get(Account.TAX, 0)
            assert sold == order.amount_minor - order.credited_minor

    @invariant()
    def nobody_gets_back_more_than_came(self):
        for order in Order.objects.all():
            came = Receipt.objects.filter(order=order).aggregate(n=Sum("amount_minor"))["n"] or 0
            back = Refund.objects.filter(order=order).aggregate(n=Sum("minor"))["n"] or 0
            assert back <= came
            assert order.refunded_minor <= order.received_minor

    @invariant()
    def no_seat_is_worth_what_nobody_owes(self):
        """What seats could still give back is never more than what is left of their orders; nothing counts twice."""
        for order in Order.objects.exclude(credits__reason="Sorry"):
            seats = order.seats.filled().aggregate(n=Sum("worth_minor"))["n"] or 0
            open_ = order.places.counting().aggregate(n=Sum("worth_minor"))["n"] or 0
            assert seats + open_ <= order.amount_minor - order.credited_minor


def credited():
    return Order.objects.aggregate(n=Sum("credited_minor"))["n"] or 0


@pytest.mark.django_db
def test_any_order_of_things():
    """Quick form: about 500 steps."""
    quick = settings(
        max_examples=5,
        stateful_step_count=45,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        database=None,
    )
    run_state_machine_as_test(AfterBooking, settings=quick)
