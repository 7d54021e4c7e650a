"""Any order of joining, freeing, answering and waiting: nobody is passed over, and no seat is promised twice."""

from datetime import timedelta

from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from laurels.kernel.refusal import Refused
from laurels.workshops import rules
from laurels.workshops.actions import (
    book,
    cancel_seat,
    change,
    change_wish,
    decline_offer,
    join_queue,
    leave_queue,
    not_now,
    take_offer,
    tend_queues,
)
from laurels.workshops.models import Offer, Place, QueuePlace, Seat, Workshop
from laurels.workshops.rules import Attendee, Basket
from laurels.workshops.tests.queueing import full_class

PEOPLE = 8
who = st.integers(0, PEOPLE - 1)
which = st.integers(0, 1)


class Line(RuleBasedStateMachine):
    """Two dates, eight people. The model is one list: the order in which people stand."""

    @initialize()
    def begin(self):
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        world = self.world = type(self).world
        self.now, self.order, self.strangers = world.morning, [], 0
        self.dates = [full_class(world, capacity=2, day=15)[0], full_class(world, capacity=1, day=25)[0]]
        self.people = [world.person(f"P{n}", f"p{n}@line.example") for n in range(PEOPLE)]
        self.actors = [person.actor for person in self.people]

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def place(self, nth):
        return QueuePlace.objects.live().filter(person=self.people[nth]).first()

    def offer(self, nth):
        return Offer.objects.open().filter(queue_place__person=self.people[nth]).first()

    def expired(self, nth):
        return Offer.objects.filter(queue_place__person=self.people[nth], state="expired").latest("pk")

    def tried(self, verb, *things, by, **more):
        try:
            return verb(*things, **more, by=by, now=self.now)
        except Refused as refused:
            self.refused = refused.refusal.code
            return None

    @rule(nth=who, seats=st.integers(1, 3), dates=st.sampled_from([None, [0], [1]]))
    def join_or_wish_again(self, nth, seats, dates):
        wanted = None if dates is None else [self.dates[one].public_id for one in dates]
        wish = {"seats": seats, "dates": wanted, "by": self.actors[nth]}
        if place := self.place(nth):
            self.tried(change_wish, place, **wish)
        elif self.tried(join_queue, self.world.harbour, self.world.course, self.people[nth], **wish):
            self.order.append(nth)

    @rule(nth=who)
    def leave(self, nth):
        if place := self.place(nth):
            leave_queue(place, by=self.actors[nth], now=self.now)
            self.order.remove(nth)

    @rule(date=which, pick=st.integers(0, 5))
    def give_back(self, date, pick):
        seats = list(self.dates[date].seats.filled().order_by("pk"))
        if seats:
            seat = seats[pick % len(seats)]
            cancel_seat(seat, by=self.world.sam.actor, now=self.now)

    @rule(date=which)
    def a_stranger_books(self, date):
        """Only what nobody who waits could have."""
        self.strangers += 1
        stranger = self.world.person(f"S{self.strangers}", f"s{self.strangers}@line.example")
        workshop = Workshop.objects.get(pk=self.dates[date].pk)
        if workshop.seats_left():
            book(workshop, stranger, by=stranger.actor, now=self.now)

    @precondition(lambda self: Offer.objects.open().exists())
    @rule(pick=st.integers(0, 5), answer=st.sampled_from(["take", "less", "decline", "not-now"]))
    def answer(self, pick, answer):
        offers = list(Offer.objects.open().order_by("pk"))
        offer = offers[pick % len(offers)]
        nth = [person.pk for person in self.people].index(offer.queue_place.person_id)
        if answer in ("take", "less"):
            me = Attendee(f"P{nth}", self.people[nth].email)
            unnamed = offer.seats - 1 if answer == "take" else 0
            done = self.tried(take_offer, offer, Basket((me,), unnamed=unnamed), by=self.actors[nth])
        else:
            done = self.tried({"decline": decline_offer, "not-now": not_now}[answer], offer, by=self.actors[nth])
        if done and answer != "not-now":
            self.order.remove(nth)

    @rule(hours=st.integers(1, 30))
    def time_goes_by(self, hours):
        self.now += timedelta(hours=hours)
        overdue = [nth for nth in self.order if (one := self.offer(nth)) and one.expires_at <= self.now]
        tend_queues(by=self.world.sam.actor, now=self.now)
        # Whoever did not answer stands behind, those of one moment by date and in their order.
        by_date = [date.pk for date in self.dates]
        ended = {
            nth: Offer.objects.filter(queue_place__person=self.people[nth], state="expired").latest("pk")
            for nth in overdue
        }
        overdue.sort(key=lambda nth: by_date.index(ended[nth].workshop_id))
        self.order = [nth for nth in self.order if nth not in overdue] + overdue

    @rule(date=which, more=st.integers(-1, 2))
    def other_capacity(self, date, more):
        workshop = Workshop.objects.get(pk=self.dates[date].pk)
        names = ("mode", "place", "zone", "language", "starts_on", "ends_on")
        same = {name: getattr(workshop, name) for name in names}
        self.tried(
            change, workshop, **same, capacity=max(1, workshop.capacity + more), price=workshop.price,
            trainers=list(workshop.trainers.all()), by=self.world.sam.actor,
        )  # fmt: skip

    @invariant()
    def never_more_than_the_capacity(self):
        for date in self.dates:
            workshop = Workshop.objects.get(pk=date.pk)
            named = workshop.seats.filled().count() + workshop.places.counting().count()
            assert named <= workshop.capacity
            assert workshop.seats_left() == workshop.capacity - named

    @invariant()
    def what_is_offered_is_held_and_nothing_else(self):
        for offer in Offer.objects.select_related("queue_place"):
            held = offer.places.filter(state=Place.State.HELD).count()
            assert held == (offer.seats if offer.state == Offer.State.OPEN else 0)
            assert (offer.state == "open") <= (offer.queue_place.state == QueuePlace.State.OFFERED)
        offered = QueuePlace.objects.filter(state=QueuePlace.State.OFFERED).count()
        assert offered == Offer.objects.open().count()

    @invariant()
    def the_order_is_the_one_we_know(self):
        live = QueuePlace.objects.live().in_turn().values_list("person_id", flat=True)
        assert list(live) == [self.people[nth].pk for nth in self.order]

    @invariant()
    def nobody_who_fits_a_free_seat_is_left_waiting(self):
        for date in self.dates:
            workshop = Workshop.objects.get(pk=date.pk)
            if rules.why_not_feed(workshop, None, now=self.now):
                continue
            fits = QueuePlace.objects.waiting().wanting(workshop).filter(seats__lte=workshop.seats_left())
            assert not fits.exists()

    @invariant()
    def a_seat_is_one_persons(self):
        pairs = list(Seat.objects.filled().values_list("workshop", "person"))
        assert len(pairs) == len(set(pairs))


def test_any_order_of_verbs(db, world):
    _ = world.course, world.curriculum, world.sam, world.grace, world.tess
    Line.world = world
    run_state_machine_as_test(
        Line, settings=settings(max_examples=3, stateful_step_count=25, deadline=None, phases=[Phase.generate])
    )
